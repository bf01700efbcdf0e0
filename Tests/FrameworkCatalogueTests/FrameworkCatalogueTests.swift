import AssessmentModel
import FrameworkCatalogue
import Testing

@Suite struct FrameworkCatalogueTests {
  @Test("The catalogue lists two frameworks in the order of their names")
  func listsFrameworks() throws {
    let entries = try FrameworkCatalogue.bundled()
    #expect(entries.map(\.id.text) == ["lm2-quality-management", "qsi-imaging"])
    #expect(entries.map(\.edition.text) == ["undated", "2026-draft"])
    #expect(entries.map(\.status) == [.unstated, .consultationDraft])
  }

  @Test("Every listed edition loads and says the same of itself as the index does")
  func indexAgreesWithFiles() throws {
    for entry in try FrameworkCatalogue.bundled() {
      let framework = try FrameworkCatalogue.framework(id: entry.id, edition: entry.edition)
      #expect(framework.title == entry.title)
      #expect(framework.status == entry.status)
    }
  }

  @Test("The bytes handed on are the bytes that the framework is read from")
  func bytesAreTheFile() throws {
    let id = try Catalogues.imagingID()
    let edition = try Catalogues.imagingEdition()
    let bytes = try FrameworkCatalogue.data(id: id, edition: edition)
    #expect(bytes.first == UInt8(ascii: "{") && bytes.last == UInt8(ascii: "\n"))
    let decoded = try FrameworkDecoder(file: "bytes").decode(bytes)
    #expect(try decoded == FrameworkCatalogue.framework(id: id, edition: edition))
  }

  @Test("An edition that is not bundled is refused with the file that it would have")
  func unknownEdition() throws {
    let id = try Catalogues.imagingID()
    let edition = try #require(FrameworkEdition("2031-final"))
    let error = #expect(throws: CatalogueError.self) {
      try FrameworkCatalogue.framework(id: id, edition: edition)
    }
    #expect(error?.code == .fileMissing)
    #expect(error?.place.file == "qsi-imaging/2031-final.json")
  }

  @Test(
    "A name that could leave the folder is no name",
    arguments: ["", "../x", "a/b", "A", "a b", "a:b", "a|b", ".", "é"]
  )
  func namesStayInside(text: String) {
    #expect(FrameworkID(text) == nil)
    #expect(FrameworkEdition(text) == nil)
  }
}
