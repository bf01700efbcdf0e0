import Convergence
import OperationStore
import Simulation
import TestSupport
import Testing

/// Whatever the disk does at a power cut, a store holds what it said that it had.
@Suite("Power cuts of the simulated disk")
struct DiskTests {
  /// A power cut: at which event, and what it takes.
  private struct Cut: CustomStringConvertible {
    let event: Int
    let loss: SimulatedDisk.Loss
    let seed: UInt64

    var description: String { "event \(event), loss \(loss), seed \(seed)" }
  }

  /// Runs a script with one power cut, looks, and then runs the rest of it.
  ///
  /// - Throws: What the store lost, doubled or halved.
  private func check(
    _ script: CrashScript,
    _ pictures: [CrashScript.Picture],
    _ cut: Cut,
    ignoresSync: Bool = false
  ) throws {
    let disk = SimulatedDisk(ignoresSync: ignoresSync)
    let path = disk.path("store")
    disk.failAfter(cut.event)
    let broken = try script.run(at: path)
    var random = SeededGenerator(seed: cut.seed)
    disk.powerCut(using: &random, loss: cut.loss)
    disk.powerOn()
    let next = try script.resume(broken.steps, of: pictures, at: path)
    // The connection from before the cut is closed while the next one is open.
    try withExtendedLifetime(broken) {
      let rest = try script.run(from: next, at: path, store: CrashScript.openStore(at: path))
      try demand(rest.error == nil, "what follows fails: \(rest.error.map(String.init) ?? "")")
      let store = try #require(rest.store)
      try demandEqual(
        try CrashScript.picture(of: store),
        pictures[script.steps.count],
        "the end is not that of an undisturbed run"
      )
    }
  }

  @Test("What a store shows after a power cut, it shows after the next ones too")
  func severalCuts() throws {
    try forEachSeed { random in
      let disk = SimulatedDisk()
      var store = try CrashScript.openStore(at: disk.path("store"))
      try CrashScript.setUp(store, replica: 1)
      var held = 0
      for _ in 0..<5 {
        disk.failAfter(random.int(in: 1...30))
        while !disk.isDown {
          do throws(StoreError) {
            try store.transaction { () throws(StoreError) in
              try store.setDocument("cut", "\(held)", .int(1))
            }
            held += 1
          } catch { break }
        }
        disk.powerCut(using: &random, loss: random.pick([.everything, .any, .any]))
        disk.powerOn()
        store = try CrashScript.openStore(at: disk.path("store"))
        let found = try store.documents("cut").count
        try demand(found == held || found == held + 1, "held \(held), and now \(found)")
        held = found
      }
    }
  }

  /// One way to lose a cut's writes as a rule, fifty in a soak.
  private var seeds: Range<UInt64> {
    Seeds.all.lowerBound..<Seeds.all.lowerBound + UInt64(max(1, Seeds.all.count / 200))
  }

  @Test("Whichever event the power is cut at, each transaction is kept in whole or not begun")
  func everyEvent() throws {
    let script = CrashScript.short
    let disk = SimulatedDisk()
    let whole = try script.run(at: disk.path("store"), isObserved: true)
    let count = disk.writes
    print("power cuts: N = \(count) events, \(disk.syncs) of them syncs")
    try withEvery("event", in: 1...count) { event in
      let others: [SimulatedDisk.Loss] = event % 4 == 0 ? [.everything, .nothing] : [.everything]
      try withEvery("loss", in: others) { loss in
        try check(script, whole.pictures, Cut(event: event, loss: loss, seed: 0))
      }
      try withEvery("seed", in: seeds) { seed in
        let mixed = seed &* 1_000_003 &+ UInt64(event)
        try check(script, whole.pictures, Cut(event: event, loss: .any, seed: mixed))
      }
    }
  }

  @Test("A power cut while a long log moves to the database loses nothing either")
  func longLog() throws {
    let script = CrashScript.long
    let disk = SimulatedDisk()
    var ends = [0]
    let whole = try script.run(at: disk.path("store"), isObserved: true) {
      ends.append(disk.writes)
    }
    #expect(whole.error == nil)
    // A step of so many events has moved the log; what comes next begins a new one.
    let checkpoints = zip(ends, ends.dropFirst()).filter { $1 - $0 > 200 }.map(\.1)
    print("power cuts in a long log: 2 a seed of N = \(disk.writes), moved at \(checkpoints)")
    try #require(checkpoints.count > 2)
    try forEachSeed(Seeds.all.prefix(max(8, Seeds.all.count / 50))) { random in
      // One anywhere, one while the log is moved or begun again.
      for event in [
        random.int(in: 1...disk.writes), random.pick(checkpoints) + random.int(in: -175...60),
      ] {
        let cut = Cut(event: event, loss: .any, seed: random.next())
        try withEvery("cut", in: [cut]) { try check(script, whole.pictures, $0) }
      }
    }
  }

  @Test("On a disk that does not sync, the same check finds losses")
  func ignoredSyncs() throws {
    let script = CrashScript.short
    let disk = SimulatedDisk()
    let whole = try script.run(at: disk.path("store"), isObserved: true)
    for loss in [SimulatedDisk.Loss.everything, .any] {
      let found = stride(from: 10, to: disk.writes, by: 25).count { event in
        let cut = Cut(event: event, loss: loss, seed: UInt64(event))
        return (try? check(script, whole.pictures, cut, ignoresSync: true)) == nil
      }
      print("a disk that ignores syncs, losing \(loss): \(found) losses found")
      #expect(found > 3)
    }
  }
}
