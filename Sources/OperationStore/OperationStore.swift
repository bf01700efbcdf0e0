public import Convergence
import SyncProtocol

/// The durable log of operations and the state derived from it, in one SQLite database; the same
/// for a server and a device.
///
/// Whoever holds a store is its one writer. It is not `Sendable`: it lives in an actor or in a
/// program of one thread. Every change happens in a ``transaction(_:)``; when that returns, it is on
/// the disk (WAL with `synchronous=FULL`, https://www.sqlite.org/pragma.html#pragma_synchronous).
///
/// What operations mean comes in as a `Meaning`. The log is kept byte for byte; the cells can be made
/// again from it at any time (``rederive(_:)``).
public final class OperationStore {
  /// Where a store is.
  public enum Location: Hashable, Sendable {
    /// A file, made if it is not there.
    case file(String)

    /// Memory: gone with the store. The simulator and the contract tests use it.
    case memory
  }

  let database: Database
  let meaning: Meaning

  /// The replicas by the row under which the tables name them.
  var replicas = ReplicaTable()

  /// What is known of the visits at hand; emptied whenever the file may say otherwise.
  var workspaces: [VisitID: Workspace] = [:]

  private var dataVersion: Int64 = 0
  private var depth = 0

  /// Opens a store.
  ///
  /// - Parameters:
  ///   - location: Where it is.
  ///   - meaning: What operations mean.
  ///   - isReadOnly: Whether this connection only reads, beside another that writes.
  /// - Throws: ``StoreError``: `futureFormat`, `notAStore`, `damaged`, `notPermitted`.
  public init(
    _ location: Location,
    meaning: Meaning,
    isReadOnly: Bool = false
  ) throws(StoreError) {
    self.meaning = meaning
    switch location {
    case .file(let path): database = try Database(.file(path), isReadOnly: isReadOnly)
    case .memory: database = try Database(.memory)
    }
    if isReadOnly {
      try database.execute("PRAGMA query_only = 1")
    } else {
      // The version is asked first: a file that is not ours must not even change its journal mode.
      _ = try database.int("PRAGMA application_id")
      try Schema.check(database)
      // A batch fills several small pages instead of wasting half a large one: measured 4% less.
      try database.execute("PRAGMA page_size = 2048")
      try database.execute("PRAGMA journal_mode = WAL")
      try database.execute("PRAGMA synchronous = FULL")
      try database.execute("PRAGMA cell_size_check = 1")
      try database.execute("PRAGMA journal_size_limit = 67108864")
      try Schema.prepare(database)
    }
    if isReadOnly { try Schema.check(database) }
  }

  /// Carries out changes as one: all of them are on the disk when it returns, or none.
  ///
  /// A transaction within a transaction is a part that can fail alone: the outer one goes on.
  ///
  /// - Parameter body: The changes.
  /// - Returns: What the body returns.
  /// - Throws: What the body throws, or ``StoreError`` if the commit fails; nothing was written then.
  public func transaction<Result>(
    _ body: () throws(StoreError) -> Result
  ) throws(StoreError) -> Result {
    guard depth == 0 else { return try savepoint(body) }
    try database.execute("BEGIN IMMEDIATE")
    depth = 1
    defer { depth = 0 }
    do throws(StoreError) {
      try forgetIfChanged()
      let result = try body()
      try flush()
      try database.execute("COMMIT")
      dataVersion = try database.int("PRAGMA data_version") ?? 0
      return result
    } catch {
      forget()
      if !database.isIdle { try? database.execute("ROLLBACK") }
      throw error
    }
  }

  private func savepoint<Result>(
    _ body: () throws(StoreError) -> Result
  ) throws(StoreError) -> Result {
    let name = "part\(depth)"
    try flush()
    try database.execute("SAVEPOINT \(name)")
    depth += 1
    defer { depth -= 1 }
    do throws(StoreError) {
      let result = try body()
      try flush()
      try database.execute("RELEASE \(name)")
      return result
    } catch {
      forget()
      if !database.isIdle { try? database.execute("ROLLBACK TO \(name); RELEASE \(name)") }
      throw error
    }
  }

  /// Reads several things of one moment.
  ///
  /// - Throws: What the body throws, or ``StoreError``.
  public func snapshot<Result>(
    _ body: () throws(StoreError) -> Result
  ) throws(StoreError) -> Result {
    guard depth == 0 else { return try body() }
    try database.execute("BEGIN")
    depth = 1
    defer {
      depth = 0
      if !database.isIdle { try? database.execute("COMMIT") }
    }
    try forgetIfChanged()
    return try body()
  }

  /// Outside a transaction, another process may write at any time.
  func refresh() throws(StoreError) {
    if depth == 0 { try forgetIfChanged() }
  }

  /// Another process may have written since: what was remembered is then worth nothing.
  private func forgetIfChanged() throws(StoreError) {
    let version = try database.int("PRAGMA data_version") ?? 0
    if version != dataVersion { forget() }
    dataVersion = version
  }

  func forget() {
    workspaces = [:]
    replicas = ReplicaTable()
  }

  /// Checks the file's structure (`PRAGMA integrity_check`), and nothing of its content.
  ///
  /// - Returns: What SQLite found, empty if nothing.
  /// - Throws: ``StoreError`` if the file cannot be read at all.
  public func integrityProblems() throws(StoreError) -> [String] {
    var problems: [String] = []
    try database.rows("PRAGMA integrity_check") { (row) throws(StoreError) in
      let text = row.text(0)
      if text != "ok" { problems.append(text) }
    }
    return problems
  }

  /// The value of SQLite's `synchronous` setting, read back: 2 is FULL.
  ///
  /// - Throws: ``StoreError`` if the file cannot be read.
  public func synchronousSetting() throws(StoreError) -> Int64 {
    try database.int("PRAGMA synchronous") ?? -1
  }
}
