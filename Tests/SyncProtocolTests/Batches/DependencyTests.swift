import Convergence
import SyncProtocol
import Testing

@Suite("Dependencies")
struct DependencyTests {
  private let dependency = Dependency(
    replica: ReplicaID(bits: Bits128(high: 1, low: 2)),
    lastCounter: 112,
    hashPrefix: Bits128(high: 3, low: 4)
  )

  @Test("They are read as written")
  func roundTrip() { #expect(Dependency(dependency.value) == dependency) }

  @Test("Anything else is none")
  func refused() throws {
    let parts = try #require(dependency.value.list)
    for value in [
      .list([]), .list(parts + [.int(1)]), .list([parts[2], parts[1]]), .string("x"),
      .list([parts[0], .int(0), parts[2]]), .list([parts[0], .string("1"), parts[2]]),
      .list([.string("x"), parts[1], parts[2]]), .list([parts[0], parts[1], .string("AAAA")]),
      .list([parts[0], parts[1], .string(Samples.hash(1).text)]),
    ] as [Value] {
      #expect(Dependency(value) == nil)
    }
  }

  @Test("They are ordered by replica, counter, hash")
  func order() {
    func make(_ replica: UInt64, _ counter: Int64, _ hash: UInt64) -> Dependency {
      Dependency(
        replica: ReplicaID(bits: Bits128(high: replica, low: 0)),
        lastCounter: counter,
        hashPrefix: Bits128(high: hash, low: 0)
      )
    }
    let sorted = [make(1, 1, 9), make(1, 2, 1), make(1, 2, 2), make(.max, 1, 0)]
    #expect(sorted.reversed().sorted() == sorted)
  }
}
