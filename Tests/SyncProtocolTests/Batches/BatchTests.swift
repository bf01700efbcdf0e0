import Convergence
import SyncProtocol
import Testing

@Suite("Batch lines")
struct BatchTests {
  private func code(_ changes: [String: String?]) throws -> ProtocolError.Code? {
    let line = try Samples.batchLine(changes)
    do throws(ProtocolError) {
      _ = try Batch(line: line)
      return nil
    } catch {
      return error.code
    }
  }

  @Test("Every member is read, and unknown ones are passed over")
  func members() throws {
    let hash = Samples.hash(5)
    let dependency = Dependency(
      replica: ReplicaID(bits: Bits128(high: 3, low: 2)),
      lastCounter: 9,
      hashPrefix: hash.prefix
    )
    let deps = String(decoding: Value.list([dependency.value]).canonical, as: UTF8.self)
    let batch = try Batch(
      line: Samples.batchLine([
        "b": "17", "n": "230", "prev": "\"\(hash)\"", "deps": deps,
        "who": "[\"\(dependency.replica)\",\"\(dependency.replica)/\(hash.branch)\"]",
        "x": "[{}]", "ops": #"[{"k":"a"},{"k":"b"}]"#,
      ])
    )
    #expect(batch.visit == Samples.visit)
    #expect(batch.replica == (try Samples.key(1).publicKey.replicaID))
    #expect(batch.number == 17)
    #expect(batch.firstCounter == 230)
    #expect(batch.lastCounter == 231)
    #expect(batch.previous == hash)
    #expect(batch.deps == [dependency])
    #expect(
      batch.who == [
        StreamID(replica: dependency.replica),
        StreamID(replica: dependency.replica, branch: hash.branch),
      ]
    )
    #expect(batch.clock == Samples.clock)
    #expect(batch.isOfThisVersion)
    #expect(batch.namesBranch)
  }

  @Test(
    "What does not read is malformed",
    arguments: [
      ("visit", "\"short\""), ("visit", nil), ("replica", "7"), ("b", "0"), ("b", "\"1\""),
      ("n", "0"), ("n", "2"), ("n", nil), ("b", "2"), ("ops", "[]"), ("ops", "{}"), ("ops", "[1]"),
      ("ops", nil), ("t", nil), ("t", "\"now\""), ("deps", "{}"), ("deps", "[[]]"),
      ("deps", "[[\"AAAAAAAAAAAAAAAAAAAAAA\",0,\"AAAAAAAAAAAAAAAAAAAAAA\"]]"), ("who", "[1]"),
      ("who", "[\"AAAAAAAAAAAAAAAAAAAAAA/\"]"), ("who", "[\"AAAAAAAAAAAAAAAAAAAAAA/AAAA\"]"),
      ("who", "\"AAAAAAAAAAAAAAAAAAAAAA\""), ("prev", "\"\(Samples.hash(1))\""), ("x", "null"),
    ] as [(String, String?)]
  )
  func malformed(member: String, value: String?) throws {
    #expect(try code([member: value]) == .malformed)
  }

  @Test("A version that is no positive number is `version`", arguments: ["0", "-1", "\"1\"", nil])
  func version(value: String?) throws {
    #expect(try code(["v": value]) == .version)
  }

  @Test("A later version is read as far as its outline goes, and its operations not at all")
  func later() throws {
    let large = "\"\(String(repeating: "x", count: 20_000))\""
    let batch = try Batch(
      line: Samples.batchLine(["v": "2", "ops": "[1,\(large)]", "t": nil, "who": "7"])
    )
    #expect(!batch.isOfThisVersion)
    #expect(batch.lastCounter == 2)
    let resolved = batch.resolved(person: Samples.person(1), branch: .trunk, past: VersionVector())
    #expect(resolved.map(\.action) == Array(repeating: .uninterpreted(kind: "v2"), count: 2))
    #expect(batch.formerName(at: 0) == nil)
    #expect(!batch.hasMovedOperations)
    #expect(try code(["v": "2", "deps": "7"]) == .malformed)
    #expect(try code(["v": "2", "ops": nil]) == .malformed)
  }

  @Test("Lines of 65,536 bytes fit, one more is too large")
  func lineLimit() throws {
    let rest = try Samples.batchLine(["x": "\"\""]).count
    let fitting = String(repeating: "x", count: Limits.batchLineBytes - rest)
    #expect(try code(["x": "\"\(fitting)\""]) == nil)
    #expect(try code(["x": "\"\(fitting)x\""]) == .tooLarge)
  }

  @Test("256 operations fit, and operations of 16,384 bytes as they stand in the line")
  func operationLimits() throws {
    let many = Array(repeating: "{}", count: 256).joined(separator: ",")
    #expect(try code(["ops": "[\(many)]"]) == nil)
    #expect(try code(["ops": "[\(many),{}]"]) == .malformed)
    let text = String(repeating: "x", count: Limits.operationBytes - #"{"k":""}"#.utf8.count)
    #expect(try code(["ops": "[{\"k\":\"\(text)\"}]"]) == nil)
    #expect(try code(["ops": "[{\"k\":\"\(text)x\"}]"]) == .malformed)
    #expect(try code(["ops": "[ {\"k\":\"\(text)\"} ]"]) == nil)
    #expect(try code(["ops": "[{ \"k\":\"\(text)\"}]"]) == .malformed)
  }

  @Test("512 entries of `who` fit, and 512 deps, strictly ascending")
  func listLimits() throws {
    let names = (0..<UInt64(513)).map { "\"\(ReplicaID(bits: Bits128(high: 5, low: $0)))\"" }
    #expect(try code(["who": "[\(names.dropLast().joined(separator: ","))]"]) == nil)
    #expect(try code(["who": "[\(names.joined(separator: ","))]"]) == .malformed)
    let deps = names.map { "[\($0),1,\"AAAAAAAAAAAAAAAAAAAAAA\"]" }
    #expect(try code(["deps": "[\(deps.dropLast().joined(separator: ","))]"]) == nil)
    #expect(try code(["deps": "[\(deps.joined(separator: ","))]"]) == .malformed)
    #expect(try code(["deps": "[\(deps[1]),\(deps[0])]"]) == .malformed)
    #expect(try code(["deps": "[\(deps[0]),\(deps[0])]"]) == .malformed)
  }

  @Test("Counters stay within the integers of JSON")
  func counters() throws {
    let greatest = Limits.greatestInteger
    let prev = "\"\(Samples.hash(1))\""
    #expect(try code(["b": "2", "prev": prev, "n": "\(greatest)"]) == nil)
    #expect(
      try code(["b": "2", "prev": prev, "n": "\(greatest)", "ops": "[{},{}]"]) == .malformed
    )
    #expect(try code(["b": "\(greatest)", "prev": prev, "n": "\(greatest + 1)"]) == .malformed)
  }
}
