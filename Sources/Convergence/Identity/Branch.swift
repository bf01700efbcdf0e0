/// Which side of a fork an operation stands on.
///
/// A replica whose store was copied may have sealed two different batches with one number. Both are
/// kept: each side is named by the first eight bytes of the hash of its first differing batch. What
/// came before the fork, and everything of a replica that never forked, is on the ``trunk``.
public struct Branch: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Eight bytes, most significant first; zero is the trunk.
  public let name: UInt64

  /// Before any fork.
  public static let trunk = Branch(name: 0)

  /// Names a branch.
  public init(name: UInt64) { self.name = name }

  /// Reads 11 characters of ``Text64``; `nil` for anything else, the trunk spelt out included: it
  /// is written by leaving it away, and nothing may have two texts.
  public init?(text: Substring) {
    guard text.utf8.count == 11, let bytes = Text64.decode(text) else { return nil }
    self.init(name: bytes.reduce(0) { ($0 << 8) | UInt64($1) })
    if self == .trunk { return nil }
  }

  /// Eleven characters, or nothing on the trunk.
  public var description: String {
    guard self != .trunk else { return "" }
    return Text64.encode(
      stride(from: UInt64(56), through: 0, by: -8).map {
        UInt8(truncatingIfNeeded: name >> $0)
      }
    )
  }

  /// Orders by the bytes, the trunk first.
  public static func < (left: Branch, right: Branch) -> Bool { left.name < right.name }
}
