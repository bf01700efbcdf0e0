/// The stable name of a framework through all its editions, such as `qsi-imaging`.
///
/// One to 64 characters of `a`–`z`, `0`–`9` and `-`: it is also the name of a folder and
/// part of an address.
public struct FrameworkID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The written form.
  public let text: String

  /// Reads the written form; `nil` for anything but 1 to 64 characters of `a`–`z`, `0`–`9`, `-`.
  public init?(_ text: some StringProtocol) {
    guard CatalogueName.isPlain(text.utf8) else { return nil }
    self.text = String(text)
  }

  /// The written form.
  public var description: String { text }

  /// Orders by the written form.
  public static func < (left: Self, right: Self) -> Bool { left.text < right.text }
}
