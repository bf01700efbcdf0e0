public import Convergence
public import OperationStore
public import SyncProtocol

extension OperationStore {
  /// How much of a visit is in, as the server said last; `nil` if it never did.
  ///
  /// The device itself is not in it: it knows more of itself than the server does.
  ///
  /// - Throws: `StoreError`, `damaged` if what is stored does not read.
  public func intake(of visit: VisitID) throws(StoreError) -> Intake? {
    guard let value = try document("intake", visit.text) else { return nil }
    do throws(ProtocolError) {
      return try Intake(value)
    } catch {
      throw StoreError(.damaged, "What the server said of visit \(visit) does not read.")
    }
  }

  /// Keeps what the server said of a visit; of one that is not on the device, nothing.
  func keep(_ intake: Intake) throws(StoreError) {
    guard try visits().contains(intake.visit) else { return }
    try transaction { () throws(StoreError) in
      try setDocument("intake", intake.visit.text, intake.value)
    }
  }

  /// What the next sync will bring, by visit, then replica; no more streams than a hello may name.
  func outbound(_ visits: [VisitID]) throws(StoreError) -> [Hello.Outbound] {
    var outbound: [Hello.Outbound] = []
    for visit in visits.sorted() {
      for stream in try unsentStreams(of: visit) {
        outbound.append(
          Hello.Outbound(visit: visit, replica: stream.replica, lastCounter: stream.lastCounter)
        )
      }
    }
    return Array(outbound.prefix(Limits.outboundStreams))
  }
}
