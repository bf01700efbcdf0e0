import Convergence
import OperationStore
import SyncProtocol

/// What goes into the body of a request.
extension SyncSession {
  /// The token that was accepted last, the server's receipt of it, and the one to propose; it is
  /// stored before it is sent, and stays the same until an answer has come.
  static func tokens(
    _ store: OperationStore,
    proposal: Bits128
  ) throws(StoreError) -> (held: Bits128?, receipt: String?, proposed: Bits128) {
    func token(_ name: String) throws(StoreError) -> Bits128? {
      try store.document("device", name)?.string
        .flatMap { Text64.decode($0) }.flatMap { Bits128(bytes: $0) }
    }
    let held = try token("token")
    let receipt = try store.document("device", "receipt")?.string
    if let proposed = try token("proposal") { return (held, receipt, proposed) }
    try store.setDocument("device", "proposal", .string(Text64.encode(proposal.bytes)))
    return (held, receipt, proposal)
  }

  static func outgoing(
    _ visits: [VisitID],
    atMost allowance: Int,
    enrolment: Enrolment,
    store: OperationStore
  ) throws(StoreError) -> (frames: [Frame], outgoing: [Outgoing]) {
    var frames: [Frame] = []
    var outgoing: [Outgoing] = []
    var size = 0
    for visit in visits {
      var introduced: Set<ReplicaID> = []
      for entry in try store.unsent(of: visit) {
        guard outgoing.isEmpty || size + entry.sealed.line.count <= allowance else {
          return (frames, outgoing)
        }
        size += entry.sealed.line.count
        frames += try store.certificates(
          before: entry,
          of: visit,
          identity: enrolment.identity,
          introduced: &introduced
        ).map { .certificate($0) }
        frames.append(.batch(entry.sealed, nil))
        let operations = (try? Batch(line: entry.sealed.line))?.operations.count ?? 0
        outgoing.append(Outgoing(visit: visit, entry: entry, operations: operations))
      }
    }
    return (frames, outgoing)
  }

  /// Takes back the body that was made last, which is too large to be sent.
  ///
  /// - Returns: Whether ``next(store:now:token:)`` makes one of half as many bytes.
  mutating func takeBack(_ body: [UInt8]) -> Bool {
    guard halve() else { return false }
    report.roundTrips -= 1
    report.bytesSent -= body.count
    return true
  }

  /// Notes that the body that was made last is of another size on the way.
  mutating func noteSent(_ body: [UInt8], bytesOnWire: Int) {
    report.bytesSent += bytesOnWire - body.count
  }

  /// Lets the next body carry half of what the last one did; answers whether there was more than one
  /// batch in it.
  mutating func halve() -> Bool {
    guard reconciliation == nil, sent.count > 1 else { return false }
    allowance = sent.reduce(0) { $0 + $1.entry.sealed.line.count } / 2
    return true
  }
}
