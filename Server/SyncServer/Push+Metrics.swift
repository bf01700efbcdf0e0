import Metrics
import SyncProtocol

extension Push {
  /// Counts what became of the batches: one counter a code, and the operations that were new.
  func count(_ results: [BatchResult]) {
    for (item, result) in zip(items, results) {
      Counter(label: "fieldbook_batches", dimensions: [("code", result.outcome.code)]).increment()
      guard case .ready(let verified) = item else { continue }
      switch result.outcome {
      case .ok, .fork, .late, .held:
        Counter(label: "fieldbook_operations_admitted")
          .increment(by: verified.batch.operations.count)
      case .duplicate, .gap, .missing, .notOnVisit, .bad:
        break
      }
    }
  }
}
