import Convergence
import OperationStore
import SyncProtocol

/// A second connection that only reads, so that whoever pulls does not wait for the writer.
actor StoreReader {
  private let store: OperationStore

  init(_ path: String, meaning: Meaning) throws(StoreError) {
    store = try OperationStore(.file(path), meaning: meaning, isReadOnly: true)
  }

  func visits(of caller: Caller, service: Service) throws(Problem) -> [VisitSummary] {
    try snapshot { (store) throws(Problem) in try service.visits(of: caller, store: store) }
  }

  func page(
    of visit: VisitID,
    after cursor: Cursor?,
    for caller: Caller,
    count: Int,
    bytes: Int,
    service: Service
  ) throws(Problem) -> [Frame] {
    try snapshot { (store) throws(Problem) in
      try service.page(
        of: visit,
        after: cursor,
        for: caller,
        count: count,
        bytes: bytes,
        store: store
      )
    }
  }

  /// One page speaks of one moment.
  private func snapshot<Answer>(
    _ body: (OperationStore) throws(Problem) -> Answer
  ) throws(Problem) -> Answer {
    var answer: Result<Answer, Problem>?
    do throws(StoreError) {
      answer = try store.snapshot { () throws(StoreError) in
        do throws(Problem) {
          return .success(try body(store))
        } catch {
          return .failure(error)
        }
      }
    } catch {
      throw Problem(.unavailable, "The server's store: \(error.message)")
    }
    guard let answer else { throw Problem(.unavailable, "The server's store gave no answer.") }
    return try answer.get()
  }
}
