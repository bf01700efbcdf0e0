import Convergence

/// The values of section 5.
enum ModelValues {
  typealias Rule = @Sendable (Value) -> Bool

  /// A string of 1 to 8,192 bytes.
  static let text: Rule = { (1...8_192).contains($0.string?.utf8.count ?? 0) }

  /// True or false.
  static let bool: Rule = { $0.bool != nil }

  /// One of some words.
  static func word(_ words: String...) -> Rule {
    { value in value.string.map { words.contains($0) } ?? false }
  }

  /// So many bytes in Text64.
  static func text64(_ bytes: Int) -> Rule {
    { value in value.string.flatMap { Text64.decode($0) }?.count == bytes }
  }

  /// An object; the name of a member that may be absent ends with `?`.
  ///
  /// Further members are allowed.
  static func object(_ members: KeyValuePairs<String, Rule>) -> Rule {
    let rules = members.map { name, rule in
      (
        name: name.hasSuffix("?") ? String(name.dropLast()) : name, isNeeded: !name.hasSuffix("?"),
        rule
      )
    }
    return { value in
      guard case .map = value else { return false }
      return rules.allSatisfy { name, isNeeded, rule in
        value[name].map(rule) ?? !isNeeded
      }
    }
  }

  /// `[[replica, counter, hash]…]`.
  static let cut: Rule = { value in
    value.list?.allSatisfy { entry in
      guard let parts = entry.list, parts.count == 3 else { return false }
      return text64(16)(parts[0]) && parts[1].int ?? 0 >= 1 && text64(16)(parts[2])
    } ?? false
  }

  /// `{because}`.
  static let because = object(["because": text])

  /// OUTCOME.
  static let outcome = word("met", "not-met", "not-applicable", "not-judged")

  /// REASON.
  static let reason = word(
    "pathway-not-provided",
    "modality-not-provided",
    "age-group-not-served",
    "item-not-used",
    "outside-scope",
    "other"
  )

  /// Who may read something.
  static let audience = word("team", "team-and-service", "public", "not-lay")

  /// A role with a name and perhaps a cut, or `none` with a cut.
  static let member: Rule = { value in
    let role = word("lead", "peer", "lay", "observer", "staff")
    return object(["role": role, "name": text, "cut?": cut])(value)
      || object(["role": word("none"), "cut": cut])(value)
  }

  /// `{batches: [[from, to, hash]…], because}`.
  static let decision = object([
    "because": text,
    "batches": { value in
      value.list?.allSatisfy { entry in
        guard let parts = entry.list, parts.count == 3 else { return false }
        return parts[0].int ?? 0 >= 1 && parts[1].int ?? 0 >= 1 && text64(16)(parts[2])
      } ?? false
    },
  ])
}
