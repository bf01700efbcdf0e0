import SyncProtocol
import Testing

@Suite("Nonces")
struct NoncesTests {
  private let nonces = Nonces(secret: [UInt8](repeating: 7, count: 32))
  private let made = Samples.clock

  @Test("A nonce is good for an hour, and never before it was made")
  func lifetime() {
    let nonce = nonces.make(at: made)
    #expect(nonce.utf8.count == 32)
    #expect(nonces.isGood(nonce, at: made))
    #expect(nonces.isGood(nonce, at: made + 3_600_000))
    #expect(!nonces.isGood(nonce, at: made + 3_601_000))
    #expect(!nonces.isGood(nonce, at: made - 1_000))
  }

  @Test("A nonce of another run, a changed one and noise are refused")
  func forged() {
    let nonce = nonces.make(at: made)
    let other = Nonces(secret: [UInt8](repeating: 8, count: 32)).make(at: made)
    let changed = "B" + nonce.dropFirst()
    for bad in [other, changed, "", "A", nonce + "AAAA", "\u{E9}"] {
      #expect(!nonces.isGood(bad, at: made), "\(bad)")
    }
    let extreme = nonces.make(at: .min)
    #expect(!nonces.isGood(extreme, at: .max))
  }
}
