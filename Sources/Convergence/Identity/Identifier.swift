/// A name of sixteen bytes, written as 22 characters of ``Text64``.
///
/// Each kind of thing has a type of its own, so that a person can never be passed for a replica.
public protocol Identifier: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The sixteen bytes.
  var bits: Bits128 { get }

  /// Wraps sixteen bytes.
  init(bits: Bits128)
}

extension Identifier {
  /// Takes exactly sixteen bytes; `nil` for any other length.
  public init?(bytes: some Collection<UInt8>) {
    guard let bits = Bits128(bytes: bytes) else { return nil }
    self.init(bits: bits)
  }

  /// Reads 22 characters of canonical ``Text64``; `nil` for anything else.
  public init?(text: String) {
    self.init(text: text[...])
  }

  /// Reads 22 characters of canonical ``Text64``; `nil` for anything else.
  public init?(text: Substring) {
    guard let bits = Bits128(text64: text) else { return nil }
    self.init(bits: bits)
  }

  /// The 22 characters.
  public var text: String { bits.text64 }

  /// The 22 characters.
  public var description: String { text }

  /// Orders by the bytes: the same order as a database that sorts blobs.
  public static func < (left: Self, right: Self) -> Bool { left.bits < right.bits }
}
