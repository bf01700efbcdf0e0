public import Convergence

extension Editor {
  /// A field of an evidence item that holds words.
  public enum EvidenceText: String, Hashable, Sendable, CaseIterable {
    /// What it is.
    case title

    /// What kind of thing.
    case kind

    /// Where to find it.
    case reference
  }

  /// Adds an evidence item.
  ///
  /// - Parameters:
  ///   - title: What it is.
  ///   - kind: What kind of thing, in the team's words.
  ///   - reference: Where to find it.
  ///   - status: How far the team has come with it.
  ///   - audience: Who may read it.
  ///   - supports: The standards that it supports (R9).
  /// - Returns: What to write.
  /// - Throws: ``EditError``; nothing was written then.
  public func addEvidence(
    _ title: String,
    kind: String? = nil,
    reference: String? = nil,
    status: EvidenceStatus = .seen,
    audience: Audience = .team,
    supports: [StandardID] = []
  ) throws(EditError) -> Draft {
    for standard in supports { try check(standard) }
    var fields = [
      Addition.Field(name: "title", value: .string(try EditText.checked(title, "title"))),
      Addition.Field(name: "status", value: .string(status.rawValue)),
      Addition.Field(name: "audience", value: .string(audience.rawValue)),
    ]
    if let kind = try EditText.checked(kind, "kind") {
      fields.append(Addition.Field(name: "kind", value: .string(kind)))
    }
    if let reference = try EditText.checked(reference, "reference") {
      fields.append(Addition.Field(name: "reference", value: .string(reference)))
    }
    for standard in Set(supports).sorted() {
      fields.append(Addition.Field(name: "supports", slot: standard.text, value: .bool(true)))
    }
    return try checked(Draft(Addition(type: "evidence", within: .visit, fields: fields)))
  }

  /// Says how far the team has come with an item.
  ///
  /// - Throws: ``EditError``; nothing was written then.
  public func setStatus(
    _ status: EvidenceStatus,
    of evidence: Dot
  ) throws(EditError) -> Draft {
    let item = try item(evidence, "evidence")
    return try set(.item(item.dot), "status", to: .string(status.rawValue))
  }

  /// Changes the words of an item.
  ///
  /// - Throws: ``EditError``; nothing was written then.
  public func setText(
    _ field: EvidenceText,
    _ text: String,
    of evidence: Dot
  ) throws(EditError) -> Draft {
    let item = try item(evidence, "evidence")
    let text = try EditText.checked(text, field.rawValue)
    return try set(.item(item.dot), field.rawValue, to: .string(text))
  }

  /// Links an item to a standard.
  ///
  /// - Throws: ``EditError``; nothing was written then.
  public func support(_ standard: StandardID, with evidence: Dot) throws(EditError) -> Draft {
    try check(standard)
    let item = try item(evidence, "evidence")
    return try set(.item(item.dot), "supports", slot: standard.text, to: .bool(true))
  }

  /// Takes the link from an item to a standard back; its other links stay (C27).
  ///
  /// - Throws: ``EditError`` if there is no such link.
  public func unsupport(_ standard: StandardID, with evidence: Dot) throws(EditError) -> Draft {
    let item = try item(evidence, "evidence")
    let links = Versions(
      cells[CellKey(.item(item.dot), "supports", slot: standard.text)],
      \.bool
    )
    guard links.contents.contains(true) else {
      throw EditError(.noChange, "#\(evidence) does not support \(standard).")
    }
    return try set(.item(item.dot), "supports", slot: standard.text, to: .bool(false))
  }

  /// Puts an evidence item or a location away.
  ///
  /// It stays readable; somebody else's use of it, not yet seen, is shown beside it.
  ///
  /// - Throws: ``EditError`` if it is neither, or was put away already.
  public func archive(_ item: Dot, because: String) throws(EditError) -> Draft {
    let because = try EditText.checked(because, "explanation")
    if !cells[CellKey(.item(item), "archived")].isEmpty {
      throw EditError(.noChange, "#\(item) was archived already.")
    }
    return try set(.item(item), "archived", to: .members(("because", .string(because))))
  }
}
