public import Convergence
public import OperationStore
public import SyncProtocol

extension Service {
  /// Checks a visit from its bytes, as devices and bundles are checked (`Verification`).
  ///
  /// - Parameters:
  ///   - visit: The visit.
  ///   - store: The store.
  ///   - meaning: What operations mean.
  /// - Returns: Both verdicts.
  /// - Throws: ``Problem``: `unknown` visit; `unavailable` where the store cannot be read.
  /// - Complexity: O(length of the log), about 0.1 ms a batch.
  public func verify(
    _ visit: VisitID,
    store: OperationStore,
    meaning: Meaning
  ) throws(Problem) -> VisitVerdict {
    guard try stored({ () throws(StoreError) in try store.visits().contains(visit) }) else {
      throw Problem(.unknown, "There is no visit \(visit) on this server.")
    }
    return try stored { () throws(StoreError) in
      try Verification(identity: keys.identity.publicKey, meaning: meaning).verify(visit, in: store)
    }
  }
}
