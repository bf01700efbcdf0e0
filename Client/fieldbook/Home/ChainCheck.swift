import Convergence
import OperationStore
import SyncClient
import SyncProtocol

/// Checks a visit of this device from its bytes, as every program does.
struct ChainCheck {
  private let store: OperationStore

  /// Prepares to check the logs of a store.
  init(_ store: OperationStore) { self.store = store }

  /// Checks one visit.
  ///
  /// - Returns: Both verdicts; before the device is enrolled there is nothing to check by.
  func verdict(_ visit: VisitID) throws(StoreError) -> VisitVerdict {
    guard let identity = try Enrolment(store)?.identity else {
      return VisitVerdict(visit: visit, batches: 0, problems: [])
    }
    return try Verification(identity: identity, meaning: .client).verify(visit, in: store)
  }
}
