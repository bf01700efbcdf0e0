import Convergence
import SyncProtocol

/// Reads batch lines and remembers them: many stores hold the same ones.
package final class LineReader {
  private var known: [Hash256: Batch] = [:]

  /// A reader that has read nothing yet.
  package init() {}

  /// The hash and the content of a line.
  ///
  /// - Throws: `ProtocolError` if it does not read.
  func read(_ line: [UInt8]) throws -> (hash: Hash256, batch: Batch) {
    let hash = Hash256(.batch, line)
    if let batch = known[hash] { return (hash, batch) }
    let batch = try Batch(line: line)
    known[hash] = batch
    return (hash, batch)
  }
}
