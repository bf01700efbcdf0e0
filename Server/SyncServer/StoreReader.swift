import Convergence
import OperationStore
import SyncProtocol

/// A second connection that only reads, so that whoever pulls does not wait for the writer.
actor StoreReader {
  private let store: OperationStore

  init(_ path: String, meaning: Meaning) throws(StoreError) {
    store = try OperationStore(.file(path), meaning: meaning, isReadOnly: true)
  }

  /// Reads: everything that one call sees is of one moment.
  func read<Answer: Sendable>(
    _ body: @Sendable (OperationStore) throws(Problem) -> Answer
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
