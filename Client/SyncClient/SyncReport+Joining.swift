extension SyncReport {
  /// What two sessions of one sync did together: the earlier under a name that has since retired.
  ///
  /// - Parameter earlier: What was done before.
  /// - Returns: Everything that was done, and how things stand now.
  public func joined(to earlier: SyncReport) -> SyncReport {
    var joined = self
    joined.roundTrips += earlier.roundTrips
    joined.batchesSent += earlier.batchesSent
    joined.operationsSent += earlier.operationsSent
    joined.batchesReceived += earlier.batchesReceived
    joined.operationsReceived += earlier.operationsReceived
    joined.bytesSent += earlier.bytesSent
    joined.bytesReceived += earlier.bytesReceived
    joined.clockDifference = clockDifference ?? earlier.clockDifference
    joined.hasNewHistory = hasNewHistory || earlier.hasNewHistory
    joined.remarks = earlier.remarks + remarks
    return joined
  }
}
