package import Convergence

/// Which values a field takes, as data.
///
/// Members that a rule does not name are allowed and kept: a later version may have put them there.
package indirect enum ValueRule: Hashable, Sendable {
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

  /// Any number of values of one kind.
  case list(ValueRule)

  /// So many values, each of its own kind.
  case tuple([ValueRule])

  /// Named values.
  case object([Member])

  /// Either kind.
  case either(ValueRule, ValueRule)

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
    switch (self, value) {
    case (.text, .string(let string)):
      (1...Self.longestText).contains(string.utf8.count) && !string.utf8.contains(0)
    case (.bool, .bool):
      true
    case (.positive, .int(let int)):
      int >= 1
    case (.word(let words), .string(let string)):
      words.contains(string)
    case (.text64(let bytes), .string(let string)):
      Text64.decode(string)?.count == bytes
    case (.recordID, .string(let string)):
      RecordID(text: "standard:" + string) != nil
    case (.list(let rule), .list(let list)):
      list.allSatisfy(rule.allows)
    case (.tuple(let rules), .list(let list)):
      rules.count == list.count && zip(rules, list).allSatisfy { $0.allows($1) }
    case (.object(let members), .map(let map)):
      members.allSatisfy { member in
        map[member.name].map(member.rule.allows) ?? !member.isRequired
      }
    case (.either(let first, let second), _):
      first.allows(value) || second.allows(value)
    default:
      false
    }
  }
}
