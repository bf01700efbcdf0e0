/// What an operation is about: a record that the framework or the visit names, or an item that an
/// operation made.
public enum RecordID: Hashable, Sendable, CustomStringConvertible {
  /// `visit`, `service`, `standard:qsi/xr-304` and the like.
  case named(String)

  /// The item that the operation of this name added.
  case item(Dot)

  /// Reads the written form; `nil` for anything else.
  ///
  /// It is a type of 1 to 32 `a`–`z` and `-`, optionally followed by `:` and an ID of 1 to 96
  /// printable ASCII characters without `|` and `:`; or `#` and a dot.
  public init?(text: String) {
    self.init(text: text[...])
  }

  /// Reads the written form; `nil` for anything else.
  ///
  /// It is a type of 1 to 32 `a`–`z` and `-`, optionally followed by `:` and an ID of 1 to 96
  /// printable ASCII characters without `|` and `:`; or `#` and a dot.
  public init?(text: Substring) {
    if text.utf8.first == UInt8(ascii: "#") {
      // Behind the byte, not the character: a combining sign must not vanish together with the #.
      guard let dot = Dot(text: text[text.utf8.index(after: text.startIndex)...]) else {
        return nil
      }
      self = .item(dot)
      return
    }
    guard Self.isName(text.utf8) else { return nil }
    self = .named(String(text))
  }

  /// The written form, as it stands in a ``CellKey``.
  public var description: String {
    switch self {
    case .named(let name): name
    case .item(let dot): "#\(dot)"
    }
  }

  /// The part of a name before the colon; `nil` for an item.
  public var type: Substring? {
    guard case .named(let name) = self else { return nil }
    return name[..<(name.utf8.firstIndex(of: UInt8(ascii: ":")) ?? name.endIndex)]
  }

  /// The part of a name behind the colon; `nil` if there is none.
  public var id: Substring? {
    guard case .named(let name) = self,
      let colon = name.utf8.firstIndex(of: UInt8(ascii: ":"))
    else { return nil }
    return name[name.index(after: colon)...]
  }

  private static func isName(_ text: Substring.UTF8View) -> Bool {
    let type = text.prefix { $0 != UInt8(ascii: ":") }
    guard (1...32).contains(type.count),
      type.allSatisfy({ (97...122).contains($0) || $0 == UInt8(ascii: "-") })
    else { return false }
    guard text.count > type.count else { return true }
    return isID(text.dropFirst(type.count + 1))
  }

  /// Whether a text may be the ID in a name: 1 to 96 printable ASCII characters without `|` and `:`.
  public static func isID(_ text: String) -> Bool { isID(text.utf8) }

  private static func isID(_ id: some Collection<UInt8>) -> Bool {
    (1...96).contains(id.count)
      && id.allSatisfy {
        (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "|") && $0 != UInt8(ascii: ":")
      }
  }
}
