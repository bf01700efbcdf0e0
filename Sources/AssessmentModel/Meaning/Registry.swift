/// The registry of protocol section 5 as data: every record and item type, every field, who writes
/// it, with which slot, and what it takes.
///
/// Rows that section 5 marks 1 are interpreted; the others are reserved. A row is never changed: a
/// new meaning is a new field name.
package enum Registry {
  /// Records that the framework or the visit names.
  ///
  /// `note`, `person` and `replica` have no fields of their own; comments may be about them.
  package static let records: [RecordRule] = [
    RecordRule(type: "visit", hasID: false, fields: visitFields),
    RecordRule(type: "service", hasID: false, fields: serviceFields),
    RecordRule(type: "standard", hasID: true, fields: standardFields),
    RecordRule(type: "suggestion", hasID: true, fields: [.reserved("seen")]),
    RecordRule(type: "note", hasID: true, fields: []),
    RecordRule(type: "person", hasID: true, fields: []),
    RecordRule(type: "replica", hasID: true, fields: []),
  ]

  /// Items that operations make.
  package static let items: [ItemRule] =
    [
      ItemRule(
        "location",
        within: "service",
        adder: .team,
        fields: [
          FieldRule("name", .team, value: .text),
          FieldRule("kind", .team, value: .word(of: LocationKind.self)),
          FieldRule("archived", .team, value: because),
        ]
      ),
      ItemRule(
        "comment",
        within: nil,
        adder: .author,
        fields: [
          FieldRule("text", .author, value: .text),
          FieldRule("audience", .author, value: .word(of: Audience.self)),
          FieldRule("withdrawn", .author, value: .object([.optional("because", .text)])),
        ]
      ),
      ItemRule(
        "evidence",
        within: "visit",
        adder: .team,
        fields: [
          FieldRule("title", .team, value: .text),
          FieldRule("kind", .team, value: .text),
          FieldRule("reference", .team, value: .text),
          FieldRule("status", .team, value: .word(of: EvidenceStatus.self)),
          FieldRule("audience", .team, value: .word(of: Audience.self)),
          FieldRule("supports", .team, slot: .standard, value: .bool),
          FieldRule("archived", .team, value: because),
        ]
      ),
    ] + reservedItems.map(ItemRule.init(reserved:))

  private static let visitFields: [FieldRule] =
    [
      FieldRule("title", .authority, value: .text),
      FieldRule(
        "framework",
        .authority,
        value: .object([
          .required("id", .text), .required("edition", .text),
          .required("hash", .text64(bytes: 32)),
        ])
      ),
      FieldRule("model", .authority, value: .positive),
      FieldRule(
        "identity",
        .authority,
        value: .object([.required("key", .text64(bytes: 32))])
      ),
      FieldRule("member", .authority, slot: .person, value: .either(member, removal)),
      FieldRule(
        "revoked",
        .authority,
        slot: .replica,
        value: .object([.required("cut", cut), .required("because", .text)])
      ),
      FieldRule("release", .authority, slot: .replica, value: decision),
      FieldRule("refuse", .authority, slot: .replica, value: decision),
      FieldRule(
        "joined",
        .authority,
        slot: .person,
        value: .object([.required("with", .text64(bytes: 16)), .required("because", .text)])
      ),
      FieldRule(
        "gap",
        .authority,
        slot: .replica,
        value: .object([.required("gaps", .gaps), .required("because", .text)])
      ),
      FieldRule(
        "interest",
        .own,
        slot: .person,
        value: .object([.required("declares", .text)])
      ),
      FieldRule(
        "assigned",
        .lead,
        slot: .person,
        value: .object([.required("standards", .list(.recordID))])
      ),
    ]
    + [
      "stage", "dates", "cycle", "late", "award", "summary", "strengths", "challenges",
    ].map(FieldRule.reserved)

  private static let serviceFields: [FieldRule] =
    [
      FieldRule("name", .team, .authority, value: .text),
      FieldRule("provider", .team, .authority, value: .text),
      FieldRule("nation", .team, .authority, value: .word(of: Nation.self)),
    ]
    + ["modality", "pathway", "support", "children", "round-the-clock"].map(FieldRule.reserved)

  private static let standardFields: [FieldRule] = [
    FieldRule(
      "judgement",
      .ownOfTeam,
      slot: .person,
      takesLocation: true,
      value: .object([
        .required("is", .word(of: Outcome.self)), .required("under", .text),
        .optional("because", .text), .optional("reason", .word(of: NotApplicableReason.self)),
        .optional("part", .text),
      ])
    ),
    FieldRule(
      "resolution",
      .team,
      takesLocation: true,
      value: .object([
        .required("is", .word(of: Outcome.self)), .required("under", .text),
        .required("because", .text), .optional("reason", .word(of: NotApplicableReason.self)),
      ])
    ),
    FieldRule(
      "applicable",
      .team,
      value: .object([
        .required("is", .bool), .required("extent", .word(of: Extent.self)),
        .optional("reason", .word(of: NotApplicableReason.self)), .required("because", .text),
      ])
    ),
    .reserved("interval"),
  ]

  private static let reservedItems = [
    "enquiry", "check", "sighting", "attachment", "tally", "sample", "observation", "measure",
    "finding", "nonconformity", "occurrence", "action", "progress", "audit", "incident",
    "document", "risk", "case", "redaction", "cut", "signature",
  ]

  private static let because = ValueRule.object([.required("because", .text)])

  /// What an author had written when it was cut off: replica, last counter, half a batch hash.
  private static let cut = ValueRule.list(
    .tuple([.text64(bytes: 16), .positive, .text64(bytes: 16)])
  )

  /// Held operations that a person decided on: first and last counter, half the hash of the batch
  /// that ends with the last.
  private static let decision = ValueRule.object([
    .required("batches", .list(.tuple([.positive, .positive, .text64(bytes: 16)]))),
    .required("because", .text),
  ])

  private static let member = ValueRule.object([
    .required("role", .word(of: Role.self)), .required("name", .text), .optional("cut", cut),
  ])

  private static let removal = ValueRule.object([
    .required("role", .word(["none"])), .required("cut", cut),
  ])
}
