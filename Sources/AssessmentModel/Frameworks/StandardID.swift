/// The identity of a standard or clause, such as `qsi/xr-304`, for as long as it is the same thing.
///
/// A ref is display and search; this is identity (R13): it survives renumbering, and a record that
/// is about a standard names this. Three to 64 characters of `a`–`z`, `0`–`9`, `-` with one `/`
/// inside, so that it fits into a record name (`standard:qsi/xr-304`) without any escaping.
public struct StandardID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The written form.
  public let text: String

  /// Reads the written form; `nil` unless it is two plain names with one `/` between them.
  public init?(_ text: some StringProtocol) {
    guard CatalogueName.isPath(text.utf8) else { return nil }
    self.text = String(text)
  }

  /// The written form.
  public var description: String { text }

  /// Orders by the written form; the printed order of standards is ``Standard/order``.
  public static func < (left: Self, right: Self) -> Bool { left.text < right.text }
}
