import AssessmentModel
import FrameworkCatalogue
import Testing

@Suite struct ReferenceTests {
  @Test(
    "A ref is found however it is written",
    arguments: ["XR-304", "xr 304", "XR304", " xr–304 ", "Xr_304", "x r - 3 0 4", "xr\u{2011}304"]
  )
  func tolerantRefs(ref: String) throws {
    #expect(try Catalogues.imaging().standard(ref: ref)?.id.text == "qsi/xr-304")
  }

  @Test("A ref printed with a space is found by its printed and its normal form")
  func printedRefs() throws {
    let framework = try Catalogues.imaging()
    #expect(framework.standard(ref: "XR 705") == framework.standard(ref: "XR-705"))
    #expect(framework.standard(ref: "XR 705")?.printedRef == "XR 705")
  }

  @Test(
    "Nothing, separators alone and refs that do not exist find nothing",
    arguments: [
      "", " - ", "XR-999", "304", "XR", "US-801",
    ]
  )
  func noStandard(ref: String) throws {
    #expect(try Catalogues.imaging().standard(ref: ref) == nil)
  }

  @Test(
    "A mistyped ref suggests the nearest standards, at most three, in printed order",
    arguments: [
      ("XR-34", "XR-304"), ("X-304", "XR-304"), ("XP-304", "XR-304"), ("RX-304", "XR-304"),
      ("CT-905", "CT-901 CT-902 CT-903"), ("MR901x", "MR-901"),
      ("nonsense", ""), ("XR", ""), ("", ""),
    ]
  )
  func nearest(typed: String, expected: String) throws {
    let refs = try Catalogues.imaging().nearestRefs(to: typed).map(\.ref)
    #expect(refs.count <= 3)
    if expected.isEmpty {
      #expect(refs.isEmpty)
    } else {
      let wanted = expected.split(separator: " ").map(String.init)
      #expect(Array(refs.prefix(wanted.count)) == wanted)
    }
  }

  @Test("An old ref finds the standard that bore it, unless another bears it today")
  func oldRefs() throws {
    let framework = try Self.framework([
      ("new/1", "N-1", ["OLD-7", "N-2"]), ("new/2", "N-2", []),
    ])
    #expect(framework.standard(ref: "old 7")?.id.text == "new/1")
    #expect(framework.standard(ref: "n 2")?.id.text == "new/2")
  }

  @Test("A page pasted in place of a ref finds nothing and costs no more than a ref")
  func longRefs() throws {
    let page = String(repeating: "XR-304 ", count: 100_000)
    #expect(try Catalogues.imaging().standard(ref: page) == nil)
    #expect(RefKey(page).distance(to: RefKey("XR-304")) == 27)
  }

  @Test(
    "Edit distance counts additions, removals and changes",
    arguments: [("", "", 0), ("ABC", "", 3), ("", "AB", 2), ("XR304", "XR340", 2), ("A1", "B1", 1)]
  )
  func distance(left: String, right: String, expected: Int) {
    #expect(RefKey(left).distance(to: RefKey(right)) == expected)
    #expect(RefKey(right).distance(to: RefKey(left)) == expected)
  }

  @Test(
    "An identity that could not stand in a record name is none",
    arguments: ["", "qsi", "qsi/", "/a", "qsi/a/b", "qsi/XR", "qsi/x:1", "qsi/x|1", "qsi/x 1"]
  )
  func identities(text: String) {
    #expect(StandardID(text) == nil)
    #expect(SectionID(text) == nil)
  }

  @Test("A place is written as it was read", arguments: ["i", "q", "o", "s7", "s12f", "n3", "n4b"])
  func places(text: String) {
    #expect(StandardPlace(text)?.description == text)
  }

  @Test(
    "What is no place is none",
    arguments: [
      "", "x", "s", "s0", "s01", "n", "nb", "n1000", "n1bb", "i1", "q1", "s-1", "s1é", "n٣",
    ]
  )
  func noPlaces(text: String) {
    #expect(StandardPlace(text) == nil)
  }

  private static func framework(_ rows: [(String, String, [String])]) throws -> Framework {
    let section = try #require(SectionID("new/s"))
    return Framework(
      id: try #require(FrameworkID("new")),
      edition: try #require(FrameworkEdition("1")),
      title: "New",
      status: .final,
      owners: [],
      judgedUnit: .standard,
      sourceSHA256: "",
      sections: [FrameworkSection(id: section, code: "S", title: "S", modality: .all, order: 1)],
      standards: try rows.enumerated().map { index, row in
        Standard(
          id: try #require(StandardID(row.0)),
          ref: row.1,
          printedRef: row.1,
          otherRefs: row.2,
          section: section,
          modality: .all,
          order: index + 1,
          title: row.1,
          summary: row.1,
          applicability: ApplicabilityRule(
            condition: .everyService,
            basis: .stated,
            allowsPart: false
          )
        )
      }
    )
  }
}
