import AssessmentModel
import FrameworkCatalogue
import Testing

/// One fault put into sound data, and what must be said of it.
struct Breakage: Sendable, CustomTestStringConvertible {
  let text: String
  let replacement: String
  let code: CatalogueError.Code
  let standard: String
  let field: String

  init(
    _ text: String,
    _ replacement: String,
    _ code: CatalogueError.Code,
    _ standard: String,
    _ field: String
  ) {
    self.text = text
    self.replacement = replacement
    self.code = code
    self.standard = standard
    self.field = field
  }

  var testDescription: String { "\(code.rawValue) at \(standard) \(field)" }
}

@Suite struct FrameworkDecoderTests {
  /// Replacements hit the first occurrence, so most faults land on the first standard or section.
  static let breakages: [Breakage] = [
    Breakage(
      "\"sections\": [",
      "\"sections\": [{\"id\":\"qsi/xr-1\",\"code\":\"\",\"order\":1,\"title\":\"T\","
        + "\"modality\":\"all\",\"standards\":7,\"links\":[]},",
      .duplicateID,
      "qsi/xr-1",
      "id"
    ),
    Breakage("\"order\": 14,", "\"order\": 15,", .wrongOrder, "qsi/xr-207", "order"),
    Breakage(
      "\"state\": \"dangling\"",
      "\"state\": \"resolved\"",
      .brokenLink,
      "qsi/xr-305",
      "links"
    ),
    Breakage("\"format\": 1", "\"format\": 2", .unknownFormat, "", "format"),
    Breakage("  \"title\": ", "  \"heading\": ", .fieldMissing, "", "title"),
    Breakage("\"status\": \"c", "\"status\": \"d", .unknownValue, "", "status"),
    Breakage("\"owners\": [", "\"owners\": [7, ", .wrongType, "", "owners"),
    Breakage("SHA256\": \"3", "SHA256\": \"G", .unknownValue, "", "sourceSHA256"),
    Breakage("\"qsi-imaging\"", "\"QSI imaging\"", .unknownValue, "", "id"),
    Breakage(
      "\"id\": \"qsi/xr-2\"",
      "\"id\": \"qsi/xr-1\"",
      .unknownSection,
      "qsi/xr-201",
      "section"
    ),
    Breakage("\"order\": 2,", "\"order\": 3,", .wrongOrder, "qsi/xr-2", "order"),
    Breakage(
      "\"modality\": \"all\"",
      "\"modality\": \"xr\"",
      .unknownValue,
      "qsi/xr-1",
      "modality"
    ),
    Breakage("\"standards\": 7", "\"standards\": 8", .countsDisagree, "qsi/xr-1", "standards"),
    Breakage("\"standards\": 7", "\"standards\": -7", .unknownValue, "qsi/xr-1", "standards"),
    Breakage("\"notes\": 573", "\"notes\": 574", .countsDisagree, "", "totals"),
    Breakage("\"should\": 475", "\"should\": 474", .countsDisagree, "", "totals"),
    Breakage("\"subItems\": 250", "\"subItems\": 25", .countsDisagree, "", "totals"),
    Breakage("\"id\": \"qsi/xr-102\"", "\"id\": \"qsi/xr-101\"", .duplicateID, "qsi/xr-101", "id"),
    Breakage("\"ref\": \"XR-102\"", "\"ref\": \"xr101\"", .duplicateRef, "qsi/xr-102", "ref"),
    Breakage(
      "\"otherRefs\": []",
      "\"otherRefs\": [\"US 904\"]",
      .duplicateRef,
      "qsi/us-904",
      "ref"
    ),
    Breakage(
      "\"refInferred\": false",
      "\"refInferred\": true",
      .refContradiction,
      "qsi/xr-101",
      "refInferred"
    ),
    Breakage(
      "\"refInferred\": false",
      "\"refInferred\": 0",
      .wrongType,
      "qsi/xr-101",
      "refInferred"
    ),
    Breakage(
      "\"summary\": \"",
      "\"summary\": \"" + String(repeating: "x", count: 110),
      .unfitText,
      "qsi/xr-101",
      "summary"
    ),
    Breakage(
      "\"title\": \"Imaging service and procedure-specific information\"",
      "\"title\": \"\"",
      .unfitText,
      "qsi/xr-101",
      "title"
    ),
    Breakage(
      "\"basis\": \"stated\"",
      "\"basis\": \"guessed\"",
      .unknownValue,
      "qsi/xr-101",
      "applicability.basis"
    ),
    Breakage(
      "\"evidence\": [\"patients-confirm\"]",
      "\"evidence\": []",
      .evidenceMissing,
      "qsi/xr-101",
      "evidence"
    ),
    Breakage(
      "[\"patients-confirm\"]",
      "[\"audit\", \"audit\"]",
      .unfitText,
      "qsi/xr-101",
      "evidence"
    ),
    Breakage(
      "\"count\": 7, \"subItems\": 15",
      "\"count\": 3, \"subItems\": 15",
      .countsDisagree,
      "qsi/xr-101",
      "suggestions"
    ),
    Breakage(
      "\"count\": 7, \"subItems\": 15",
      "\"count\": 70, \"subItems\": 15",
      .countsDisagree,
      "qsi/xr-101",
      "suggestions"
    ),
    Breakage(
      "\"at\": \"n8\", \"nations\"",
      "\"at\": \"n17\", \"nations\"",
      .placeOutOfRange,
      "qsi/xr-101",
      "nations"
    ),
    Breakage("[\"wales\"]", "[]", .unfitText, "qsi/xr-101", "nations"),
    Breakage("[\"wales\"]", "[\"cornwall\"]", .unknownValue, "qsi/xr-101", "nations.nations"),
    Breakage(
      "\"policyAloneIsNotMet\": []",
      "\"policyAloneIsNotMet\": [\"i\"]",
      .placeOutOfRange,
      "qsi/xr-101",
      "policyAloneIsNotMet"
    ),
    Breakage(
      "\"at\": \"s7f\"",
      "\"at\": \"s8f\"",
      .placeOutOfRange,
      "qsi/xr-101",
      "links"
    ),
    Breakage("\"at\": \"s7f\"", "\"at\": \"page 9\"", .unknownValue, "qsi/xr-101", "links.at"),
    Breakage(
      "\"to\": \"qsi/xr-102\"",
      "\"to\": \"qsi/xr-199\"",
      .brokenLink,
      "qsi/xr-101",
      "links"
    ),
    Breakage(
      "\"to\": \"qsi/xr-102\", \"state\": \"resolved\"",
      "\"to\": \"qsi/xr-102\", \"state\": \"stale\"",
      .brokenLink,
      "qsi/xr-101",
      "links"
    ),
    Breakage("\"to\": \"qsi/xr-102\"", "\"to\": \"\"", .brokenLink, "qsi/xr-101", "links"),
    Breakage(
      "\"printed\": \"US-801\"",
      "\"printed\": \"US-901\"",
      .brokenLink,
      "qsi/xr-305",
      "links"
    ),
    Breakage("\"state\": \"self\"", "\"state\": \"resolved\"", .brokenLink, "qsi/xr-602", "links"),
    Breakage("\"to\": \"n4\"", "\"to\": \"n44\"", .brokenLink, "qsi/xr-207", "links"),
    Breakage("\"to\": \"n4\"", "\"to\": \"s4\"", .unknownValue, "qsi/xr-207", "links.to"),
    Breakage("\"to\": \"XR-*\"", "\"to\": \"ZR-*\"", .brokenLink, "qsi/ct-9", "links"),
    Breakage("\"to\": \"XR-*\"", "\"to\": \"XR-\"", .unknownValue, "qsi/ct-9", "links.to"),
    Breakage("\"to\": \"qsi/nm-9\"", "\"to\": \"qsi/zz-9\"", .brokenLink, "qsi/ct-9", "links"),
    Breakage("\"at\": \"i\"", "\"at\": \"n1\"", .placeOutOfRange, "qsi/ct-9", "links"),
  ]

  @Test("Each check can fail, and says in which file, standard and field", arguments: breakages)
  func broken(breakage: Breakage) throws {
    let sound = try Catalogues.imagingText()
    let range = try #require(sound.firstRange(of: breakage.text), "the data lacks the text")
    let broken = sound.replacingCharacters(in: range, with: breakage.replacement)
    let decoder = FrameworkDecoder(file: "broken.json")
    let faults = decoder.faults(in: Array(broken.utf8))
    #expect(
      faults.contains {
        $0.code == breakage.code && $0.place.standard == breakage.standard
          && $0.place.field == breakage.field && $0.place.file == "broken.json"
      },
      "\(faults.prefix(3).map(\.description))"
    )
    #expect(throws: CatalogueError.self) { try decoder.decode(Array(broken.utf8)) }
  }

  @Test("Sound data has no faults")
  func sound() throws {
    #expect(
      try FrameworkDecoder(file: "sound.json").faults(in: Array(Catalogues.imagingText().utf8))
        .isEmpty
    )
  }

  @Test("A field of a later program is left alone")
  func unknownField() throws {
    let later = try Catalogues.imagingText()
      .replacing("\"format\": 1,", with: "\"format\": 1, \"later\": [{ \"x\": true }],")
    let framework = try FrameworkDecoder(file: "later.json").decode(Array(later.utf8))
    #expect(try framework == Catalogues.imaging())
  }

  @Test("All faults are listed, not only the first")
  func allFaults() throws {
    let broken = try Catalogues.imagingText()
      .replacing("\"state\": \"self\"", with: "\"state\": \"resolved\"")
    let faults = FrameworkDecoder(file: "broken.json").faults(in: Array(broken.utf8))
    #expect(faults.map(\.place.standard) == ["qsi/xr-602", "qsi/xr-701", "qsi/xr-704"])
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
    String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
  }
}
