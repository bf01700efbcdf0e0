import AssessmentModel
import Convergence
import Testing

/// One row of the registry as this test understands protocol section 5, written down again.
struct ExpectedRow: CustomTestStringConvertible, Sendable {
  let record: String
  let field: String
  var slot = ""
  var takesLocation = false
  let roles: Set<String>
  let good: [Value]
  let bad: [Value]

  var testDescription: String { "\(record) \(field)" }
}

private let everyone: Set = ["lead", "peer", "lay", "observer", "staff"]
private let team: Set = ["lead", "peer", "lay"]
private let key32 = Text64.encode([UInt8](repeating: 5, count: 32))
private let half = Text64.encode([UInt8](repeating: 5, count: 16))
private let texts: [Value] = [
  .string("a"), .string(String(repeating: "é", count: 4096)), .string("none"),
]
private let notTexts: [Value] = [
  .string(""), .string(String(repeating: "é", count: 4096) + "a"), .string("a\u{0}"), .int(1),
  .bool(true), .list([.string("a")]), .object(["text": .string("a")]),
]
private let goodCut = Value.list([
  .list([.string(Cast.replica(1).text), .int(3), .string(half)])
])
private let badCuts: [Value] = [
  .string("all"), .list([.string(half)]), .list([.list([.string(half), .int(0), .string(half)])]),
  .list([.list([.string(half), .int(1), .string(key32)])]),
  .list([.list([.string("x"), .int(1), .string(half)])]), .list([.list([.string(half), .int(1)])]),
]

private func words(_ good: String..., not bad: String...) -> (good: [Value], bad: [Value]) {
  (good.map(Value.string), bad.map(Value.string) + [.int(1), .string(""), .object([:])])
}

private func decision(_ field: String) -> ExpectedRow {
  func value(_ batches: Value) -> Value {
    .object(["batches": batches, "because": .string("b")])
  }
  func range(_ parts: Value...) -> Value { value(.list([.list(parts)])) }
  return ExpectedRow(
    record: "visit",
    field: field,
    slot: Cast.replica(77).text,
    roles: ["authority"],
    good: [value(.list([])), range(.int(1), .int(9), .string(half))],
    bad: [
      range(.int(0), .int(9), .string(half)), range(.int(1), .int(9), .string(key32)),
      range(.int(1), .int(9)), range(.string(half), .int(1), .string(half)),
      value(.string("all")), .object(["batches": .list([])]), .object(["because": .string("b")]),
    ]
  )
}

private func judgement(_ members: KeyValuePairs<String, Value>) -> Value { .object(members) }

let expectedRows: [ExpectedRow] = visitRows + standardRows + itemRows

private let visitRows: [ExpectedRow] = [
  ExpectedRow(record: "visit", field: "title", roles: ["authority"], good: texts, bad: notTexts),
  ExpectedRow(
    record: "visit",
    field: "framework",
    roles: ["authority"],
    good: [Cast.pin.value],
    bad: [
      .string("qsi"), .object(["id": .string("a"), "edition": .string("b")]),
      .object(["id": .string("a"), "edition": .string("b"), "hash": .string(half)]),
      .object(["id": .string(""), "edition": .string("b"), "hash": .string(key32)]),
    ]
  ),
  ExpectedRow(
    record: "visit",
    field: "model",
    roles: ["authority"],
    good: [.int(1), .int(9)],
    bad: [.int(0), .int(-1), .string("1"), .bool(true)]
  ),
  ExpectedRow(
    record: "visit",
    field: "identity",
    roles: ["authority"],
    good: [.object(["key": .string(key32)])],
    bad: [.string(key32), .object(["key": .string(half)]), .object([:])]
  ),
  ExpectedRow(
    record: "visit",
    field: "member",
    slot: Cast.stranger.text,
    roles: ["authority"],
    good: everyone.sorted().map { .object(["role": .string($0), "name": .string("N")]) } + [
      .object(["role": .string("none"), "cut": goodCut]),
      .object(["role": .string("none"), "cut": .list([]), "name": .string("N")]),
      .object(["role": .string("lead"), "cut": goodCut, "name": .string("N")]),
    ],
    bad: badCuts.map { .object(["role": .string("none"), "cut": $0]) }
      + badCuts.map { .object(["role": .string("peer"), "cut": $0, "name": .string("N")]) } + [
        .object(["role": .string("none")]), .object(["role": .string("lead")]),
        .object(["role": .string("chief"), "name": .string("N")]),
        .object(["role": .string("lead"), "name": .string("")]), .string("lead"),
      ]
  ),
  ExpectedRow(
    record: "visit",
    field: "revoked",
    slot: Cast.replica(77).text,
    roles: ["authority"],
    good: [.object(["cut": goodCut, "because": .string("stolen")])],
    bad: badCuts.map { .object(["cut": $0, "because": .string("stolen")]) } + [
      .object(["cut": goodCut]), .object(["because": .string("stolen")]),
    ]
  ),
  decision("release"),
  decision("refuse"),
  ExpectedRow(
    record: "visit",
    field: "joined",
    slot: Cast.stranger.text,
    roles: ["authority"],
    good: [.object(["with": .string(half), "because": .string("b")])],
    bad: [
      .string(half), .object(["with": .string(half)]), .object(["because": .string("b")]),
      .object(["with": .string(key32), "because": .string("b")]),
      .object(["with": .string(half), "because": .string("")]),
    ]
  ),
  ExpectedRow(
    record: "visit",
    field: "gap",
    slot: Cast.replica(77).text,
    roles: ["authority"],
    good: [
      gaps([goodGap]), gaps([goodGap, gap(from: 1, to: 1)]), gaps([gap(from: 2, to: 9, prev: 16)]),
    ],
    bad: [
      gaps([]), gaps([gap(from: 0, to: 2)]), gaps([gap(from: 3, to: 2, prev: 16)]),
      gaps([gap(from: 2, to: 9)]), gaps([gap(from: 1, to: 9, prev: 16)]),
      gaps([gap(from: 2, to: 9, prev: 32)]), gaps([goodGap, .string("x")]),
      gaps([gap(from: 1, to: 2, number: 0)]), .object(["gaps": .list([goodGap])]),
      .object(["because": .string("lost")]),
    ]
  ),
  ExpectedRow(
    record: "visit",
    field: "interest",
    slot: "own",
    roles: everyone,
    good: texts.map { .object(["declares": $0]) },
    bad: notTexts.map { .object(["declares": $0]) } + [.object([:]), .string("none")]
  ),
  ExpectedRow(
    record: "visit",
    field: "assigned",
    slot: Cast.lay.text,
    roles: ["lead"],
    good: [
      .object(["standards": .list([])]), .object(["standards": .list([.string("qsi/xr-304")])]),
    ],
    bad: [
      .list([]), .object(["standards": .list([.string("a b")])]),
      .object(["standards": .list([.string("a:b")])]), .object(["standards": .string("x")]),
    ]
  ),
  ExpectedRow(
    record: "service",
    field: "name",
    roles: team.union(["authority"]),
    good: texts,
    bad: notTexts
  ),
  ExpectedRow(
    record: "service",
    field: "provider",
    roles: team.union(["authority"]),
    good: texts,
    bad: notTexts
  ),
  ExpectedRow(
    record: "service",
    field: "nation",
    roles: team.union(["authority"]),
    good: ["england", "wales", "scotland", "northern-ireland"].map(Value.string),
    bad: [.string("Wales"), .string("uk"), .int(1)]
  ),
]

private let standardRows: [ExpectedRow] = [
  ExpectedRow(
    record: "standard:qsi/xr-304",
    field: "judgement",
    slot: "own",
    takesLocation: true,
    roles: team,
    good: ["met", "not-met", "not-applicable", "not-judged"].map {
      judgement(["is": .string($0), "under": .string("e")])
    } + [
      judgement([
        "is": .string("not-applicable"), "under": .string("e"), "because": .string("b"),
        "reason": .string("pathway-not-provided"), "part": .string("p"), "later": .int(1),
      ])
    ],
    bad: [
      .string("met"), judgement(["is": .string("met")]), judgement(["under": .string("e")]),
      judgement(["is": .string("partly"), "under": .string("e")]),
      judgement(["is": .string("met"), "under": .string("")]),
      judgement(["is": .string("met"), "under": .string("e"), "because": .string("")]),
      judgement(["is": .string("met"), "under": .string("e"), "reason": .string("none")]),
      judgement(["is": .string("met"), "under": .string("e"), "part": .int(1)]),
    ]
  ),
  ExpectedRow(
    record: "standard:qsi/xr-304",
    field: "resolution",
    takesLocation: true,
    roles: team,
    good: [
      judgement(["is": .string("met"), "under": .string("e"), "because": .string("b")]),
      judgement([
        "is": .string("not-applicable"), "under": .string("e"), "because": .string("b"),
        "reason": .string("other"),
      ]),
    ],
    bad: [
      judgement(["is": .string("met"), "under": .string("e")]),
      judgement(["is": .string("met"), "because": .string("b")]),
      judgement([
        "is": .string("met"), "under": .string("e"), "because": .string("b"), "reason": .int(1),
      ]),
    ]
  ),
  ExpectedRow(
    record: "standard:qsi/xr-304",
    field: "applicable",
    roles: team,
    good: [
      .object(["is": .bool(true), "extent": .string("whole"), "because": .string("b")]),
      .object([
        "is": .bool(false), "extent": .string("part"), "because": .string("b"),
        "reason": .string("item-not-used"),
      ]),
    ],
    bad: [
      .object(["is": .bool(true), "because": .string("b")]),
      .object(["is": .string("yes"), "extent": .string("whole"), "because": .string("b")]),
      .object(["is": .bool(true), "extent": .string("half"), "because": .string("b")]),
      .object(["is": .bool(true), "extent": .string("whole")]),
    ]
  ),
]

private let audiences = words("team", "team-and-service", "public", "not-lay", not: "lay", "all")
private let because: (good: [Value], bad: [Value]) = (
  texts.map { .object(["because": $0]) },
  notTexts.map { .object(["because": $0]) } + [.object([:]), .string("gone")]
)
private let kinds = words(
  "main",
  "satellite",
  "community-diagnostic-centre",
  "mobile",
  "teleradiology",
  "outsourced",
  not: "van"
)
private let statuses = words(
  "expected",
  "requested",
  "offered",
  "seen",
  "seen-elsewhere",
  "not-available",
  "withdrawn",
  not: "lost"
)

private let itemRows: [ExpectedRow] = [
  ExpectedRow(record: "#location", field: "name", roles: team, good: texts, bad: notTexts),
  ExpectedRow(
    record: "#location",
    field: "kind",
    roles: team,
    good: kinds.good,
    bad: kinds.bad
  ),
  ExpectedRow(
    record: "#location",
    field: "archived",
    roles: team,
    good: because.good,
    bad: because.bad
  ),
  ExpectedRow(record: "#comment", field: "text", roles: ["author"], good: texts, bad: notTexts),
  ExpectedRow(
    record: "#comment",
    field: "audience",
    roles: ["author"],
    good: audiences.good,
    bad: audiences.bad
  ),
  ExpectedRow(
    record: "#comment",
    field: "withdrawn",
    roles: ["author"],
    good: because.good + [.object([:])],
    bad: notTexts.map { .object(["because": $0]) } + [.bool(true)]
  ),
  ExpectedRow(record: "#evidence", field: "title", roles: team, good: texts, bad: notTexts),
  ExpectedRow(record: "#evidence", field: "kind", roles: team, good: texts, bad: notTexts),
  ExpectedRow(record: "#evidence", field: "reference", roles: team, good: texts, bad: notTexts),
  ExpectedRow(
    record: "#evidence",
    field: "status",
    roles: team,
    good: statuses.good,
    bad: statuses.bad
  ),
  ExpectedRow(
    record: "#evidence",
    field: "audience",
    roles: team,
    good: audiences.good,
    bad: audiences.bad
  ),
  ExpectedRow(
    record: "#evidence",
    field: "supports",
    slot: "qsi/xr-304",
    roles: team,
    good: [.bool(true), .bool(false)],
    bad: [.string("true"), .int(1), .object([:])]
  ),
  ExpectedRow(
    record: "#evidence",
    field: "archived",
    roles: team,
    good: because.good,
    bad: because.bad
  ),
]

private let goodGap = gap(from: 1, to: 3, number: 2)

private func gaps(_ list: [Value]) -> Value {
  .object(["gaps": .list(list), "because": .string("lost")])
}

private func gap(from: Int64, to: Int64, number: Int64? = nil, prev: Int? = nil) -> Value {
  func hash(_ count: Int) -> Value { .string(Text64.encode([UInt8](repeating: 7, count: count))) }
  var members: [Value.Map.Member] = [
    .init(key: "from", value: .int(from)), .init(key: "hash", value: hash(16)),
    .init(key: "to", value: .int(to)),
  ]
  if let number { members.append(.init(key: "b", value: .int(number))) }
  if let prev { members.append(.init(key: "prev", value: hash(prev))) }
  return Value.Map(members).map { .map($0) } ?? .list([])
}
