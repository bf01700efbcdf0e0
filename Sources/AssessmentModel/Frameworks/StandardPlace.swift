/// A place in a standard: its statement, its outcome measure, one suggestion or one note.
///
/// Written `q`, `o`, `s7`, `s7f` (the sixth item under suggestion 7), `n3` or `n4b`; `i` is the
/// introduction of a section. Numbers start from 1 and count in printed order.
public struct StandardPlace: Hashable, Sendable, CustomStringConvertible {
  /// What kind of place it is.
  public enum Part: Hashable, Sendable {
    /// The introduction of a section.
    case introduction
    /// The quality statement.
    case statement
    /// The outcome measure.
    case outcome
    /// A suggestion, by number.
    case suggestion(Int)
    /// A note, by number.
    case note(Int)
  }

  /// The part of the standard.
  public let part: Part
  /// The letter of an item under the suggestion or note, if it is one.
  public let item: Character?

  /// Reads the written form; `nil` for anything else, a zero or a number above 999 included.
  public init?(_ text: some StringProtocol) {
    var rest = text[...]
    guard let first = rest.popFirst() else { return nil }
    guard first == "s" || first == "n" else {
      guard rest.isEmpty, let part = Self.wholeParts[first] else { return nil }
      self.part = part
      item = nil
      return
    }
    item = rest.last.flatMap { ("a"..."z").contains($0) && $0.isASCII ? $0 : nil }
    let digits = item == nil ? rest : rest.dropLast()
    guard (1...3).contains(digits.utf8.count), digits.utf8.first != UInt8(ascii: "0"),
      digits.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(digits)
    else { return nil }
    part = first == "s" ? .suggestion(number) : .note(number)
  }

  /// The written form.
  public var description: String {
    let suffix = item.map(String.init) ?? ""
    return switch part {
    case .introduction: "i"
    case .statement: "q"
    case .outcome: "o"
    case .suggestion(let number): "s\(number)\(suffix)"
    case .note(let number): "n\(number)\(suffix)"
    }
  }

  private static let wholeParts: [Character: Part] = [
    "i": .introduction, "q": .statement, "o": .outcome,
  ]
}
