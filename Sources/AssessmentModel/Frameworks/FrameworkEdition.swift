/// The name of one immutable edition of a framework, such as `2026-draft`.
///
/// Records name the edition they were made under for ever (R14). One to 64 characters of `a`–`z`,
/// `0`–`9` and `-`: it is also a file name and part of an address.
public struct FrameworkEdition: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The written form.
  public let text: String

  /// Reads the written form; `nil` for anything but 1 to 64 characters of `a`–`z`, `0`–`9`, `-`.
  public init?(_ text: some StringProtocol) {
    guard CatalogueName.isPlain(text.utf8) else { return nil }
    self.text = String(text)
  }

  /// The written form.
  public var description: String { text }

  /// Orders by the written form, so that lists are always printed alike; it says nothing of age.
  public static func < (left: Self, right: Self) -> Bool { left.text < right.text }
}
