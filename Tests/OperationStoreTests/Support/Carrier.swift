import AssessmentModel
import Convergence
import OperationStore
import SyncProtocol
import Testing

/// A device that hears of others by file alone: it begins with its own certificate and nothing else.
struct Carrier {
  let number: Int
  let store: OperationStore
  let visit = Names.visit

  private var key: SigningKey { Names.key(number) }

  /// The person of the number; the authority for the server's number.
  private var person: PersonID? { number == Names.authority ? nil : Names.person(number) }

  /// A device of the person of a number.
  init(_ number: Int, at location: OperationStore.Location = .memory) throws {
    self.number = number
    let isServer = number == Names.authority
    let store = try OperationStore(location, meaning: .assessment)
    try store.transaction { () throws(StoreError) in
      _ = try store.admit(
        Names.certificate(number, of: isServer ? nil : number),
        identity: Names.identity.publicKey
      )
      try store.setOwnReplica(Names.replica(number))
    }
    self.store = store
  }

  /// The server, with a visit of people in so many roles.
  static func server(roles: [String] = ["lead", "peer", "lay"]) throws -> Carrier {
    let server = try Carrier(Names.authority)
    var scene = Scene()
    scene.seal(Scene.founding(roles), by: Names.authority)
    let store = server.store
    let certificate = try #require(try store.certificate(of: Names.replica(Names.authority)))
    let founding = try VerifiedBatch(scene.entries[0].sealed) { _ in certificate }
    try store.transaction { () throws(StoreError) in
      try store.addVisit(Names.visit)
      _ = try store.admit(founding, received: Names.clock)
    }
    return server
  }

  /// Judges a standard over what the device shows of its own.
  @discardableResult
  func judge(_ standard: String, _ outcome: String) throws -> Dot {
    let (store, visit) = (store, visit)
    let slot = Names.person(number).text
    let record = RecordID.named("standard:\(standard)")
    let written = try store.transaction { () throws(StoreError) in
      let own = try store.cells(of: visit)[CellKey(record, "judgement", slot: slot)]
      let draft = Draft(
        Assignment(
          record: record,
          field: "judgement",
          slot: slot,
          value: .object(["is": .string(outcome), "under": .string("2026")]),
          over: own.siblings.map(\.dot)
        )
      )
      return try store.write([draft], to: visit, clock: Names.clock)
    }
    return try #require(written.first).dot
  }

  func seal() throws {
    let (store, visit, key) = (store, visit, key)
    _ = try store.transaction { () throws(StoreError) in
      try store.seal(visit, key: key, received: Names.clock)
    }
  }

  /// A file of what it holds.
  func file(_ choice: BundleExport.Choice = .everything) throws -> [UInt8] {
    try BundleExport(identity: Names.identity.publicKey, key: key, now: Names.clock)
      .bundle(of: [visit], choice, from: store).file
  }

  /// A file of what its own person wrote.
  func ownFile() throws -> [UInt8] { try file(.of(person ?? .authority)) }

  @discardableResult
  func take(_ file: [UInt8]) throws -> BundleReport {
    try take(BundleReader.read(file))
  }

  @discardableResult
  func take(_ contents: BundleContents) throws -> BundleReport {
    try BundleImport(
      identity: Names.identity.publicKey,
      key: key,
      person: person,
      now: Names.clock
    ).take(contents, into: store)
  }

  /// Everything that must be the same on every device that holds the same work.
  func picture() throws -> Picture {
    Picture(
      state: try store.stateDigest(of: visit),
      vector: try store.vector(of: visit),
      lines: Set(try lines()),
      notices: try store.notices(of: visit)
    )
  }

  /// What a device shows and holds, whichever way it came.
  struct Picture: Equatable {
    let state: Hash256
    let vector: VersionVector
    let lines: Set<[UInt8]>
    let notices: [OperationStore.Notice]
  }

  /// The lines held, in the order of the log.
  func lines() throws -> [[UInt8]] {
    try store.entries(of: visit, after: 0).entries.map(\.sealed.line)
  }

  /// Its own batches, in order.
  func ownBatches() throws -> [Batch] {
    try lines().map { try Batch(line: $0) }.filter { $0.replica == Names.replica(number) }
  }
}
