import Convergence
import SyncProtocol

/// Batches as hand and chance make them, with what each builds on.
///
/// It seals whatever it is told, sense or nonsense, and knows nothing of what a store makes of it.
struct Scene {
  /// A sealed batch and its place in the history.
  struct Entry {
    let sealed: SealedBatch
    let batch: Batch
    let hash: Hash256
    let previous: Int?
    let deps: [Int]

    var dependency: Dependency {
      Dependency(
        replica: batch.replica,
        lastCounter: batch.lastCounter,
        hashPrefix: hash.prefix
      )
    }
  }

  /// One operation of a batch, its members in the order of the line.
  typealias Members = [(key: String, value: Value)]

  private(set) var certificates: [SealedCertificate] = []
  private(set) var entries: [Entry] = []

  mutating func certify(_ number: Int, of person: Int?, by issuer: Int = 0) {
    certificates.append(Names.certificate(number, of: person, by: issuer))
  }

  /// Seals a batch behind another of its replica, or as its first.
  ///
  /// - Parameters:
  ///   - operations: Its operations.
  ///   - number: The number of the key.
  ///   - previous: The batch before it.
  ///   - deps: What it names as seen.
  ///   - who: Its table of streams, as text.
  ///   - clock: Its clock.
  ///   - version: The version of its format.
  /// - Returns: Its index.
  @discardableResult
  mutating func seal(
    _ operations: [Members],
    by number: Int,
    after previous: Int? = nil,
    deps: [Int] = [],
    who: [String] = [],
    clock: Int64 = Names.clock,
    version: Int64 = 1
  ) -> Int {
    let before = previous.map { entries[$0] }
    var members: Members = [
      ("v", .int(version)), ("visit", .string(Names.visit.text)),
      ("replica", .string(Names.replica(number).text)),
      ("b", .int((before?.batch.number ?? 0) + 1)),
      ("n", .int((before?.batch.lastCounter ?? 0) + 1)),
    ]
    if let before { members.append(("prev", .string(before.hash.text))) }
    let named = deps.map { entries[$0].dependency }.sorted()
    if !named.isEmpty { members.append(("deps", .list(named.map(\.value)))) }
    if !who.isEmpty { members.append(("who", .list(who.map { .string($0) }))) }
    members.append(("t", .int(clock)))
    var line = JSONLine.object(members)
    line.removeLast()
    line += Array(",\"ops\":[".utf8)
    line += operations.map(JSONLine.object).joined(separator: Array(",".utf8))
    line += Array("]}".utf8)
    return seal(line, by: number, previous: previous, deps: deps)
  }

  private mutating func seal(_ line: [UInt8], by number: Int, previous: Int?, deps: [Int]) -> Int {
    let hash = Hash256(.batch, line)
    guard let signature = try? Names.key(number).sign(hash), let batch = try? Batch(line: line)
    else { preconditionFailure("a scene seals what reads") }
    let sealed = SealedBatch(line: line, signature: signature)
    entries.append(
      Entry(sealed: sealed, batch: batch, hash: hash, previous: previous, deps: deps)
    )
    return entries.count - 1
  }

  /// Whether the second batch names the first, as the one before it or as seen.
  func precedes(_ first: Int, _ second: Int) -> Bool {
    entries[second].previous == first || entries[second].deps.contains(first)
  }

  /// The branch that begins with a batch, or holds it, as an entry of `who`.
  func branch(_ index: Int) -> String {
    "\(entries[index].batch.replica)/\(entries[index].hash.branch)"
  }
}

// MARK: Operations

extension Scene {
  static func set(
    _ record: Value,
    _ field: String,
    _ value: Value,
    slot: String? = nil,
    location: Value? = nil,
    over: [Value] = [],
    _ more: Members = []
  ) -> Members {
    var members: Members = [("k", .string("set")), ("at", record), ("f", .string(field))]
    if let slot { members.append(("s", .string(slot))) }
    if let location { members.append(("l", location)) }
    members.append(("v", value))
    if !over.isEmpty { members.append(("over", .list(over))) }
    return members + more
  }

  static func add(
    _ type: String,
    in record: Value,
    _ fields: Value,
    _ more: Members = []
  ) -> Members {
    [("k", .string("add")), ("of", .string(type)), ("in", record), ("v", fields)] + more
  }

  static func judgement(
    of person: Int,
    _ outcome: String,
    standard: String = "A1.2",
    over: [Value] = [],
    _ more: Members = []
  ) -> Members {
    set(
      .string("standard:\(standard)"),
      "judgement",
      .object(["is": .string(outcome), "under": .string("2026")]),
      slot: Names.person(person).text,
      over: over,
      more
    )
  }

  static func member(_ person: Int, _ role: String, over: [Value] = []) -> Members {
    let value = Value.object(["name": .string("Person \(person)"), "role": .string(role)])
    return set(.string("visit"), "member", value, slot: Names.person(person).text, over: over)
  }

  /// The removal of a person; inside is what the named batches hold.
  func removal(_ person: Int, cut: [Int], over: [Value] = []) -> Members {
    let cut = Value.list(cut.map { entries[$0].dependency.value })
    let value = Value.object(["cut": cut, "role": .string("none")])
    return Self.set(.string("visit"), "member", value, slot: Names.person(person).text, over: over)
  }

  func revocation(_ number: Int, cut: [Int], over: [Value] = []) -> Members {
    let cut = Value.list(cut.map { entries[$0].dependency.value })
    let value = Value.object(["because": .string("Lost."), "cut": cut])
    let slot = Names.replica(number).text
    return Self.set(.string("visit"), "revoked", value, slot: slot, over: over)
  }

  /// Another role; inside is what the named batches hold.
  func role(_ person: Int, _ role: String, cut: [Int], over: [Value] = []) -> Members {
    let value = Value.object([
      "cut": .list(cut.map { entries[$0].dependency.value }),
      "name": .string("Person \(person)"), "role": .string(role),
    ])
    return Self.set(.string("visit"), "member", value, slot: Names.person(person).text, over: over)
  }

  /// A decision on batches of a replica, each from its first operation or an earlier one to its last.
  func decision(
    _ field: String,
    _ number: Int,
    _ batches: [Int],
    from first: Int64? = nil,
    over: [Value] = []
  ) -> Members {
    let ranges = batches.map { index in
      let entry = entries[index]
      let hash = Text64.encode(entry.hash.prefix.bytes)
      let first = first ?? entry.batch.firstCounter
      return Value.list([.int(first), .int(entry.batch.lastCounter), .string(hash)])
    }
    let value = Value.object(["batches": .list(ranges), "because": .string("Asked.")])
    let slot = Names.replica(number).text
    return Self.set(.string("visit"), field, value, slot: slot, over: over)
  }

  static func join(_ person: Int, with other: Int, over: [Value] = []) -> Members {
    let value = Value.object([
      "because": .string("Twice."), "with": .string(Names.person(other).text),
    ])
    return set(.string("visit"), "joined", value, slot: Names.person(person).text, over: over)
  }

  /// What the first batch of every visit says, and who is on it.
  static func founding(_ roles: [String]) -> [Members] {
    let hash = Hash256.plain(Array("fieldbook vector framework".utf8)).text
    let framework = Value.object([
      "edition": .string("2026"), "hash": .string(hash), "id": .string("imaging"),
    ])
    let identity = Value.object(["key": .string(Names.identity.publicKey.text)])
    return [
      set(.string("visit"), "identity", identity),
      set(.string("visit"), "title", .string("A visit")),
      set(.string("visit"), "framework", framework), set(.string("visit"), "model", .int(1)),
    ] + roles.enumerated().map { member($0.offset + 1, $0.element) }
  }
}
