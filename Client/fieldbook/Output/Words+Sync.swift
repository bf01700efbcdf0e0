import SyncClient

extension Words {
  /// How far a sync has come, and what is left.
  ///
  /// - Parameters:
  ///   - report: What was done so far.
  ///   - unsent: How many changes are still to be sent.
  /// - Returns: One line.
  static func progress(_ report: SyncReport, unsent: Int64) -> String {
    var sent = "sent \(report.operationsSent)"
    if unsent > 0 { sent += " (\(unsent) to go)" }
    var received = "received \(report.operationsReceived)"
    if report.batchesToReceive > 0 {
      received += " (\(count(report.batchesToReceive, "batch", "batches")) to come)"
    }
    return "\(count(Int64(report.roundTrips), "round trip")), \(sent), \(received) changes"
  }

  /// Why nothing came just now, and when it is tried again.
  static func pause(_ failure: SyncFailure, milliseconds: Int64) -> String {
    let seconds = max(1, milliseconds / 1_000)
    return "\(failure.message) Trying again in \(count(seconds, "second"))."
  }
}
