/// The identity of a section of a framework, such as `qsi/xr-3`.
///
/// Written like a ``StandardID``, but a type of its own: nobody judges a section.
public struct SectionID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The written form.
  public let text: String

  /// Reads the written form; `nil` unless it is two plain names with one `/` between them.
  public init?(_ text: some StringProtocol) {
    guard CatalogueName.isPath(text.utf8) else { return nil }
    self.text = String(text)
  }

  /// The written form.
  public var description: String { text }

  /// Orders by the written form; the printed order of sections is ``FrameworkSection/order``.
  public static func < (left: Self, right: Self) -> Bool { left.text < right.text }
}
