import Convergence
import SyncProtocol
import Testing

@Suite("Declared gaps as operations say them")
struct GapTests {
  private static let replica = ReplicaID(bits: Bits128(high: 1, low: 2))

  private static func name(_ counter: Int64) -> Dependency {
    Dependency(
      replica: replica,
      lastCounter: counter,
      hashPrefix: Bits128(high: UInt64(counter), low: 7)
    )
  }

  private static func batch(_ operations: [Value], version: Int64 = 1) -> Batch {
    Batch(
      version: version,
      visit: VisitID(bits: .zero),
      replica: ReplicaID(bits: .zero),
      number: 1,
      firstCounter: 1,
      previous: nil,
      deps: [],
      who: [],
      clock: 0,
      operations: operations
    )
  }

  private static func declaration(_ gaps: [Value], _ changes: [String: Value] = [:]) -> Value {
    var members: [String: Value] = [
      "k": .string("set"), "at": .string("visit"), "f": .string("gap"),
      "s": .string(replica.text),
      "v": .object(["because": .string("Lost."), "gaps": .list(gaps)]),
    ]
    members.merge(changes) { $1 }
    let sorted = members.sorted { $0.key < $1.key }
    return Value.Map(sorted.map { .init(key: $0.key, value: $0.value) }).map { .map($0) }
      ?? .list([])
  }

  @Test("A gap is read as it is written, with and without a start and a number")
  func roundTrip() throws {
    for (number, before) in [(3, 4), (nil, 4), (3, nil), (nil, nil)] as [(Int64?, Int64?)] {
      let gap = Gap(end: Self.name(9), number: number, after: before.map(Self.name))
      let read = try #require(Gap(gap.value, of: Self.replica))
      #expect(read == gap)
      #expect(read.end == Self.name(9) && read.before == before.map(Self.name))
      #expect(Self.batch([Self.declaration([gap.value])]).declaredGaps == [gap])
    }
  }

  @Test("What breaks the registry in one gap is no gap, and nor is what stands beside it")
  func refused() {
    let good = Gap(end: Self.name(9), number: 3, after: Self.name(4)).value
    let wrong: [(String, Value)] = [
      ("from", .int(0)), ("from", .int(10)), ("from", .int(1)), ("to", .int(4)), ("b", .int(0)),
      ("b", .string("3")), ("hash", .string("x")), ("prev", .string("x")), ("prev", .int(1)),
    ]
    for (key, value) in wrong {
      guard case .map(let map) = good else { continue }
      let members = map.members.filter { $0.key != key } + [.init(key: key, value: value)]
      let bad = Value.Map(members).map { Value.map($0) } ?? .list([])
      #expect(Gap(bad, of: Self.replica) == nil, "\(key)")
      #expect(Self.batch([Self.declaration([good, bad])]).declaredGaps.isEmpty, "\(key)")
    }
  }

  @Test("Only the members that say it count, in an operation of this version")
  func operations() {
    let gap = Gap(end: Self.name(9), number: nil, after: nil)
    let odd: [String: Value] = ["over": .string("x"), "d": .string("x"), "l": .int(77)]
    #expect(Self.batch([Self.declaration([gap.value], odd)]).declaredGaps == [gap])
    #expect(Self.batch([Self.declaration([gap.value])], version: 2).declaredGaps.isEmpty)
    for (key, value) in [
      ("k", "add"), ("at", "service"), ("f", "gaps"), ("s", "x"), ("v", "x"),
    ] {
      let other = Self.declaration([gap.value], [key: .string(value)])
      #expect(Self.batch([other]).declaredGaps.isEmpty, "\(key)")
    }
  }
}
