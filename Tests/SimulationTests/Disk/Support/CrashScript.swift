import Convergence
import OperationStore
import Simulation
import SyncProtocol
import TestSupport

/// What a device does with its store, step by step, and what the store shows after each.
struct CrashScript {
  /// One step; each but the first and the last of a session is one transaction.
  enum Step: Hashable {
    case open
    case setUp
    case write(String)
    case seal
    case admit(Int)
    case document(String, bytes: Int)
    case close
  }

  /// What a store shows.
  struct Picture: Equatable {
    var log: LogDigest?
    var state: Hash256?
    var open: Int64?
    var replicas: [ReplicaID] = []
    var documents: [String: Hash256] = [:]
  }

  /// A run that was, or was not, broken off.
  struct Run {
    /// How many steps returned.
    var steps = 0

    /// What broke it off.
    var error: StoreError?

    /// The connection that was open at the end.
    var store: OperationStore?

    /// What the store showed before the first step and after each.
    var pictures: [Picture] = []
  }

  let steps: [Step]
  private let foreign: [SealedBatch]

  /// Every kind of transaction, with the store closed and opened between them.
  static let short = CrashScript([
    .open, .setUp, .write("one"), .seal, .admit(0), .write("two"), .write("three"), .close, .open,
    .seal, .document("small", bytes: 30), .admit(1), .close, .open, .document("large", bytes: 9000),
    .write("four"), .seal, .admit(2), .document("small", bytes: 40),
  ])

  /// So much is written that the log is moved to the database and begun again several times.
  static let long = CrashScript(
    [.open, .setUp]
      + (0..<90).flatMap { index -> [Step] in
        [
          .write("text \(index)"), .document("large \(index % 3)", bytes: 100_000 + index * 100),
          .seal,
        ]
      }
  )

  init(_ steps: [Step]) {
    self.steps = steps
    foreign = Self.foreignBatches()
  }

  /// Runs steps from one on until one fails; a failure to close shows in the next.
  ///
  /// - Parameters:
  ///   - first: How many steps are left out.
  ///   - path: Where the store is.
  ///   - store: The store, if the first step to run needs one.
  ///   - isObserved: Whether to take pictures.
  ///   - afterStep: What to do after each step that returned.
  /// - Returns: How far it came.
  /// - Throws: What taking a picture throws; never what a step throws.
  func run(
    from first: Int = 0,
    at path: String,
    store: OperationStore? = nil,
    isObserved: Bool = false,
    afterStep: () -> Void = {}
  ) throws -> Run {
    var run = Run(steps: first, store: store)
    if isObserved { run.pictures.append(Picture()) }
    for step in steps.dropFirst(first) {
      do throws(StoreError) {
        try perform(step, at: path, store: &run.store)
      } catch {
        run.error = error
        return run
      }
      run.steps += 1
      afterStep()
      guard isObserved else { continue }
      // While the store is closed it holds what it held.
      let last = run.pictures.last ?? Picture()
      run.pictures.append(try run.store.map { try Self.picture(of: $0) } ?? last)
    }
    return run
  }

  /// Opens the store after a power cut, and sees that it holds what it should.
  ///
  /// - Parameters:
  ///   - count: How many steps had returned.
  ///   - pictures: What an undisturbed store shows before the first step and after each.
  ///   - path: Where the store is.
  /// - Returns: How many steps it holds: those that returned, or one more.
  /// - Throws: What is wrong.
  func resume(_ count: Int, of pictures: [Picture], at path: String) throws -> Int {
    let store = try Self.openStore(at: path)
    try demandEqual(try store.integrityProblems(), [], "the file is damaged")
    let picture = try Self.picture(of: store)
    let possible = [count, min(count + 1, steps.count)]
    guard let held = possible.first(where: { pictures[$0] == picture }) else {
      throw BrokenLaw("after \(count) steps the store shows \(picture), not \(pictures[count])")
    }
    return held
  }

  /// What a store shows now.
  static func picture(of store: OperationStore) throws -> Picture {
    var picture = Picture()
    picture.replicas = try store.certificates().map(\.replica)
    for (key, value) in try store.documents("setting") {
      picture.documents[key] = Hash256.plain(value.canonical)
    }
    guard try store.visits().contains(DiskNames.visit) else { return picture }
    picture.log = try store.logDigest(of: DiskNames.visit)
    picture.state = try store.stateDigest(of: DiskNames.visit)
    picture.open = try store.unsentCounts(of: DiskNames.visit).openOperations
    return picture
  }

  static func openStore(at path: String) throws(StoreError) -> OperationStore {
    try OperationStore(.file(path), meaning: DiskNames.meaning)
  }

  static func setUp(_ store: OperationStore, replica: Int) throws(StoreError) {
    try store.transaction { () throws(StoreError) in
      try store.addVisit(DiskNames.visit)
      for number in 1...2 {
        let certificate = DiskNames.certificate(number)
        _ = try store.admit(certificate, identity: DiskNames.key(0).publicKey)
      }
      try store.setOwnReplica(DiskNames.key(replica).publicKey.replicaID)
    }
  }

  static func write(_ text: String, to store: OperationStore) throws(StoreError) {
    try store.transaction { () throws(StoreError) in
      let title = Assignment(record: .named("visit"), field: "title", value: .string(text))
      _ = try store.write([Draft(title)], to: DiskNames.visit, clock: 0)
    }
  }

  private func perform(
    _ step: Step,
    at path: String,
    store: inout OperationStore?
  ) throws(StoreError) {
    if step == .open {
      store = try Self.openStore(at: path)
      return
    }
    guard let open = store else { throw StoreError(.fault, "the script forgets to open") }
    switch step {
    case .open: break
    case .close: store = nil
    case .setUp: try Self.setUp(open, replica: 1)
    case .write(let text): try Self.write(text, to: open)
    case .seal:
      _ = try open.transaction { () throws(StoreError) in
        try open.seal(DiskNames.visit, key: DiskNames.key(1), received: 0)
      }
    case .admit(let index): try admit(foreign[index], to: open)
    case .document(let key, let bytes):
      try open.transaction { () throws(StoreError) in
        let value = Value.string(String(repeating: key.first ?? "-", count: bytes))
        try open.setDocument("setting", key, value)
      }
    }
  }

  private func admit(_ sealed: SealedBatch, to store: OperationStore) throws(StoreError) {
    let verified: VerifiedBatch
    do {
      let certificate = try store.certificate(of: DiskNames.key(2).publicKey.replicaID)
      verified = try VerifiedBatch(sealed) { _ in certificate }
    } catch let error as StoreError {
      throw error
    } catch {
      throw StoreError(.fault, "\(error)")
    }
    _ = try store.transaction { () throws(StoreError) in
      try store.admit(verified, received: 0)
    }
  }

  private static func foreignBatches() -> [SealedBatch] {
    do {
      let store = try OperationStore(.memory, meaning: DiskNames.meaning)
      try setUp(store, replica: 2)
      for index in 0..<3 {
        try write("foreign \(index)", to: store)
        _ = try store.transaction { () throws(StoreError) in
          try store.seal(DiskNames.visit, key: DiskNames.key(2), received: 0)
        }
      }
      return try store.entries(of: DiskNames.visit, after: 0).entries.map(\.sealed)
    } catch {
      preconditionFailure("a store in memory writes: \(error)")
    }
  }
}
