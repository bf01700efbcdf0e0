package import Convergence

/// Which values a field takes, as data.
///
/// Members that a rule does not name are allowed and kept: a later version may have put them there.
package enum ValueRule: Hashable, Sendable {
  /// A string of 1 to ``longestText`` bytes of UTF-8 without U+0000.
  case text

  /// True or false.
  case bool

  /// A whole number of at least 1.
  case positive

  /// One of some words.
  case word([String])

  /// Canonical base64url of so many bytes.
  case text64(bytes: Int)

  /// The ID of a standard: what may stand behind the colon of a record's name.
  case recordID

  /// At least one declared gap.
  case gaps

  /// Any number of values of one kind.
  indirect case list(ValueRule)

  /// So many values, each of its own kind.
  case tuple([ValueRule])

  /// Named values.
  case object([Member])

  /// Either kind.
  indirect case either(ValueRule, ValueRule)

  /// One member of an object.
  package struct Member: Hashable, Sendable {
    /// Its name.
    package let name: String

    /// What it takes.
    package let rule: ValueRule

    /// Whether it has to be there.
    package let isRequired: Bool

    /// A member that has to be there.
    package static func required(_ name: String, _ rule: ValueRule) -> Member {
      Member(name: name, rule: rule, isRequired: true)
    }

    /// A member that may be absent.
    package static func optional(_ name: String, _ rule: ValueRule) -> Member {
      Member(name: name, rule: rule, isRequired: false)
    }
  }

  /// The most bytes a text may have (`textBytes` of protocol section 11).
  package static let longestText = 8192

  /// One of the raw values of an enumeration.
  package static func word<Words: RawRepresentable & CaseIterable>(of _: Words.Type) -> ValueRule
  where Words.RawValue == String {
    .word(Words.allCases.map(\.rawValue))
  }

  /// Whether a value is of this kind.
  ///
  /// - Complexity: O(size of the value).
  package func allows(_ value: Value) -> Bool {
    switch self {
    case .text:
      guard case .string(let string) = value else { return false }
      return (1...Self.longestText).contains(string.utf8.count) && !Self.holdsZero(string.utf8)
    case .bool:
      return value.bool != nil
    case .positive:
      return value.int.map { $0 >= 1 } ?? false
    case .word(let words):
      guard case .string(let string) = value else { return false }
      return words.contains { $0.isSame(as: string) }
    case .text64(let bytes):
      guard case .string(let string) = value else { return false }
      return Text64.decode(string)?.count == bytes
    case .recordID:
      guard case .string(let string) = value else { return false }
      return RecordID.isID(string)
    case .gaps:
      guard let list = value.list, !list.isEmpty else { return false }
      return list.allSatisfy(Self.isGap)
    case .list(let rule):
      return value.list?.allSatisfy(rule.allows) ?? false
    case .tuple(let rules):
      guard case .list(let list) = value, rules.count == list.count else { return false }
      return zip(rules, list).allSatisfy { $0.allows($1) }
    case .object(let members):
      guard case .map(let map) = value else { return false }
      return Self.allow(map, members)
    case .either(let first, let second):
      return first.allows(value) || second.allows(value)
    }
  }

  private static func holdsZero(_ bytes: String.UTF8View) -> Bool {
    guard #available(macOS 26, iOS 26, *) else { return bytes.contains(0) }
    // Rationales and comments are most of what is written; a span is searched several times faster.
    let span = bytes.span
    for index in span.indices where span[index] == 0 {
      return true
    }
    return false
  }

  private static func allow(_ map: Value.Map, _ members: [Member]) -> Bool {
    for index in members.indices {
      guard let place = map.place(of: members[index].name) else {
        if members[index].isRequired { return false }
        continue
      }
      guard members[index].rule.allows(map.members[place].value) else { return false }
    }
    return true
  }
}
