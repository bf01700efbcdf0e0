import Convergence

/// Section 5, model version 1, written down once more.
enum ModelRegistry {
  /// A type of item.
  struct Item: Sendable {
    /// The only record it may be in; `nil` for any.
    let within: String?

    /// Who may add one.
    let adder: ModelWriter

    /// Its fields.
    let fields: [String: ModelRow]
  }

  /// The fields of a record that has a name; `nil` for one that does not exist.
  static func fields(ofRecord name: String) -> [String: ModelRow]? {
    let parts = name.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let type = String(parts[0])
    let hasID = parts.count == 2
    return hasID == ["visit", "service"].contains(type) ? nil : records[type]
  }

  /// Every type of item; those that model 1 does not interpret have no entry in it.
  static func item(_ type: String) -> (isReserved: Bool, item: Item?)? {
    if reservedItems.contains(type) { return (true, nil) }
    return items[type].map { (false, $0) }
  }

  private static func rows(
    _ rows: [String: ModelRow],
    _ reserved: [String: ModelRow] = [:]
  ) -> [String: ModelRow] {
    rows.merging(reserved) { row, _ in row }
  }

  private static let records: [String: [String: ModelRow]] = [
    "visit": rows(
      [
        "title": ModelRow(.authority, value: ModelValues.text),
        "framework": ModelRow(
          .authority,
          value: ModelValues.object([
            "id": ModelValues.text, "edition": ModelValues.text, "hash": ModelValues.text64(32),
          ])
        ),
        "model": ModelRow(.authority) { $0.int ?? 0 >= 1 },
        "identity": ModelRow(
          .authority,
          value: ModelValues.object(["key": ModelValues.text64(32)])
        ),
        "member": ModelRow(.authority, slot: .identifier, value: ModelValues.member),
        "revoked": ModelRow(
          .authority,
          slot: .identifier,
          value: ModelValues.object(["cut": ModelValues.cut, "because": ModelValues.text])
        ),
        "gap": ModelRow(.authority, slot: .identifier, value: ModelGap.isValue),
        "release": ModelRow(.authority, slot: .identifier, value: ModelValues.decision),
        "refuse": ModelRow(.authority, slot: .identifier, value: ModelValues.decision),
        "joined": ModelRow(
          .authority,
          slot: .identifier,
          value: ModelValues.object(["with": ModelValues.text64(16), "because": ModelValues.text])
        ),
        "interest": ModelRow(
          .own,
          slot: .identifier,
          value: ModelValues.object(["declares": ModelValues.text])
        ),
        "assigned": ModelRow(
          .lead,
          slot: .identifier,
          value: ModelValues.object([
            "standards": { value in
              value.list?.allSatisfy { $0.string.map(ModelReader.isID) ?? false } ?? false
            }
          ])
        ),
      ],
      ModelRow.reserved(
        "stage",
        "dates",
        "cycle",
        "late",
        "award",
        "summary",
        "strengths",
        "challenges"
      )
    ),
    "service": rows(
      [
        "name": ModelRow(.team, .authority, value: ModelValues.text),
        "provider": ModelRow(.team, .authority, value: ModelValues.text),
        "nation": ModelRow(
          .team,
          .authority,
          value: ModelValues.word("england", "wales", "scotland", "northern-ireland")
        ),
      ],
      ModelRow.reserved("modality", "pathway", "support", "children", "round-the-clock")
    ),
    "standard": rows(
      [
        "judgement": ModelRow(
          .ownOfTeam,
          slot: .identifier,
          location: true,
          value: ModelValues.object([
            "is": ModelValues.outcome, "under": ModelValues.text, "because?": ModelValues.text,
            "reason?": ModelValues.reason, "part?": ModelValues.text,
          ])
        ),
        "resolution": ModelRow(
          .team,
          location: true,
          value: ModelValues.object([
            "is": ModelValues.outcome, "under": ModelValues.text, "because": ModelValues.text,
            "reason?": ModelValues.reason,
          ])
        ),
        "applicable": ModelRow(
          .team,
          value: ModelValues.object([
            "is": ModelValues.bool, "extent": ModelValues.word("whole", "part"),
            "reason?": ModelValues.reason, "because": ModelValues.text,
          ])
        ),
      ],
      ModelRow.reserved("interval")
    ),
    "suggestion": ModelRow.reserved("seen"),
    "note": [:],
    "person": [:],
    "replica": [:],
  ]

  private static let items: [String: Item] = [
    "location": Item(
      within: "service",
      adder: .team,
      fields: [
        "name": ModelRow(.team, value: ModelValues.text),
        "kind": ModelRow(
          .team,
          value: ModelValues.word(
            "main",
            "satellite",
            "community-diagnostic-centre",
            "mobile",
            "teleradiology",
            "outsourced"
          )
        ),
        "archived": ModelRow(.team, value: ModelValues.because),
      ]
    ),
    "comment": Item(
      within: nil,
      adder: .author,
      fields: [
        "text": ModelRow(.author, value: ModelValues.text),
        "audience": ModelRow(.author, value: ModelValues.audience),
        "withdrawn": ModelRow(
          .author,
          value: ModelValues.object(["because?": ModelValues.text])
        ),
      ]
    ),
    "evidence": Item(
      within: "visit",
      adder: .team,
      fields: [
        "title": ModelRow(.team, value: ModelValues.text),
        "kind": ModelRow(.team, value: ModelValues.text),
        "reference": ModelRow(.team, value: ModelValues.text),
        "status": ModelRow(
          .team,
          value: ModelValues.word(
            "expected",
            "requested",
            "offered",
            "seen",
            "seen-elsewhere",
            "not-available",
            "withdrawn"
          )
        ),
        "audience": ModelRow(.team, value: ModelValues.audience),
        "supports": ModelRow(.team, slot: .standard, value: ModelValues.bool),
        "archived": ModelRow(.team, value: ModelValues.because),
      ]
    ),
  ]

  private static let reservedItems = [
    "enquiry", "check", "sighting", "attachment", "tally", "sample", "observation", "measure",
    "finding", "nonconformity", "occurrence", "action", "progress", "audit", "incident",
    "document", "risk", "case", "redaction", "cut", "signature",
  ]
}
