import Convergence
import SyncProtocol
import Testing

@Suite("Log digests")
struct LogDigestTests {
  @Test("A digest is that of section 7.2, position by position")
  func chain() {
    var digest = LogDigest(emptyLogOf: Samples.visit)
    #expect(digest.position == 0)
    #expect(digest.hash == Hash256(.log, Samples.visit.bits.bytes))
    digest.append(Samples.hash(1))
    let first = Hash256(
      .digest,
      Hash256(.log, Samples.visit.bits.bytes).bytes,
      Samples.hash(1).bytes
    )
    #expect(digest == LogDigest(position: 1, hash: first))
  }

  @Test("Order, content and visit decide it")
  func sensitive() {
    func digest(_ visit: UInt64, _ hashes: [UInt64]) -> LogDigest {
      var digest = LogDigest(emptyLogOf: VisitID(bits: Bits128(high: 0, low: visit)))
      for hash in hashes { digest.append(Samples.hash(hash)) }
      return digest
    }
    #expect(digest(1, [1, 2]) == digest(1, [1, 2]))
    #expect(digest(1, [1, 2]) != digest(1, [2, 1]))
    #expect(digest(1, [1, 2]) != digest(2, [1, 2]))
    #expect(digest(1, [1, 2]) != digest(1, [1]))
  }
}
