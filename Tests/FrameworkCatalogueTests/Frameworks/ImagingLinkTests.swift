import AssessmentModel
import FrameworkCatalogue
import Testing

@Suite struct ImagingLinkTests {
  let framework: Framework

  init() throws { framework = try Catalogues.imaging() }

  /// Read by hand in the document.
  @Test(
    "The links of some standards are those that the document prints",
    arguments: [
      ("XR-101", "s7f>qsi/xr-102 n1>qsi/xr-102 n1>qsi/xr-107 n11>qsi/xr-703"),
      ("XR-305", "s11b>nowhere"),
      ("XR-602", "s12>note2(stale) n5>qsi/xr-601 n5>qsi/xr-602(self)"),
      ("XR-701", "s9>qsi/xr-701(self) s11>note4(stale)"),
      ("XR-303", "s2a>qsi/xr-103 s2a>qsi/xr-104 s2b>qsi/xr-105 n1>qsi/xr-105"),
      ("XR-705", "s1c>note3 s5>note5 s5>note10(stale)"),
      ("XR-601", "s2>qsi/xr-2 s2>note4"),
      ("XR-301", "n5>*"),
      ("CT-902", "n3>qsi/xr-705 n3>qsi/xr-501"),
      ("US-904", "s2>qsi/xr-704 n4>qsi/us-902"),
      ("XR-102", "n2>qsi/xr-101"),
      ("XR-802", "s7>note3(stale)"),
      ("XR-803", ""),
    ]
  )
  func links(ref: String, expected: String) throws {
    let links = try framework.required(ref).links.map(Self.text)
    #expect(links.joined(separator: " ") == expected)
  }

  @Test("One reference points nowhere, three point to themselves, eight standards have stale notes")
  func states() {
    #expect(standards(with: .dangling) == ["XR-305"])
    #expect(standards(with: .toItself) == ["XR-602", "XR-701", "XR-704"])
    #expect(
      standards(with: .stale)
        == ["XR-210", "XR-403", "XR-602", "XR-701", "XR-705", "XR-706", "XR-802", "MR-903"]
    )
  }

  @Test("A pointer that leads nowhere keeps its printed form")
  func dangling() throws {
    let link = try #require(try framework.required("XR-305").links.first)
    #expect(link.printed == "US-801")
    #expect(link.standard == nil)
  }

  @Test("Links that the document gives in words only are marked inferred")
  func inferred() {
    let inferred = framework.standards.flatMap { standard in
      standard.links.filter(\.isInferred).map { "\(standard.ref) \(Self.text($0))" }
    }
    #expect(
      inferred == [
        "XR-301 n5>*", "XR-309 n10>qsi/xr-4", "XR-501 s4h>qsi/nm-9", "XR-503 s6>qsi/xr-703",
      ]
    )
  }

  @Test("Modality sections name the XR standards, except nuclear medicine, which does not")
  func sectionLinks() {
    let links = framework.sections.filter { $0.modality != .all }.map { section in
      "\(section.code): " + section.links.map(Self.text).joined(separator: " ")
    }
    #expect(
      links == [
        "CT-9: i>XR-* i>qsi/nm-9",
        "IR-9: i>XR-* i>qsi/ct-9 i>qsi/mr-9 i>qsi/us-9",
        "MR-9: i>XR-* i>qsi/nm-9",
        "NM-9: i>qsi/ct-9 i>qsi/mr-9",
        "US-9: i>XR-*",
      ]
    )
  }

  @Test("Linked standards are shown in both directions, in printed order, without the standard")
  func bothDirections() throws {
    let privacy = try framework.required("XR-104")
    #expect(privacy.links.isEmpty)
    #expect(framework.linkedStandards(of: privacy.id).map(\.ref) == ["XR-303"])
    let equipment = try framework.required("XR-602")
    #expect(
      framework.linkedStandards(of: equipment.id).map(\.ref) == ["XR-304", "XR-407", "XR-601"]
    )
  }

  private func standards(with state: StandardLink.State) -> [String] {
    framework.standards.filter { $0.links.contains { $0.state == state } }.map(\.ref)
  }

  private static func text(_ link: StandardLink) -> String {
    let target =
      switch link.target {
      case .standard(let id): id.text
      case .section(let id): id.text
      case .wildcard(let prefix): prefix + "*"
      case .note(let number): "note\(number)"
      case .nowhere: "nowhere"
      }
    let state =
      link.state == .resolved || link.state == .dangling ? "" : "(\(link.state.rawValue))"
    return "\(link.place)>\(target)\(state)"
  }
}
