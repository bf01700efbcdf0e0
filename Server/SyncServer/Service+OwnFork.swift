import Convergence
import OperationStore
import SyncProtocol

extension Service {
  /// Begins a new history if the present authority stands in a visit with two batches of one number.
  ///
  /// Nobody else has its key, so the store was put back without telling anybody, and what it wrote
  /// before and after met. Whatever it wrote now would be a third branch.
  ///
  /// - Parameters:
  ///   - visit: The visit, which is held.
  ///   - epoch: 16 random bytes, for a new history if one must begin.
  ///   - now: The server's clock, in milliseconds since 1970.
  ///   - store: The store, in the transaction that took the batches in.
  /// - Throws: `StoreError`.
  func leaveFork(
    in visit: VisitID,
    newEpoch epoch: Epoch,
    now: Int64,
    store: OperationStore
  ) throws(StoreError) {
    guard let own = try store.ownReplica(), try store.hasForked(own, in: visit) else { return }
    do throws(Problem) {
      try beginHistory(epoch, now: now, store: store)
    } catch {
      throw StoreError(.fault, error.detail)
    }
  }
}
