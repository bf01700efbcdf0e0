import Convergence
import SyncProtocol
import Testing

@Suite("Keys and signatures")
struct SigningKeyTests {
  @Test("The first test key of RFC 8032 has its public half")
  func vector() throws {
    let seed: [UInt8] = [
      0x9D, 0x61, 0xB1, 0x9D, 0xEF, 0xFD, 0x5A, 0x60, 0xBA, 0x84, 0x4A, 0xF4, 0x92, 0xEC, 0x2C,
      0xC4,
      0x44, 0x49, 0xC5, 0x69, 0x7B, 0x32, 0x69, 0x19, 0x70, 0x3B, 0xAC, 0x03, 0x1C, 0xAE, 0x7F,
      0x60,
    ]
    let key = try #require(SigningKey(seed: seed))
    #expect(key.publicKey.bytes.prefix(4).elementsEqual([0xD7, 0x5A, 0x98, 0x01]))
    #expect(key.seed == seed)
    #expect(SigningKey(seed: Array(seed.dropLast())) == nil)
  }

  @Test("A signature holds for its hash and key alone")
  func signatures() throws {
    let (one, two) = (try Samples.key(1), try Samples.key(2))
    let (hash, other) = (Samples.hash(1), Samples.hash(2))
    let signature = try one.sign(hash)
    #expect(one.publicKey.verifies(signature, of: hash))
    #expect(!one.publicKey.verifies(signature, of: other))
    #expect(!two.publicKey.verifies(signature, of: hash))
    for index in signature.bytes.indices {
      var bytes = signature.bytes
      bytes[index] ^= 1
      let changed = try #require(Signature(bytes: bytes))
      #expect(!one.publicKey.verifies(changed, of: hash))
    }
  }

  @Test("Keys and signatures have one text and one length")
  func texts() throws {
    let key = try Samples.key(1).publicKey
    let signature = try Samples.key(1).sign(Samples.hash(1))
    #expect(PublicKey(text: key.text) == key)
    #expect(Signature(text: signature.text) == signature)
    #expect(PublicKey(text: signature.text) == nil)
    #expect(Signature(text: key.text) == nil)
    #expect(PublicKey(bytes: Array(key.bytes.dropLast())) == nil)
    #expect(Signature(bytes: signature.bytes + [0]) == nil)
    #expect(key.fingerprint == Array(Hash256(.identity, key.bytes).bytes.prefix(10)))
    #expect(key.replicaID.bits == Hash256(.replica, key.bytes).prefix)
  }

  @Test("A key that is no point of the curve verifies nothing")
  func noPoint() throws {
    let signature = try Samples.key(1).sign(Samples.hash(1))
    for byte in [UInt8(0), 0xFF] {
      let key = try #require(PublicKey(bytes: [UInt8](repeating: byte, count: 32)))
      #expect(!key.verifies(signature, of: Samples.hash(1)))
    }
  }
}
