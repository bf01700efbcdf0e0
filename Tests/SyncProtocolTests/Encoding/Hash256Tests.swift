import Convergence
import SyncProtocol
import Testing

@Suite("Hashes")
struct Hash256Tests {
  @Test("Plain SHA-256 is that of FIPS 180-4")
  func plain() {
    // The examples for "abc" and the empty message.
    #expect(
      Hash256.plain(Array("abc".utf8)).bytes.prefix(4).elementsEqual([0xBA, 0x78, 0x16, 0xBF])
    )
    #expect(Hash256.plain([]).bytes.prefix(4).elementsEqual([0xE3, 0xB0, 0xC4, 0x42]))
  }

  @Test("A labelled hash is over the label, a line feed and the parts")
  func labelled() {
    let bytes = Array("fieldbook batch 1\nab".utf8)
    #expect(Hash256(.batch, [0x61], [0x62]) == Hash256.plain(bytes))
    #expect(Hash256(.batch, [0x61, 0x62]) == Hash256.plain(bytes))
    #expect(Hash256(.head, [0x61, 0x62]) != Hash256.plain(bytes))
  }

  @Test("Text and bytes lead back to the hash, other lengths to nothing")
  func forms() {
    let hash = Hash256.plain([1])
    #expect(Hash256(text: hash.text) == hash)
    #expect(hash.text.utf8.count == 43)
    #expect(Hash256(bytes: hash.bytes) == hash)
    #expect(Hash256(bytes: hash.bytes.dropLast()) == nil)
    #expect(Hash256(text: hash.text + "A") == nil)
    #expect(Hash256(text: Text64.encode([UInt8](repeating: 0, count: 31))) == nil)
    #expect(hash.branch == Branch(name: hash.prefix.high))
  }

  @Test("Hashes are ordered as bytes")
  func order() {
    let hashes = (0..<50).map { Hash256.plain([$0]) }
    let sorted = hashes.sorted()
    for (left, right) in zip(sorted, sorted.dropFirst()) {
      #expect(left.bytes.lexicographicallyPrecedes(right.bytes))
    }
  }
}
