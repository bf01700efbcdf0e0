import Convergence
import OperationStore
import SyncProtocol
import SyncServer
import TestSupport

extension World {
  /// What became of a device that was destroyed: part of its work was read from the wreck.
  struct Loss {
    /// The number of the device.
    let device: Int

    /// The visit, by number.
    let visit: Int

    /// The certificates behind its work, as a wreck has them: the server may know the device no more.
    let certificates: [SealedCertificate]

    /// What was read, in the order of the device's log, for the operator to import.
    var kept: [SealedBatch]

    /// What was not, likewise.
    var lost: [SealedBatch] {
      didSet { lostCounters = Self.counters(of: lost) }
    }

    /// The counters of the operations that were not read.
    private(set) var lostCounters: [ClosedRange<Int64>]

    init(
      device: Int,
      visit: Int,
      certificates: [SealedCertificate],
      kept: [SealedBatch],
      lost: [SealedBatch]
    ) {
      self.device = device
      self.visit = visit
      self.certificates = certificates
      self.kept = kept
      self.lost = lost
      lostCounters = Self.counters(of: lost)
    }

    private static func counters(of batches: [SealedBatch]) -> [ClosedRange<Int64>] {
      batches.compactMap { try? Batch(line: $0.line) }.map { $0.firstCounter...$0.lastCounter }
    }
  }

  /// What happens to work that nobody has any more.
  func strikeBytes(_ action: Action, _ random: inout SeededGenerator) throws {
    switch action {
    case .destroyDevice(let number):
      guard devices.indices.contains(number) else { return }
      try destroy(devices[number], &random)
    case .declareGaps(let number):
      guard servers.indices.contains(number) else { return }
      try declareGaps(servers[number])
    case .findBytes(let number):
      guard devices.indices.contains(number) else { return }
      try find(devices[number])
    default:
      return
    }
  }

  /// Whether an operation is lost: its device was destroyed, and its bytes were not found or were on
  /// a server alone that was put back.
  func isLost(_ dot: Dot, visit: Int) -> Bool {
    ledger.isLost(dot, visit: visit)
      || losses.contains { loss in
        loss.visit == visit
          && devices[loss.device].key.publicKey.replicaID == dot.replica
          && loss.lostCounters.contains { $0.contains(dot.counter) }
      }
  }

  /// Whether a change names an operation that is lost, or one that its author is known to have seen
  /// only by a batch of its own that is.
  func refersToLost(_ draft: Draft, by author: ReplicaID, visit: Int) -> Bool {
    let hasLost = losses.contains { loss in
      loss.visit == visit && !loss.lost.isEmpty
        && devices[loss.device].key.publicKey.replicaID == author
    }
    if hasLost || ledger.hasLost(of: author, visit: visit) { return true }
    var named = draft.cites
    switch draft.action {
    case .set(let assignment):
      named += assignment.over + [assignment.record.item, assignment.location].compactMap(\.self)
    case .add(let addition):
      named += [addition.within?.item, addition.replyTo].compactMap(\.self)
    case .uninterpreted, .inert: break
    }
    return named.contains { isLost($0, visit: visit) }
  }

  /// A server or a device of it was put back, or a device destroyed: what is not on its own device any
  /// more, and on no other disk, is lost.
  func loseWhatNobodyHolds(_ server: SimulatedServer) throws {
    for visit in cast.visits.indices where cast.visits[visit].server == server.number {
      let id = cast.visits[visit].id
      let there = devices.filter { $0.visits.contains(visit) }
      let destroyed = Set(there.filter(\.isDestroyed).map(\.number))
      guard !destroyed.isEmpty || ledger.hasAway(visit: visit) else { continue }
      let stores = (there.map { $0.machine.isDown ? nil : $0.store } + [server.store])
        .compactMap(\.self)
      let said = ledger.sayings(visit: visit)
      var held: [Saying: Int] = [:]
      for store in stores where try store.visits().contains(id) {
        held.merge(try Saying.all(in: store, id), uniquingKeysWith: max)
      }
      let batches = losses.filter { $0.visit == visit }.flatMap { $0.kept + $0.lost }
        .compactMap { try? Batch(line: $0.line) }
      ledger.lose(visit: visit, destroyed: destroyed) { promise in
        held[Saying(promise)] ?? 0 >= said[Saying(promise)] ?? 0
          || batches.contains { batch in
            batch.replica == promise.dot.replica
              && (batch.firstCounter...batch.lastCounter).contains(promise.dot.counter)
          }
      }
    }
  }

  /// The operators bring what was read of destroyed devices and declare what is missing.
  func declareAllGaps() throws {
    for server in servers { try declareGaps(server) }
  }

  /// A device falls under a trolley; of what it had not sent, batches in the middle are unreadable.
  private func destroy(_ device: SimulatedDevice, _ random: inout SeededGenerator) throws {
    guard let store = device.store, !device.machine.isDown, !device.hasForked else { return }
    var losses: [Loss] = []
    for visit in device.visits {
      let id = cast.visits[visit].id
      do throws(StoreError) {
        try store.transaction { () throws(StoreError) in
          _ = try store.seal(id, key: device.key, received: device.reading(at: now))
        }
        let replica = device.key.publicKey.replicaID
        let unsent = try store.unsent(of: id)
        let own = unsent.filter { $0.replica == replica }.dropLast()
        let lost = Set(random.subset(own.map(\.hash)) + (own.last.map { [$0.hash] } ?? []))
        let identity = servers[device.server].service.keys.identity.publicKey
        var introduced: Set<ReplicaID> = []
        var certificates: [SealedCertificate] = []
        for entry in unsent {
          certificates += try store.certificates(
            before: entry,
            of: id,
            identity: identity,
            introduced: &introduced
          )
        }
        losses.append(
          Loss(
            device: device.number,
            visit: visit,
            certificates: certificates,
            kept: unsent.filter { !lost.contains($0.hash) }.map(\.sealed),
            lost: unsent.filter { lost.contains($0.hash) }.map(\.sealed)
          )
        )
      } catch {
        return try failed(error, device)
      }
    }
    guard losses.contains(where: { !$0.lost.isEmpty }) else { return }
    self.losses += losses
    device.isDestroyed = true
    device.store = nil
    device.sync = nil
    try loseWhatNobodyHolds(servers[device.server])
    summary.count(.lostBytes)
    trace("\(device.name) is destroyed; \(losses.map(\.lost.count)) batches are nowhere")
  }

  /// The operator imports what was read of destroyed devices and declares what is missing.
  private func declareGaps(_ server: SimulatedServer) throws {
    for index in losses.indices where devices[losses[index].device].server == server.number {
      let loss = losses[index]
      // Of a visit that the server lost, nothing is missing yet.
      guard try !isGone(loss.visit) else { continue }
      let device = devices[loss.device]
      let id = cast.visits[loss.visit].id
      var isMoving = true
      while isMoving {
        guard try bring(loss, to: server), let store = server.store else { return }
        isMoving = false
        let absent = try server.service.absentBatches(of: id, store: store).filter {
          let isOwn = $0.end.replica == device.key.publicKey.replicaID
          return try !$0.isDeclared && (isOwn || !isAnywhere($0.end, visit: loss.visit))
        }
        // The first alone: whatever is behind it may come once that is declared.
        guard let first = absent.first else { continue }
        let declaration = GapDeclaration(
          visit: id,
          end: first.end,
          firstCounter: nil,
          because: "Lost with the device."
        )
        guard
          try carriedOut(
            on: server,
            {
              _ = try server.service.declare(
                declaration,
                newEpoch: server.makeEpoch(),
                now: serverTime,
                store: store
              )
            }
          )
        else { return }
        trace("\(device.name): a gap is declared up to \(first.end.lastCounter)")
        isMoving = true
      }
    }
  }

  /// Whether any device that works, or any wreck, has a batch; whoever is down may have it.
  private func isAnywhere(_ end: Dependency, visit: Int) throws -> Bool {
    let id = cast.visits[visit].id
    for device in devices where device.visits.contains(visit) && !device.isDestroyed {
      guard let store = device.store, !device.machine.isDown else { return true }
      if try store.visits().contains(id), try store.holds(end, of: id) { return true }
    }
    return losses.contains { loss in
      loss.visit == visit
        && (loss.kept + loss.lost).contains { $0.hash.prefix == end.hashPrefix }
    }
  }

  /// The disk of a destroyed device could be read after all.
  private func find(_ device: SimulatedDevice) throws {
    for index in losses.indices where losses[index].device == device.number {
      // From now on the operator has them with the rest.
      losses[index].kept = losses[index].lost + losses[index].kept
      losses[index].lost = []
      guard try bring(losses[index], to: servers[device.server]) else { continue }
      trace("\(device.name): what was lost in visit \(losses[index].visit + 1) is found")
    }
  }

  /// Presents what was read of a device to its server, with the certificates behind it.
  ///
  /// - Returns: Whether that came to its end; not where the server is down or its disk full.
  private func bring(_ loss: Loss, to server: SimulatedServer) throws -> Bool {
    guard let store = server.store else { return false }
    let replica = devices[loss.device].key.publicKey.replicaID
    let push = Push(
      loss.certificates.map { .certificate($0) } + loss.kept.map { .batch($0, nil) },
      identity: server.service.keys.identity.publicKey
    ) { try? store.certificate(of: $0) }
    let brought = push.certificates.compactMap { try? Certificate(line: $0.line) }
    guard
      let certificate = try store.certificate(of: replica)
        ?? brought.first(where: { $0.replica == replica })
    else { return false }
    return try carriedOut(on: server) {
      let caller = Caller(certificate: certificate)
      var isMoving = true
      while isMoving {
        let results = try server.service.admit(
          push,
          from: caller,
          newEpoch: server.makeEpoch(),
          now: serverTime,
          store: store
        )
        // What waited for another of these comes in the next time.
        isMoving = results.contains { ["ok", "held", "fork"].contains($0.outcome.code) }
      }
    }
  }

  private func carriedOut(on server: SimulatedServer, _ work: () throws -> Void) throws -> Bool {
    do {
      try work()
    } catch let problem as Problem {
      guard server.machine.isDown || server.machine.disk?.capacity != nil else { throw problem }
    }
    if server.machine.isDown {
      try goDown(server)
      return false
    }
    return server.machine.disk?.capacity == nil
  }
}
