public import Convergence
import SyncProtocol

extension OperationStore {
  /// A small document that the program keeps beside the log: a setting, a person, a code.
  ///
  /// - Parameters:
  ///   - kind: What kind of document.
  ///   - key: Which one.
  /// - Returns: The document, or `nil`.
  /// - Throws: ``StoreError``, `damaged` if what is stored does not read.
  public func document(_ kind: String, _ key: String) throws(StoreError) -> Value? {
    var found: [UInt8]?
    try database.rows(
      "SELECT value FROM register WHERE kind = ?1 AND key = ?2",
      .text(kind),
      .text(key)
    ) { (row) throws(StoreError) in found = row.blob(0) }
    guard let found else { return nil }
    return try Self.value(found)
  }

  /// All documents of a kind in the order of their keys.
  ///
  /// - Throws: ``StoreError``, `damaged` if what is stored does not read.
  public func documents(_ kind: String) throws(StoreError) -> [(key: String, value: Value)] {
    var found: [(key: String, value: Value)] = []
    try database.rows(
      "SELECT key, value FROM register WHERE kind = ?1 ORDER BY key",
      .text(kind)
    ) { (row) throws(StoreError) in
      found.append((row.text(0), try Self.value(row.blob(1))))
    }
    return found
  }

  /// Keeps a document in place of the one that stood there; `nil` removes it.
  ///
  /// - Throws: ``StoreError``.
  public func setDocument(_ kind: String, _ key: String, _ value: Value?) throws(StoreError) {
    guard let value else {
      try database.run("DELETE FROM register WHERE kind = ?1 AND key = ?2", .text(kind), .text(key))
      return
    }
    try database.run(
      "INSERT OR REPLACE INTO register(kind, key, value) VALUES(?1, ?2, ?3)",
      .text(kind),
      .text(key),
      .blob(value.canonical)
    )
  }

  static func value(_ bytes: [UInt8]) throws(StoreError) -> Value {
    do throws(ProtocolError) {
      return try StrictJSON.value(of: bytes)
    } catch {
      throw StoreError(.damaged, "A stored value does not read: \(error.message).")
    }
  }
}
