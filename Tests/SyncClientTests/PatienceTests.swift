import Convergence
import SyncClient
import Testing

@Suite("How long a client waits before it tries again")
struct PatienceTests {
  private let patience = Patience(mostRepeats: 5, firstBound: 1_000, greatestBound: 6_000)

  private func chance(_ low: UInt64) -> Bits128 { Bits128(high: 0, low: low) }

  @Test("The bound doubles up to the greatest, and any part of it may come out")
  func doubles() {
    for (repeats, bound) in [1_000, 2_000, 4_000, 6_000, 6_000].enumerated() {
      #expect(patience.wait(after: repeats, chance: chance(0)) == 0)
      #expect(patience.wait(after: repeats, chance: chance(UInt64(bound))) == Int64(bound))
      #expect(patience.wait(after: repeats, chance: chance(UInt64(bound) + 1)) == 0)
    }
  }

  @Test("After as many tries as it has it gives up")
  func givesUp() {
    #expect(patience.wait(after: 4, chance: chance(1)) != nil)
    #expect(patience.wait(after: 5, chance: chance(1)) == nil)
    #expect(Patience.none.wait(after: 0, chance: chance(1)) == nil)
    #expect(Patience.endless.wait(after: 1_000_000, chance: chance(1)) == 1)
  }

  @Test("What the server asks for comes before that, within reason")
  func retryAfter() {
    #expect(patience.wait(after: 0, retryAfterSeconds: 5, chance: chance(7)) == 5_007)
    #expect(patience.wait(after: 0, retryAfterSeconds: -5, chance: chance(7)) == 7)
    #expect(patience.wait(after: 0, retryAfterSeconds: .max, chance: chance(0)) == 600_000)
  }

  @Test("No bounds trap, however odd", arguments: [Int64.min, -1, 0, 1, .max])
  func odd(_ bound: Int64) {
    let patience = Patience(mostRepeats: .max, firstBound: bound, greatestBound: bound)
    for repeats in [0, 1, 63, 64, .max] {
      let wait = patience.wait(
        after: repeats,
        retryAfterSeconds: .min,
        chance: Bits128(high: .max, low: .max)
      )
      #expect(wait.map { $0 >= 0 } ?? (repeats == .max))
    }
  }
}
