/// Where a value lives: `record|field|slot|location`.
///
/// One ASCII text, because it is a dictionary key, a database key and a line of the state digest,
/// and all three must sort alike. Slot and location are empty where absent.
public struct CellKey: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The four parts joined by `|`.
  public let text: String

  /// The field that holds the existence of an item.
  public static let existence = "+"

  /// The field that marks an operation which this version cannot interpret.
  ///
  /// What is about it is not interpreted either. A mark is no part of the state and its digest.
  public static let uninterpreted = "?"

  /// Whether the cell marks an operation that this version cannot interpret.
  public var isMark: Bool { text.utf8.last == UInt8(ascii: "|") && text.hasSuffix("|?||") }

  /// Names a cell.
  ///
  /// - Parameters:
  ///   - record: What it belongs to.
  ///   - field: Which of its values; ``isField(_:)`` holds.
  ///   - slot: Whose, or which; ``isSlot(_:)`` holds or it is empty.
  ///   - location: The location item it speaks of; `nil` for the whole.
  public init(_ record: RecordID, _ field: String, slot: String = "", location: Dot? = nil) {
    self.init(recordText: record.description, field, slot: slot, location: location)
  }

  /// Names a cell of a record whose written form is at hand.
  package init(recordText: String, _ field: String, slot: String = "", location: Dot? = nil) {
    // Appending is several times faster than interpolation, and every operation makes a key.
    var text = recordText
    text.reserveCapacity(text.utf8.count + field.utf8.count + slot.utf8.count + 64)
    text.append("|")
    text.append(field)
    text.append("|")
    text.append(slot)
    text.append("|")
    if let location {
      text.append("#")
      text.append(location.description)
    }
    self.text = text
  }

  /// Takes a text that a store or digest holds; `nil` unless it is ASCII in four parts.
  public init?(text: String) {
    // Beyond ASCII a sign could join with a bar, and ``parts`` would find fewer than four.
    guard text.utf8.allSatisfy({ $0 < 0x80 }),
      text.utf8.count(where: { $0 == UInt8(ascii: "|") }) == 3
    else { return nil }
    self.text = text
  }

  /// The four parts.
  public var parts: (record: Substring, field: Substring, slot: Substring, location: Substring) {
    var parts: [Substring] = []
    var rest = text[...]
    while parts.count < 3, let bar = rest.utf8.firstIndex(of: UInt8(ascii: "|")) {
      parts.append(rest[..<bar])
      rest = rest[rest.utf8.index(after: bar)...]
    }
    parts.append(rest)
    return (parts[0], parts[1], parts[2], parts[3])
  }

  /// The four parts joined by `|`.
  public var description: String { text }

  /// Whether a text may name a field: 1 to 32 of `a`–`z`, `0`–`9`, `-`.
  public static func isField(_ text: String) -> Bool { isField(text[...]) }

  /// Whether a text may name a field: 1 to 32 of `a`–`z`, `0`–`9`, `-`.
  public static func isField(_ text: Substring) -> Bool {
    (1...32).contains(text.utf8.count)
      && text.utf8.allSatisfy {
        (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "-")
      }
  }

  /// Whether a text may name a slot: 1 to 96 printable ASCII characters without `|`.
  public static func isSlot(_ text: String) -> Bool { isSlot(text[...]) }

  /// Whether a text may name a slot: 1 to 96 printable ASCII characters without `|`.
  public static func isSlot(_ text: Substring) -> Bool {
    (1...96).contains(text.utf8.count)
      && text.utf8.allSatisfy {
        (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "|")
      }
  }

  /// Orders by the bytes.
  public static func < (left: CellKey, right: CellKey) -> Bool { left.text < right.text }
}
