/// The tables of a store, as a list of steps that are never changed once shipped.
///
/// `user_version` counts the steps taken. A file that has taken more than this program knows was
/// written by a newer one, and is not touched.
enum Schema {
  /// Says in the file's header that it is ours (`Fbk1`).
  static let applicationID: Int64 = 0x4662_6B31

  /// Refuses a database that is not ours or that a newer program wrote, without touching it.
  static func check(_ database: Database) throws(StoreError) {
    let application = try database.int("PRAGMA application_id") ?? 0
    let version = try database.int("PRAGMA user_version") ?? 0
    let tables = try database.int("SELECT count(*) FROM sqlite_schema") ?? 0
    guard application == applicationID || (application == 0 && version == 0 && tables == 0) else {
      throw StoreError(.notAStore, "The file is a database, but not a Fieldbook store.")
    }
    guard version <= Int64(steps.count) else {
      throw StoreError(
        .futureFormat,
        """
        The store was written by a newer Fieldbook (format \(version), this one knows up to \
        \(steps.count)). Upgrade the program; nothing was changed.
        """
      )
    }
  }

  /// Brings a database that passed ``check(_:)`` to the present tables.
  static func prepare(_ database: Database) throws(StoreError) {
    let version = try database.int("PRAGMA user_version") ?? 0
    guard version < Int64(steps.count) else { return }
    try database.execute("BEGIN IMMEDIATE")
    do throws(StoreError) {
      // Another process may have taken the steps while this one waited for the lock.
      let taken = try database.int("PRAGMA user_version") ?? 0
      for step in steps.dropFirst(Int(taken)) {
        try database.execute(step)
      }
      try database.execute("PRAGMA application_id = \(applicationID)")
      try database.execute("PRAGMA user_version = \(steps.count)")
      try database.execute("COMMIT")
    } catch {
      if !database.isIdle { try? database.execute("ROLLBACK") }
      throw error
    }
  }

  private static let steps = [
    """
    -- Small documents of the program that uses the store: settings, people, codes.
    CREATE TABLE register(
      kind TEXT NOT NULL,
      key TEXT NOT NULL,
      value BLOB NOT NULL,
      PRIMARY KEY(kind, key)
    ) STRICT, WITHOUT ROWID;

    -- Every replica that was certified, with its certificate as it came.
    CREATE TABLE replicas(
      id INTEGER PRIMARY KEY,
      replica BLOB NOT NULL UNIQUE,
      person BLOB NOT NULL,
      line BLOB NOT NULL,
      signature BLOB NOT NULL
    ) STRICT;
    CREATE INDEX replicas_by_person ON replicas(person);

    -- People who are named in the keys of cells, by the numbers that stand for them there.
    CREATE TABLE names(
      id INTEGER PRIMARY KEY,
      person BLOB NOT NULL UNIQUE
    ) STRICT;

    -- The visits, the digest of this store's own log, and how far another's log was read.
    CREATE TABLE visits(
      id INTEGER PRIMARY KEY,
      visit BLOB NOT NULL UNIQUE,
      position INTEGER NOT NULL,
      digest BLOB NOT NULL,
      tangled INTEGER NOT NULL DEFAULT 0,
      epoch BLOB,
      cursor INTEGER NOT NULL DEFAULT 0,
      cursor_digest BLOB
    ) STRICT;

    -- One row a batch, byte for byte as its author sealed it.
    CREATE TABLE batches(
      visit INTEGER NOT NULL,
      position INTEGER NOT NULL,
      replica INTEGER NOT NULL,
      number INTEGER NOT NULL,
      first INTEGER NOT NULL,
      count INTEGER NOT NULL,
      height INTEGER NOT NULL,
      received INTEGER NOT NULL,
      sent INTEGER NOT NULL DEFAULT 0,
      hash BLOB NOT NULL,
      signature BLOB NOT NULL,
      line BLOB NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX batches_by_position ON batches(visit, position);
    CREATE INDEX batches_by_stream ON batches(visit, replica, first);

    -- The heads of the streams: the version vector.
    CREATE TABLE streams(
      visit INTEGER NOT NULL,
      replica INTEGER NOT NULL,
      branch INTEGER NOT NULL,
      number INTEGER NOT NULL,
      last INTEGER NOT NULL,
      height INTEGER NOT NULL,
      hash BLOB NOT NULL,
      past BLOB NOT NULL,
      PRIMARY KEY(visit, replica, branch)
    ) STRICT, WITHOUT ROWID;

    -- The derived state.
    CREATE TABLE cells(
      visit INTEGER NOT NULL,
      key TEXT NOT NULL,
      siblings BLOB NOT NULL,
      PRIMARY KEY(visit, key)
    ) STRICT, WITHOUT ROWID;

    -- Operations that have no effect, and why.
    CREATE TABLE effects(
      visit INTEGER NOT NULL,
      batch BLOB NOT NULL,
      item INTEGER NOT NULL,
      effect TEXT NOT NULL,
      PRIMARY KEY(visit, batch, item)
    ) STRICT, WITHOUT ROWID;

    -- What a replica of this store wrote and has not sealed.
    CREATE TABLE open_operations(
      visit INTEGER NOT NULL,
      counter INTEGER NOT NULL,
      line BLOB NOT NULL,
      PRIMARY KEY(visit, counter)
    ) STRICT, WITHOUT ROWID;

    -- What came by file and builds on batches that are not here yet.
    CREATE TABLE waiting(
      id INTEGER PRIMARY KEY,
      visit BLOB NOT NULL,
      need BLOB NOT NULL,
      replica INTEGER NOT NULL,
      number INTEGER NOT NULL,
      received INTEGER NOT NULL,
      hash BLOB NOT NULL,
      signature BLOB NOT NULL,
      line BLOB NOT NULL,
      UNIQUE(visit, hash)
    ) STRICT;
    CREATE INDEX waiting_by_need ON waiting(visit, need);

    -- What a person gave up sending, kept as bytes.
    CREATE TABLE rescue(
      id INTEGER PRIMARY KEY,
      visit INTEGER NOT NULL,
      why TEXT NOT NULL,
      signature BLOB NOT NULL,
      line BLOB NOT NULL
    ) STRICT;
    """
  ]
}
