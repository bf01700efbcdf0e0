import AssessmentModel
import Convergence
import OperationStore
import Simulation
import SyncClient
import SyncProtocol
import SyncServer
import TestSupport
import Testing

/// Power cuts in the middle of what devices and servers do, at every event of their disks.
///
/// After each: the file is sound, everything in it proves itself, what was acknowledged is there, and the
/// rest comes by doing it again.
@Suite("Power cuts of devices and servers")
struct PowerCutTests {
  private static let store = "store.sqlite"

  private func location(_ disk: SimulatedDisk) -> OperationStore.Location {
    .file(disk.path(Self.store))
  }

  private func demandSound(_ store: OperationStore, _ lab: Lab) throws {
    try demandEqual(try store.integrityProblems(), [], "the file is damaged")
    guard try store.visits().contains(lab.visit) else { return }
    let identity = lab.keys.identity.publicKey
    let verdict = try Verification(identity: identity, meaning: .assessment)
      .verify(lab.visit, in: store)
    try demandEqual(verdict.problems, [], "the visit does not verify")
  }

  /// Judges some standards, each judgement a batch of its own.
  private func write(_ count: Int, on device: Device, _ lab: Lab, from first: Int = 300) throws {
    for number in 0..<count {
      try device.judge("xr-\(first + number)", .met, because: "Reason \(number).")
      _ = try device.store.transaction { () throws(StoreError) in
        try device.store.seal(lab.visit, key: device.key, received: lab.now)
      }
    }
  }

  @Test(
    "A server whose power is cut in pushes holds what it acknowledged, and takes the rest again"
  )
  func push() throws {
    let disk = SimulatedDisk()
    let lab = try Lab(at: location(disk))
    let device = try lab.device(of: 0, key: 0)
    try lab.sync(device)
    try write(6, on: device, lab)
    let sealed = try device.store.unsent(of: lab.visit).map(\.sealed)
    try demandEqual(sealed.count, 6, "batches to push")
    let certificate = try #require(try lab.store.certificate(of: device.enrolment.replica))
    let caller = Caller(certificate: certificate)

    func push(_ batches: some Sequence<SealedBatch>, to lab: Lab) throws -> [String] {
      let push = Push(
        batches.map { .batch($0, nil) },
        identity: lab.keys.identity.publicKey
      ) { try? lab.store.certificate(of: $0) }
      return try lab.service.admit(
        push,
        from: caller,
        newEpoch: Epoch(bits: .zero),
        now: lab.now,
        store: lab.store
      ).map(\.outcome.code)
    }
    try PowerCuts(disk: disk).atEveryEvent("pushes to a server") { disk, journal in
      let lab = try Lab(reopening: location(disk))
      for first in stride(from: 0, to: sealed.count, by: 2) {
        let codes = try push(sealed[first..<first + 2], to: lab)
        try demandEqual(codes, ["ok", "ok"], "the answer")
        journal.entries += sealed[first..<first + 2].map(\.hash)
      }
    } check: { disk, journal in
      let lab = try Lab(reopening: location(disk))
      try demandSound(lab.store, lab)
      for hash in journal.entries {
        try demand(try lab.store.holds(hash, of: lab.visit), "what was acknowledged is gone")
      }
      let codes = try push(sealed, to: lab)
      try demand(codes.allSatisfy { ["ok", "dup"].contains($0) }, "again: \(codes)")
      try demandEqual(
        try lab.store.stateDigest(of: lab.visit),
        try device.digest(),
        "server and device differ"
      )
      try demandEqual(try lab.store.logDigest(of: lab.visit).position, 7, "the length of the log")
    }
  }

  /// A server on a disk, on which somebody wrote, and a device of somebody else on another.
  private func stage() throws -> (server: SimulatedDisk, device: SimulatedDisk, Device, Lab) {
    let (serverDisk, deviceDisk) = (SimulatedDisk(), SimulatedDisk())
    let lab = try Lab(at: location(serverDisk))
    let author = try lab.device(of: 0, key: 0)
    try lab.sync(author)
    try write(12, on: author, lab)
    try lab.sync(author)
    let device = try lab.device(of: 1, key: 1, at: location(deviceDisk))
    return (serverDisk, deviceDisk, device, lab)
  }

  private func reopened(_ device: Device, on disk: SimulatedDisk, _ lab: Lab) throws -> Device {
    let store = try OperationStore(location(disk), meaning: .assessment)
    return Device(enrolment: device.enrolment, key: device.key, store: store, visit: lab.visit)
  }

  /// The server of one play, on a disk of its own.
  private func server(
    on disk: SimulatedDisk,
    _ journal: PowerCuts.Journal<Int>
  ) throws -> Lab {
    let lab = try Lab(reopening: location(disk))
    (journal.server, journal.serverDisk) = (lab, disk)
    return lab
  }

  @Test("A device whose power is cut while it pulls goes on where it was, and is nobody's copy")
  func pull() throws {
    let (serverDisk, deviceDisk, original, _) = try stage()
    try PowerCuts(disk: deviceDisk).atEveryEvent("a first pull of a device") {
      (disk, journal: PowerCuts.Journal<Int>) in
      let lab = try server(on: serverDisk.copy(), journal)
      lab.pageCount = 5
      try lab.carry(try reopened(original, on: disk, lab))
    } check: { disk, journal in
      let lab = try #require(journal.server)
      let device = try reopened(original, on: disk, lab)
      try demandSound(device.store, lab)
      let held = try device.store.logDigest(of: lab.visit).position
      let cursor = try device.store.cursor(of: lab.visit)?.cursor.position ?? 0
      try demand(cursor <= held, "the cursor is ahead of the data: \(cursor), \(held)")
      let carried = try lab.carry(device)
      try demand(carried.retirements.isEmpty, "it retired")
      try demandEqual(try device.digest(), lab.store.stateDigest(of: lab.visit), "the states")
    }
  }

  @Test("A device whose power is cut while it writes and sends keeps what it had written, once")
  func writeAndSend() throws {
    let (serverDisk, deviceDisk, original, lab) = try stage()
    try lab.sync(original)
    try PowerCuts(disk: deviceDisk).atEveryEvent("three judgements of a device and a sync") {
      (disk, journal: PowerCuts.Journal<Int>) in
      let lab = try server(on: serverDisk.copy(), journal)
      let device = try reopened(original, on: disk, lab)
      for number in 0..<3 {
        try device.judge("xr-\(400 + number)", .notMet)
        journal.entries.append(number)
      }
      try lab.carry(device)
    } check: { disk, journal in
      let lab = try #require(journal.server)
      let device = try reopened(original, on: disk, lab)
      try demandSound(device.store, lab)
      let view = VisitView(cells: try device.store.cells(of: lab.visit), framework: nil) { _, _ in
        false
      }
      let judged = view.standards.filter { $0.id.hasPrefix("qsi/xr-40") }.count
      try demand(
        judged == journal.entries.count || judged == journal.entries.count + 1,
        "\(judged) judgements of \(journal.entries.count) that were said to be written"
      )
      let carried = try lab.carry(device)
      try demand(carried.retirements.isEmpty, "it retired")
      try demandEqual(try device.digest(), lab.store.stateDigest(of: lab.visit), "the states")
      try demandEqual(try device.store.unsentCounts(of: lab.visit).operations, 0, "what is unsent")
    }
  }

  @Test("A server whose power is cut while it begins a new history has the old one or the new one")
  func restore() throws {
    let (serverDisk, deviceDisk, original, lab) = try stage()
    try lab.sync(original)
    let backup = serverDisk.copy()
    try write(4, on: original, lab, from: 500)
    try lab.sync(original)
    let epochs = [Epoch(bits: Bits128(high: 4, low: 1)), Epoch(bits: Bits128(high: 4, low: 2))]
    try PowerCuts(disk: backup).atEveryEvent("a restore of a server") {
      (disk, journal: PowerCuts.Journal<Int>) in
      let lab = try Lab(reopening: location(disk))
      journal.entries.append(
        try lab.service.beginHistory(epochs[0], now: lab.now, store: lab.store)
      )
    } check: { disk, journal in
      let lab = try Lab(reopening: location(disk))
      try demandSound(lab.store, lab)
      let epoch = try lab.service.epoch(lab.store)
      try demand(epoch == Lab.epoch || epoch == epochs[0], "half a history")
      try demand(journal.entries.isEmpty || epoch == epochs[0], "what was done is undone")
      if epoch == Lab.epoch {
        // The operator does it again.
        _ = try lab.service.beginHistory(epochs[1], now: lab.now, store: lab.store)
      }
      let copy = deviceDisk.copy()
      try withExtendedLifetime(copy) {
        let device = try reopened(original, on: copy, lab)
        try lab.carry(device)
        try demandEqual(try device.digest(), lab.store.stateDigest(of: lab.visit), "the states")
      }
      try demandEqual(try lab.store.logDigest(of: lab.visit).position, 17, "the length of the log")
    }
  }

  @Test("A store whose power is cut while it is made is made at the next start")
  func making() throws {
    try PowerCuts(disk: SimulatedDisk()).atEveryEvent("the making of a store") {
      (disk, journal: PowerCuts.Journal<Int>) in
      let store = try OperationStore(location(disk), meaning: .assessment)
      try store.setDocument("kept", "it", .int(1))
      journal.entries.append(1)
    } check: { disk, journal in
      let store = try OperationStore(location(disk), meaning: .assessment)
      try demandEqual(try store.integrityProblems(), [], "the file is damaged")
      let kept = try store.document("kept", "it")?.int
      try demand(kept == 1 || journal.entries.isEmpty, "what was written is gone")
      try store.setDocument("kept", "it", .int(2))
      try demandEqual(try store.document("kept", "it")?.int, 2, "it takes no writes")
    }
  }
}
