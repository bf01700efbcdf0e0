import AssessmentModel
import Convergence
import Testing

/// A visit with a little of everything, and a hostile reviewer.
enum Example {
  static let hostile = """
    <script>alert("x")</script> & 'quoted' | *bold* [link](https://example.org)
    Second line \u{1B}[31m\u{202E}
    """
  static let formula = "=HYPERLINK(\"https://example.org\",\"x\")"

  static let lead = person(1)
  static let anna = person(2)
  static let ben = person(3)
  static let lily = person(4)

  static func person(_ number: UInt64) -> PersonID {
    PersonID(bits: Bits128(high: 0xA, low: number))
  }

  static func visit() throws -> VisitView {
    let framework = try framework()
    let founding = VisitFounding(
      title: "Northern <imaging>",
      framework: FrameworkPin(
        id: "qsi-imaging",
        edition: "2026-draft",
        hash: Text64.encode([UInt8](repeating: 7, count: 32))
      ),
      identityKey: Text64.encode([UInt8](repeating: 1, count: 32)),
      members: [
        .init(person: lead, role: .lead, name: "Lena"),
        .init(person: anna, role: .peer, name: "Anna"),
        .init(person: ben, role: .peer, name: "Ben"),
        .init(person: lily, role: .lay, name: "Lily"),
      ],
      serviceName: "Northern"
    )
    var desk = try Desk(
      founding,
      framework: framework,
      people: ["a": anna, "a2": anna, "b": ben, "c": lead, "d": lily]
    )
    func id(_ ref: String) throws -> StandardID {
      try #require(framework.standard(ref: ref)?.id)
    }
    let start: Int64 = 1_795_244_400_000
    try people(&desk, start, id)
    try judgements(&desk, start, id)
    try items(&desk, start, id)
    return desk.visit
  }

  private static func people(
    _ desk: inout Desk,
    _ start: Int64,
    _ id: (String) throws -> StandardID
  ) throws {
    try desk.write("c", at: start) { try $0.setNation(.wales) }
    try desk.write("c", at: start) { try $0.declareInterest(nil) }
    try desk.write("a", at: start) { try $0.declareInterest("Trained there") }
    try desk.write("c", at: start) { try $0.assign([id("XR-304"), id("XR-305")], to: ben) }
    try desk.write("a", at: start) { try $0.setService(.provider, "Trust") }
    try desk.write("b", at: start) { try $0.setService(.provider, "Board") }
    desk.sync()
  }

  private static func judgements(
    _ desk: inout Desk,
    _ start: Int64,
    _ id: (String) throws -> StandardID
  ) throws {
    let van = try desk.write("c", at: start + 1) { try $0.addLocation("Van", kind: .mobile) }
    desk.sync()
    // Disputed, one side having seen the other.
    try desk.write("a", at: start + 2) { try $0.judge(id("XR-304"), .met, because: hostile) }
    desk.sync()
    try desk.write("b", at: -1) { try $0.judge(id("XR-304"), .notMet, because: formula) }
    // Agreed, and judged at a location.
    try desk.write("a", at: start + 3) { try $0.judge(id("XR-101"), .met, because: "By day") }
    try desk.write("d", at: start + 3) { try $0.judge(id("XR-101"), .met, because: "By night") }
    try desk.write("b", at: start + 3) { try $0.judge(id("XR-101"), .notMet, at: van) }
    // Resolved by a party, then stale.
    try desk.write("a", at: start + 4) { try $0.judge(id("XR-305"), .met) }
    try desk.write("b", at: start + 4) { try $0.judge(id("XR-305"), .notMet) }
    desk.sync()
    try desk.write("b", at: start + 5) { try $0.resolve(id("XR-305"), as: .met, because: "Shown") }
    try desk.write("d", at: start + 5) { try $0.judge(id("XR-305"), .notMet, because: "No sign") }
    // One person's two versions.
    try desk.write("a", at: start + 6) { try $0.judge(id("XR-601"), .met, because: "Morning") }
    try desk.write("a2", at: start + 6) { try $0.judge(id("XR-601"), .notMet, because: "Evening") }
    // Not applicable, and out of scope but judged.
    try desk.write("d", at: start + 7) {
      try $0.judge(
        id("CT-903"),
        .notApplicable,
        because: "No trauma unit",
        reason: .pathwayNotProvided
      )
    }
    try desk.write("c", at: start + 7) {
      try $0.decideScope(
        id("XR-602"),
        applies: false,
        reason: .modalityNotProvided,
        because: "None here"
      )
    }
    try desk.write("b", at: start + 7) { try $0.judge(id("XR-602"), .met, because: "I saw one") }
    desk.sync()
  }

  private static func items(
    _ desk: inout Desk,
    _ start: Int64,
    _ id: (String) throws -> StandardID
  ) throws {
    let log = try desk.write("a", at: start + 8) {
      try $0.addEvidence(
        "Log, \"2025\"",
        kind: "record",
        reference: "Shelf 2",
        audience: .teamAndService,
        supports: [id("XR-304"), id("CT-903")]
      )
    }
    try desk.write("a", at: start + 8) { try $0.addEvidence("+44 letter", audience: .notLay) }
    let comment = try desk.write("d", at: start + 9) {
      try $0.comment("Signs are hard to read", about: .standard(id("XR-304")), audience: .public)
    }
    desk.sync()
    try desk.write("a", at: start + 10) { try $0.setStatus(.requested, of: log) }
    try desk.write("b", at: start + 10) { try $0.setStatus(.notAvailable, of: log) }
    try desk.write("a", at: start + 11) { try $0.archive(log, because: "Twice") }
    try desk.write("d", at: start + 12) { try $0.withdrawComment(comment, because: "New signs") }
    try desk.write("c", at: start + 12) { try $0.reply("I agree", to: comment, audience: .public) }
    try desk.write("b", at: start + 13) {
      try $0.comment("For peers", about: .service, audience: .notLay)
    }
  }

  static func framework() throws -> Framework {
    let general = try #require(SectionID("qsi/xr"))
    let ct = try #require(SectionID("qsi/ct"))
    let refs = ["XR-101", "XR-304", "XR-305", "XR-601", "XR-602", "XR-702", "CT-903"]
    let standards = try refs.enumerated().map { offset, ref in
      Standard(
        id: try #require(StandardID("qsi/\(ref.lowercased())")),
        ref: ref,
        printedRef: ref,
        section: ref.hasPrefix("XR") ? general : ct,
        modality: ref.hasPrefix("XR") ? .all : .ct,
        order: offset + 1,
        title: "Subject \(offset + 1)",
        summary: "",
        applicability: ApplicabilityRule(
          condition: .everyService,
          basis: .stated,
          allowsPart: true
        ),
        links: ref == "XR-601"
          ? [
            StandardLink(
              place: try #require(StandardPlace("n5")),
              target: .standard(try #require(StandardID("qsi/xr-602"))),
              state: .resolved,
              printed: ""
            )
          ] : []
      )
    }
    return Framework(
      id: try #require(FrameworkID("qsi-imaging")),
      edition: try #require(FrameworkEdition("2026-draft")),
      title: "A standard for imaging",
      status: .consultationDraft,
      owners: [],
      judgedUnit: .standard,
      sourceSHA256: "",
      sections: [
        FrameworkSection(id: general, code: "XR", title: "General", modality: .all, order: 1),
        FrameworkSection(id: ct, code: "CT", title: "Computed", modality: .ct, order: 2),
      ],
      standards: standards
    )
  }
}
