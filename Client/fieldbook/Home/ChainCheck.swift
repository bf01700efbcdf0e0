import Convergence
import OperationStore
import SyncProtocol

/// Checks the log of a visit from its bytes: hash, signature, number and place of every batch.
struct ChainCheck {
  private let store: OperationStore

  /// Prepares to check the logs of a store.
  init(_ store: OperationStore) { self.store = store }

  /// Checks one visit.
  ///
  /// - Returns: How many batches it has, and what is wrong with them, in words.
  func check(_ visit: VisitID) throws(StoreError) -> (batches: Int, problems: [String]) {
    var problems: [String] = []
    var digest = LogDigest(emptyLogOf: visit)
    var position: Int64 = 0
    var hasMore = true
    while hasMore {
      let page = try store.entries(of: visit, after: position)
      for entry in page.entries {
        position = entry.position
        digest.append(entry.sealed.hash)
        if let problem = try problem(of: entry, visit) {
          problems.append("Batch \(entry.position) of visit \(visit): \(problem).")
        }
      }
      hasMore = page.hasMore && !page.entries.isEmpty
    }
    if digest != (try store.logDigest(of: visit)) {
      problems.append("The log of visit \(visit) is not the one that its digest speaks of.")
    }
    return (Int(position), problems)
  }

  private func problem(
    of entry: OperationStore.RawEntry,
    _ visit: VisitID
  ) throws(StoreError) -> String? {
    guard entry.sealed.hash == entry.hash else { return "its bytes were changed" }
    guard let batch = try? Batch(line: entry.sealed.line) else { return "it does not read" }
    guard batch.visit == visit, batch.replica == entry.replica, batch.number == entry.number else {
      return "it belongs elsewhere"
    }
    guard let certificate = try store.certificate(of: entry.replica) else {
      return "nobody vouches for its author"
    }
    guard (try? VerifiedBatch(entry.sealed, batch: batch, certificate: certificate)) != nil else {
      return "its signature does not hold"
    }
    return nil
  }
}
