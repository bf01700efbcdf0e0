import Convergence
import SyncProtocol
import Testing

@Suite("Receipt of a token")
struct TokenReceiptTests {
  private let token = Bits128(high: 1, low: 2)

  private func identity(_ seed: UInt8 = 3) throws -> SigningKey {
    try #require(SigningKey(seed: Array(repeating: seed, count: 32)))
  }

  @Test("The server reads what it gave, with the count", arguments: [1, 7, Limits.greatestInteger])
  func roundTrip(count: Int64) throws {
    let given = TokenReceipt(of: token, Samples.replica, count: count, under: try identity())
    #expect(given.text.utf8.count == 32)
    let read = TokenReceipt(text: given.text, of: token, Samples.replica, under: try identity())
    #expect(read == given)
    #expect(read?.count == count)
  }

  @Test("One of another token, replica or server, one that was changed, and noise are nobody's")
  func forged() throws {
    let identity = try identity()
    let other = ReplicaID(bits: Bits128(high: 9, low: 9))
    let text = TokenReceipt(of: token, Samples.replica, count: 4, under: identity).text
    func isRead(_ text: String, _ token: Bits128, _ replica: ReplicaID, _ key: SigningKey) -> Bool {
      TokenReceipt(text: text, of: token, replica, under: key) != nil
    }
    #expect(isRead(text, token, Samples.replica, identity))
    #expect(!isRead(text, Bits128(high: 1, low: 3), Samples.replica, identity))
    #expect(!isRead(text, token, other, identity))
    #expect(!isRead(text, token, Samples.replica, try self.identity(4)))
    for bad in ["", "A", "_" + text.dropFirst(), text + "AAAA", "\u{E9}"] {
      #expect(!isRead(bad, token, Samples.replica, identity), "\(bad)")
    }
  }
}
