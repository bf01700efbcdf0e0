/// Where a value lives: `record|field|slot|location`.
///
/// It is held in its parts, because every operation makes keys, and looks cells up by them. The
/// text is a database key and a line of the state digest, and keys sort as it does.
public struct CellKey: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The parts with their hash: tables hold keys, move them as they grow and compare them often.
  private final class Content: Sendable {
    let record: RecordID
    let field: String
    let slot: String
    let location: Dot?
    let hash: Int

    init(_ record: RecordID, _ field: String, _ slot: String, _ location: Dot?) {
      self.record = record
      self.field = field
      self.slot = slot
      self.location = location
      var hasher = Hasher()
      switch record {
      case .named(let name): hasher.combine(name)
      case .item(let dot): hasher.combine(dot)
      }
      hasher.combine(field)
      // Most keys lack one or the other, and what is not fed costs nothing.
      if !slot.isEmpty { hasher.combine(slot) }
      if let location { hasher.combine(location) }
      hash = hasher.finalize()
    }
  }

  private let content: Content

  /// What the value belongs to.
  public var record: RecordID { content.record }

  /// The item it belongs to; `nil` for a named record.
  package var item: Dot? { content.record.item }

  /// Which of its values.
  public var field: String { content.field }

  /// Whose, or which; empty where absent.
  public var slot: String { content.slot }

  /// The location item it speaks of; `nil` for the whole.
  public var location: Dot? { content.location }

  /// The field that holds the existence of an item.
  public static let existence = "+"

  /// The field that marks an operation which this version cannot interpret.
  ///
  /// What is about it is not interpreted either. A mark is no part of the state and its digest.
  public static let uninterpreted = "?"

  /// Whether the cell marks an operation that this version cannot interpret.
  public var isMark: Bool { field == Self.uninterpreted && slot.isEmpty && location == nil }

  /// Names a cell.
  ///
  /// - Parameters:
  ///   - record: What it belongs to.
  ///   - field: Which of its values; ``isField(_:)`` holds.
  ///   - slot: Whose, or which; ``isSlot(_:)`` holds or it is empty.
  ///   - location: The location item it speaks of; `nil` for the whole.
  public init(_ record: RecordID, _ field: String, slot: String = "", location: Dot? = nil) {
    content = Content(record, field, slot, location)
  }

  /// Reads a text that a store or digest holds; `nil` for anything else.
  ///
  /// It is ASCII in four parts. A record that begins with `#` names an item, and so does a location
  /// unless it is empty.
  public init?(text: String) {
    // Beyond ASCII a sign could join with a bar.
    guard text.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
    let bars = text.utf8.indices.filter { text.utf8[$0] == UInt8(ascii: "|") }
    guard bars.count == 3 else { return nil }
    let name = text[..<bars[0]]
    let field = text[text.utf8.index(after: bars[0])..<bars[1]]
    let slot = text[text.utf8.index(after: bars[1])..<bars[2]]
    let place = text[text.utf8.index(after: bars[2])...]
    var record = RecordID.named(String(name))
    if name.utf8.first == UInt8(ascii: "#") {
      guard let item = RecordID(text: name) else { return nil }
      record = item
    }
    var location: Dot?
    if !place.isEmpty {
      guard let item = RecordID(text: place)?.item else { return nil }
      location = item
    }
    self.init(record, String(field), slot: String(slot), location: location)
  }

  /// The four parts joined by `|`, slot and location empty where absent.
  ///
  /// - Complexity: O(length); it is made anew each time.
  public var text: String {
    // Appending is several times faster than interpolation.
    var text = record.description
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
    return text
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

  /// Orders by the bytes of the texts.
  ///
  /// - Complexity: O(length), and both texts are made; ``MemoryCells/sortedKeys`` makes each once.
  public static func < (left: CellKey, right: CellKey) -> Bool { left.text < right.text }

  /// Whether two keys name one cell.
  public static func == (left: CellKey, right: CellKey) -> Bool {
    guard left.content !== right.content else { return true }
    return left.content.hash == right.content.hash && left.record == right.record
      && left.field == right.field && left.slot == right.slot && left.location == right.location
  }

  /// Feeds the hash of the parts, which was made with the key.
  public func hash(into hasher: inout Hasher) { hasher.combine(content.hash) }
}
