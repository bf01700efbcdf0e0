import Convergence
import OperationStore
import SyncProtocol
import Testing

/// A store with the replica that writes in it.
struct Device {
  let store: OperationStore
  let number: Int
  let visit = Names.visit

  private var key: SigningKey { Names.key(number) }

  /// Opens a store for the replica of a number, with certificates of the first few.
  init(
    _ number: Int,
    _ location: OperationStore.Location = .memory,
    meaning: Meaning = .inertTitles
  )
    throws
  {
    let store = try OperationStore(location, meaning: meaning)
    try store.transaction { () throws(StoreError) in
      try store.addVisit(Names.visit)
      for other in 1...5 {
        _ = try store.admit(
          Names.certificate(other, of: other),
          identity: Names.identity.publicKey
        )
      }
      _ = try store.admit(
        Names.certificate(Names.authority, of: nil),
        identity: Names.identity.publicKey
      )
      try store.setOwnReplica(Names.replica(number))
    }
    self.store = store
    self.number = number
  }

  private init(_ store: OperationStore, _ number: Int) {
    self.store = store
    self.number = number
  }

  /// The same device of the first person under another name, certified by the one it had, or by the
  /// server.
  func succeeded(by next: Int, certifiedBy issuer: Int? = nil) throws -> Device {
    try learn(next, of: 1, by: issuer ?? number)
    _ = try store.transaction { () throws(StoreError) in try store.succeed(Names.replica(next)) }
    return Device(store, next)
  }

  /// Takes a certificate in.
  func learn(_ next: Int, of person: Int, by issuer: Int) throws {
    let sealed = Names.certificate(next, of: person, by: issuer)
    _ = try store.transaction { () throws(StoreError) in
      try store.admit(sealed, identity: Names.identity.publicKey)
    }
  }

  /// The text of a title by this device over what it shows now.
  static func title(
    _ text: String,
    over: [Dot] = [],
    at record: RecordID = .named("visit")
  ) -> Draft {
    Draft(Assignment(record: record, field: "title", value: .string(text), over: over))
  }

  /// Writes titles down, not sealed yet.
  @discardableResult
  func write(_ drafts: Draft..., clock: Int64 = Names.clock) throws -> [Dot] {
    try store.transaction { () throws(StoreError) in
      try store.write(drafts, to: visit, clock: clock).map(\.dot)
    }
  }

  @discardableResult
  func seal() throws -> Int {
    try store.transaction { () throws(StoreError) in
      try store.seal(visit, key: key, received: Names.clock)
    }
  }

  /// Admits one batch as it is.
  @discardableResult
  func admit(_ sealed: SealedBatch, isSent: Bool = false) throws -> BatchResult.Outcome {
    let store = store
    let batch = try Batch(line: sealed.line)
    let certificate = try store.certificate(of: batch.replica)
    let verified = try VerifiedBatch(sealed) { _ in certificate }
    return try store.transaction { () throws(StoreError) in
      try store.admit(verified, received: Names.clock, isSent: isSent)
    }
  }

  /// Seals what is open, and takes over everything that another has sealed.
  func pull(from other: Device) throws {
    try seal()
    for sealed in try other.batches() { try admit(sealed) }
  }

  /// The batches that are held, in the order of the log.
  func batches() throws -> [SealedBatch] {
    try store.entries(of: visit, after: 0).entries.map(\.sealed)
  }

  /// The own batches, read.
  func ownBatches() throws -> [Batch] {
    try batches().map { try Batch(line: $0.line) }.filter { $0.replica == Names.replica(number) }
  }

  /// The values of a title.
  func titles(of record: RecordID = .named("visit")) throws -> [String] {
    try store.cells(of: visit)[CellKey(record, "title")].siblings.compactMap(\.value.string)
      .sorted()
  }

  /// Everything a store can be asked for, to compare before and after.
  func picture() throws -> Picture {
    let store = store
    return try store.snapshot { () throws(StoreError) in
      Picture(
        log: try store.logDigest(of: visit),
        state: try store.stateDigest(of: visit),
        cells: try store.cells(of: visit),
        notices: try store.notices(of: visit),
        vector: try store.vector(of: visit),
        authority: try store.authority(of: visit),
        unsent: try store.unsent(of: visit).map(\.hash),
        open: try store.unsentCounts(of: visit).openOperations,
        cursor: try store.cursor(of: visit)?.cursor,
        settings: try store.documents("setting").map(\.key),
        replicas: try store.certificates().map(\.replica)
      )
    }
  }

  /// What a store holds.
  struct Picture: Equatable {
    let log: LogDigest
    let state: Hash256
    let cells: MemoryCells
    let notices: [OperationStore.Notice]
    let vector: VersionVector
    let authority: Authority
    let unsent: [Hash256]
    let open: Int64
    let cursor: Cursor?
    let settings: [String]
    let replicas: [ReplicaID]
  }
}
