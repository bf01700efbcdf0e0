import SyncProtocol

/// Why a batch has no place in a log now.
struct PlacementRefusal: Error {
  let outcome: BatchResult.Outcome

  init(_ outcome: BatchResult.Outcome) { self.outcome = outcome }
}
