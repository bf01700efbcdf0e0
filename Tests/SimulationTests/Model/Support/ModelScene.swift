import AssessmentModel
import Convergence
import OperationStore
import Simulation
import SyncProtocol
import TestSupport

/// Batches as a test wants them, sense or nonsense, each sealed once.
struct ModelScene {
  /// A sealed batch and where it stands.
  struct Entry {
    let sealed: SealedBatch
    let hash: Hash256
    let content: Batch
    let previous: Int?
    let deps: [Int]
  }

  static let visit = VisitID(bits: Hash256.plain(Array("model visit".utf8)).prefix)
  static let clock: Int64 = 1_795_244_400_000

  /// The number of the key of the server's own replica.
  static let server = 90

  private(set) var certificates: [SealedCertificate] = []
  private(set) var people: [ReplicaID: PersonID] = [:]
  private(set) var entries: [Entry] = []

  var lines: [[UInt8]] { entries.map(\.sealed.line) }

  /// A visit with the members of these roles, each person with the replica of the same number.
  init(roles: [String]) {
    certify(Self.server, of: nil)
    for number in roles.indices { certify(number + 1, of: number + 1) }
    let members = roles.enumerated().map { Self.member($0.offset + 1, $0.element) }
    seal(
      [Self.set("visit", "title", .string("A visit"))] + members,
      by: Self.server
    )
  }

  static func key(_ number: Int) -> SigningKey {
    let seed = Hash256.plain(Array("model key \(number)".utf8)).bytes
    guard let key = SigningKey(seed: seed) else { preconditionFailure("32 bytes are a seed") }
    return key
  }

  static func replica(_ number: Int) -> ReplicaID { key(number).publicKey.replicaID }

  static func person(_ number: Int) -> PersonID {
    PersonID(bits: Hash256.plain(Array("model person \(number)".utf8)).prefix)
  }

  /// Certifies the replica of a number.
  mutating func certify(_ number: Int, of person: Int?) {
    let certificate = Certificate(
      key: Self.key(number).publicKey,
      holder: person.map {
        .device(person: Self.person($0), deviceName: "Device \(number)")
      } ?? .authority,
      name: "Somebody",
      issuer: Self.key(0).publicKey,
      clock: Self.clock
    )
    guard let sealed = try? certificate.sealed(by: Self.key(0)) else {
      preconditionFailure("any hash can be signed")
    }
    certificates.append(sealed)
    people[certificate.replica] = certificate.person
  }

  /// Seals operations behind a batch of the same replica, or as its first.
  @discardableResult
  mutating func seal(
    _ operations: [Value],
    by number: Int,
    after previous: Int? = nil,
    deps: [Int] = [],
    who: [String] = [],
    clock: Int64 = Self.clock
  ) -> Int {
    let before = previous.map { entries[$0] }
    let named = deps.map { name(of: $0) }.sorted()
    var members: [Value.Map.Member] = [
      .init(key: "v", value: .int(1)),
      .init(key: "visit", value: .string(Self.visit.text)),
      .init(key: "replica", value: .string(Self.replica(number).text)),
      .init(key: "b", value: .int((before?.content.number ?? 0) + 1)),
      .init(key: "n", value: .int((before?.content.lastCounter ?? 0) + 1)),
      .init(key: "deps", value: .list(named.map(\.value))),
      .init(key: "who", value: .list(who.map { .string($0) })),
      .init(key: "t", value: .int(clock)), .init(key: "ops", value: .list(operations)),
    ]
    if let before { members.append(.init(key: "prev", value: .string(before.hash.text))) }
    let line = Value.Map(members).map { Value.map($0).canonical } ?? []
    let hash = Hash256(.batch, line)
    guard let signature = try? Self.key(number).sign(hash), let batch = try? Batch(line: line)
    else { preconditionFailure("a scene seals what reads") }
    entries.append(
      Entry(
        sealed: SealedBatch(line: line, signature: signature),
        hash: hash,
        content: batch,
        previous: previous,
        deps: deps
      )
    )
    return entries.count - 1
  }

  /// A batch as a dep or a cut names it.
  func name(of index: Int) -> Dependency {
    Dependency(
      replica: entries[index].content.replica,
      lastCounter: entries[index].content.lastCounter,
      hashPrefix: entries[index].hash.prefix
    )
  }

  /// The replica of a batch with the line that the batch stands on, as an entry of `who`.
  func line(of index: Int) -> String {
    "\(entries[index].content.replica)/\(entries[index].hash.branch)"
  }

  /// The model of everything that was sealed.
  func model() throws -> ModelVisit {
    try ModelVisit(visit: Self.visit, lines: lines, people: people)
  }

  /// A store that took the batches in an order.
  func store(
    _ order: [Int]? = nil,
    at location: OperationStore.Location = .memory
  ) throws -> OperationStore {
    let store = try OperationStore(location, meaning: .assessment)
    try store.transaction { () throws(StoreError) in
      try store.addVisit(Self.visit)
      for certificate in certificates {
        try store.admit(certificate, identity: Self.key(0).publicKey)
      }
    }
    for index in order ?? Array(entries.indices) {
      let certificate = try store.certificate(of: entries[index].content.replica)
      let verified = try VerifiedBatch(entries[index].sealed) { _ in certificate }
      let outcome = try store.transaction { () throws(StoreError) in
        try store.admit(verified, received: Self.clock)
      }
      try demand(
        ["ok", "held", "fork"].contains(outcome.code),
        "batch \(index) is \(outcome.code)"
      )
    }
    return store
  }
}

// MARK: Operations

extension ModelScene {
  static func set(
    _ record: String,
    _ field: String,
    _ value: Value,
    _ more: KeyValuePairs<String, Value> = [:]
  ) -> Value {
    set(.string(record), field, value, more)
  }

  static func set(
    _ record: Value,
    _ field: String,
    _ value: Value,
    _ more: KeyValuePairs<String, Value> = [:]
  ) -> Value {
    operation("set", [("at", record), ("f", .string(field)), ("v", value)], more)
  }

  static func add(
    _ type: String,
    in record: Value,
    _ fields: KeyValuePairs<String, Value>,
    _ more: KeyValuePairs<String, Value> = [:]
  ) -> Value {
    operation("add", [("of", .string(type)), ("in", record), ("v", .object(fields))], more)
  }

  static func judgement(
    _ outcome: String,
    of person: Int,
    on standard: String = "A1",
    because: String? = nil,
    over: [Value] = [],
    cites: [Value] = [],
    _ more: KeyValuePairs<String, Value> = [:]
  ) -> Value {
    var value: [Value.Map.Member] = [
      .init(key: "is", value: .string(outcome)), .init(key: "under", value: .string("2026")),
    ]
    if let because { value.append(.init(key: "because", value: .string(because))) }
    return operation(
      "set",
      [
        ("at", .string("standard:\(standard)")), ("f", .string("judgement")),
        ("s", .string(Self.person(person).text)), ("over", .list(over)),
        ("cites", .list(cites)),
        ("v", Value.Map(value).map { .map($0) } ?? .list([])),
      ],
      more
    )
  }

  static func resolution(
    _ outcome: String,
    on standard: String = "A1",
    citing cites: [Value],
    over: [Value] = []
  ) -> Value {
    let value = Value.object([
      "is": .string(outcome), "under": .string("2026"), "because": .string("Talked over."),
    ])
    return set(
      "standard:\(standard)",
      "resolution",
      value,
      ["cites": .list(cites), "over": .list(over)]
    )
  }

  static func member(_ person: Int, _ role: String, over: [Value] = []) -> Value {
    set(
      "visit",
      "member",
      .object(["name": .string("Somebody"), "role": .string(role)]),
      ["s": .string(Self.person(person).text), "over": .list(over)]
    )
  }

  /// The removal of a person: inside is what the named batches hold.
  func removal(_ person: Int, cut: [Int], over: [Value]) -> Value {
    let cut = cut.map { name(of: $0).value }
    return Self.set(
      "visit",
      "member",
      .object(["role": .string("none"), "cut": .list(cut)]),
      ["s": .string(Self.person(person).text), "over": .list(over)]
    )
  }

  /// The revocation of a replica: inside is what the named batches hold.
  func revocation(_ number: Int, cut: [Int], over: [Value] = []) -> Value {
    let cut = cut.map { name(of: $0).value }
    return Self.set(
      "visit",
      "revoked",
      .object(["because": .string("Lost."), "cut": .list(cut)]),
      ["s": .string(Self.replica(number).text), "over": .list(over)]
    )
  }

  /// Another role: inside its cut is what the named batches hold.
  func role(_ person: Int, _ role: String, cut: [Int], over: [Value] = []) -> Value {
    let cut = cut.map { name(of: $0).value }
    return Self.set(
      "visit",
      "member",
      .object(["cut": .list(cut), "name": .string("Somebody"), "role": .string(role)]),
      ["s": .string(Self.person(person).text), "over": .list(over)]
    )
  }

  /// A release of a replica, from a counter to the end of each named batch.
  func release(
    _ number: Int,
    _ batches: [Int],
    from first: Int64 = 1,
    over: [Value] = []
  ) -> Value {
    let ranges = batches.map { batch in
      let end = name(of: batch)
      let hash = Text64.encode(end.hashPrefix.bytes)
      return Value.list([.int(first), .int(end.lastCounter), .string(hash)])
    }
    return Self.set(
      "visit",
      "release",
      .object(["batches": .list(ranges), "because": .string("Asked.")]),
      ["s": .string(Self.replica(number).text), "over": .list(over)]
    )
  }

  /// Two people who are one human.
  static func join(_ person: Int, with other: Int, over: [Value] = []) -> Value {
    set(
      "visit",
      "joined",
      .object(["because": .string("Twice."), "with": .string(Self.person(other).text)]),
      ["s": .string(Self.person(person).text), "over": .list(over)]
    )
  }

  private static func operation(
    _ kind: String,
    _ members: [(String, Value)],
    _ more: KeyValuePairs<String, Value>
  ) -> Value {
    var all: [Value.Map.Member] = [.init(key: "k", value: .string(kind))]
    for (key, value) in members + more.map({ ($0.key, $0.value) }) {
      all.removeAll { $0.key == key }
      // An empty list says nothing, and is left out as devices do.
      if value != .list([]) || key == "v" { all.append(.init(key: key, value: value)) }
    }
    return Value.Map(all).map { .map($0) } ?? .list([])
  }
}
