import Convergence
import SyncProtocol
import SyncServer
import TestSupport
import Testing

@Suite("A server's keys")
struct ServerKeysTests {
  private func keys(_ seed: UInt64) throws -> ServerKeys {
    var chance = SeededGenerator(seed: seed)
    return ServerKeys(identity: try .make(&chance))
  }

  private func epoch(_ number: UInt64) -> Epoch { Epoch(bits: Bits128(high: number, low: 0)) }

  @Test("The authority's key follows from the identity and the history, and from nothing else")
  func follows() throws {
    let (one, same, other) = (try keys(1), try keys(1), try keys(2))
    let first = try one.authority(of: epoch(1)).publicKey
    #expect(try same.authority(of: epoch(1)).publicKey == first)
    #expect(try one.authority(of: epoch(2)).publicKey != first)
    #expect(try other.authority(of: epoch(1)).publicKey != first)
    #expect(first != one.identity.publicKey)
    // Asked again after another history, it is the same.
    #expect(try one.authority(of: epoch(1)).publicKey == first)
  }
}
