public import Convergence
import Crypto

/// Thirty-two bytes of SHA-256, written as 43 characters of `Text64`.
public struct Hash256: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The first sixteen bytes: what dependencies carry.
  public let prefix: Bits128

  /// The last sixteen bytes.
  public let suffix: Bits128

  /// Joins two halves.
  public init(prefix: Bits128, suffix: Bits128) {
    self.prefix = prefix
    self.suffix = suffix
  }

  /// Takes exactly 32 bytes; `nil` for any other length.
  @inlinable
  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == 32,
      let prefix = Bits128(bytes: bytes.prefix(16)),
      let suffix = Bits128(bytes: bytes.suffix(16))
    else { return nil }
    self.init(prefix: prefix, suffix: suffix)
  }

  /// Reads 43 characters of canonical `Text64`; `nil` for anything else.
  public init?(text: some StringProtocol) {
    guard text.utf8.count == 43, let bytes = Text64.decode(text) else { return nil }
    self.init(bytes: bytes)
  }

  /// The labelled hash (section 1.5): the label, a line feed, the parts.
  public init(_ label: HashLabel, _ parts: [UInt8]...) {
    var hasher = SHA256()
    hasher.update(data: Array("\(label.rawValue)\n".utf8))
    for part in parts {
      hasher.update(data: part)
    }
    self.init(hasher.finalize())
  }

  /// The plain SHA-256 of bytes: how a framework's bytes and request bodies are named.
  public static func plain(_ bytes: [UInt8]) -> Hash256 {
    Hash256(SHA256.hash(data: bytes))
  }

  private init(_ digest: SHA256.Digest) {
    var words: [UInt64] = [0, 0, 0, 0]
    for (index, byte) in digest.enumerated() {
      words[index >> 3] = (words[index >> 3] << 8) | UInt64(byte)
    }
    prefix = Bits128(high: words[0], low: words[1])
    suffix = Bits128(high: words[2], low: words[3])
  }

  /// The 32 bytes in order.
  public var bytes: [UInt8] { prefix.bytes + suffix.bytes }

  /// The 43 characters.
  public var text: String { Text64.encode(bytes) }

  /// The 43 characters.
  public var description: String { text }

  /// The branch that begins with the batch of this hash.
  public var branch: Branch { Branch(name: prefix.high) }

  /// Orders by the bytes.
  public static func < (left: Hash256, right: Hash256) -> Bool {
    left.prefix == right.prefix ? left.suffix < right.suffix : left.prefix < right.prefix
  }
}
