import AssessmentModel
import Convergence
import Testing

@Suite("Evidence that several people hold")
struct EvidenceViewTests {
  private let team = ["lead": Cast.lead, "tablet A": Cast.peerA, "tablet B": Cast.peerB]

  @Test("C25: what two people add is a union")
  func c25() throws {
    var bench = try Bench(devices: team)
    try bench.write("tablet A") { try $0.addEvidence("Audit plan", supports: [id("XR-802")]) }
    try bench.write("tablet A") { try $0.addEvidence("Minutes", supports: [id("XR-802")]) }
    try bench.write("tablet B") { try $0.addEvidence("Audit plan", supports: [id("XR-802")]) }
    let visit = bench.settled()
    #expect(visit.evidence.map(\.name) == ["Audit plan", "Minutes", "Audit plan"])
    #expect(try visit.at("XR-802").evidence.count == 3)
    #expect(visit.evidence.map(\.author) == [Cast.peerA, Cast.peerA, Cast.peerB])
  }

  @Test("C27, R9: taken from one standard and linked to another, it is on the other only")
  func c27() throws {
    var bench = try Bench(devices: team)
    let item = try bench.write("lead") { try $0.addEvidence("Policy", supports: [id("XR-306")]) }
    try bench.sync("lead", "tablet A", "tablet B")
    try bench.write("tablet A") { try $0.unsupport(id("XR-306"), with: item) }
    try bench.write("tablet B") { try $0.support(id("XR-305"), with: item) }
    let visit = bench.settled()
    #expect(try visit.at("XR-306").evidence.isEmpty)
    #expect(try visit.at("XR-305").evidence.map(\.dot) == [item])
    #expect(visit.evidence[0].supportedStandards == ["qsi/xr-305"])
  }

  @Test("R9: one item supports many standards, and one standard has many items")
  func r9() throws {
    var bench = try Bench(devices: team)
    let both = try bench.write("tablet A") {
      try $0.addEvidence("Policy", supports: [id("XR-305"), id("XR-306")])
    }
    let one = try bench.write("tablet B") { try $0.addEvidence("Log", supports: [id("XR-306")]) }
    let visit = bench.settled()
    #expect(try visit.at("XR-305").evidence.map(\.dot) == [both])
    #expect(try visit.at("XR-306").evidence.map(\.dot) == [both, one])
  }

  @Test("A link that one person makes and another takes back at once stands, and is shown as split")
  func splitLink() throws {
    var bench = try Bench(devices: team)
    let item = try bench.write("lead") { try $0.addEvidence("Policy", supports: [id("XR-306")]) }
    try bench.sync("lead", "tablet A", "tablet B")
    try bench.write("tablet A") { try $0.unsupport(id("XR-306"), with: item) }
    try bench.write("tablet B") { try $0.support(id("XR-306"), with: item) }
    let visit = bench.settled()
    #expect(try visit.at("XR-306").evidence.map(\.dot) == [item])
    #expect(visit.evidence[0].supports[0].versions.isSplit)
  }

  @Test("C30: states that neither had seen stand side by side; one that had seen is current")
  func c30() throws {
    var bench = try Bench(devices: team)
    let item = try bench.write("lead") { try $0.addEvidence("Log", status: .expected) }
    try bench.sync("lead", "tablet A", "tablet B")
    try bench.write("tablet A", clock: 9) { try $0.setStatus(.requested, of: item) }
    try bench.write("tablet B", clock: 1) { try $0.setStatus(.notAvailable, of: item) }
    let visit = bench.settled()
    #expect(visit.evidence[0].status.contents == [.requested, .notAvailable])
    #expect(visit.incomplete.contains { $0.kind == .split && $0.field == "status" })
    try bench.sync("tablet A", "tablet B")
    try bench.write("tablet B") { try $0.setStatus(.seen, of: item) }
    #expect(bench.settled().evidence[0].status.only == .seen)
  }

  @Test("C32: evidence for what another marked not applicable is kept and listed with it")
  func c32() throws {
    var bench = try Bench(devices: team)
    try bench.write("tablet A") {
      try $0.judge(id("CT-903"), .notApplicable, reason: .pathwayNotProvided)
    }
    try bench.write("tablet B") { try $0.addEvidence("Rota", supports: [id("CT-903")]) }
    let visit = bench.settled()
    let listed = try #require(visit.notApplicable.first)
    #expect(listed.ref == "CT-903")
    #expect(listed.evidence.map(\.name) == ["Rota"])
  }

  @Test("C49: archived by one and changed by another who was not seen is marked as in use")
  func archivedInUse() throws {
    var bench = try Bench(devices: team)
    let item = try bench.write("lead") { try $0.addEvidence("Log", supports: [id("XR-305")]) }
    let other = try bench.write("lead") { try $0.addEvidence("Plan") }
    try bench.sync("lead", "tablet A", "tablet B")
    try bench.write("tablet A") { try $0.archive(item, because: "Twice") }
    try bench.write("tablet A") { try $0.archive(other, because: "Old") }
    try bench.write("tablet B") { try $0.support(id("XR-306"), with: item) }
    let visit = bench.settled()
    #expect(visit.evidence.map(\.isArchived) == [true, true])
    #expect(visit.evidence.map(\.inUseBy) == [[Cast.peerB], []])
    #expect(try visit.at("XR-306").evidence.map(\.dot) == [item])
    #expect(visit.incomplete.contains { $0.kind == .archivedInUse && $0.people == [Cast.peerB] })
  }

  @Test("R20: of two audiences chosen at once the narrower holds until somebody widens it")
  func r20() throws {
    var bench = try Bench(devices: team)
    let item = try bench.write("lead") { try $0.addEvidence("Letter", audience: .public) }
    try bench.sync("lead", "tablet A", "tablet B")
    try bench.write("tablet A") { try $0.setAudience(.notLay, of: item) }
    try bench.write("tablet B") { try $0.setAudience(.teamAndService, of: item) }
    #expect(bench.settled().evidence[0].audience == .notLay)
    try bench.sync("tablet A", "tablet B")
    try bench.write("tablet B") { try $0.setAudience(.public, of: item) }
    #expect(bench.settled().evidence[0].audience == .public)
  }
}
