import AssessmentModel
import Foundation
import FrameworkCatalogue
import Testing

@Suite struct CatalogueFolderTests {
  @Test("A missing folder is an error that names what to copy and every place tried")
  func missingFolder() throws {
    try withTemporaryFolder { folder in
      let error = #expect(throws: CatalogueError.self) {
        try CatalogueFolder.installed(besideOneOf: [folder])
      }
      #expect(error?.code == .folderMissing)
      #expect(error?.message.contains("\(CatalogueFolder.bundleName).resources") == true)
      #expect(error?.cause?.contains(folder) == true)
    }
  }

  @Test("A copy of the resources beside an executable is found and loads")
  func installedCopy() throws {
    try withTemporaryFolder { folder in
      let beside = "\(folder)/\(CatalogueFolder.bundleName).resources"
      try FileManager.default.createDirectory(
        atPath: beside,
        withIntermediateDirectories: false
      )
      try FileManager.default.copyItem(
        atPath: CatalogueFolder.installed().path,
        toPath: "\(beside)/Data"
      )
      let found = try CatalogueFolder.installed(besideOneOf: ["\(folder)/elsewhere", folder])
      #expect(found.path == "\(beside)/Data")
      for entry in try FrameworkCatalogue.bundled(in: found) {
        _ = try FrameworkCatalogue.framework(id: entry.id, edition: entry.edition, in: found)
      }
    }
  }

  @Test("A file that holds another edition than its name says is refused")
  func renamedFile() throws {
    try withTemporaryFolder { folder in
      let id = try Catalogues.imagingID()
      let edition = try #require(FrameworkEdition("2027-final"))
      try FileManager.default.createDirectory(
        atPath: "\(folder)/\(id)",
        withIntermediateDirectories: false
      )
      try FileManager.default.copyItem(
        atPath: "\(CatalogueFolder.installed().path)/\(id)/\(Catalogues.imagingEdition()).json",
        toPath: "\(folder)/\(id)/\(edition).json"
      )
      let error = #expect(throws: CatalogueError.self) {
        try FrameworkCatalogue.framework(
          id: id,
          edition: edition,
          in: CatalogueFolder(path: folder)
        )
      }
      #expect(error?.code == .wrongIdentity)
    }
  }

  @Test("A file that cannot be read as one is refused with what the system said")
  func unreadableFile() throws {
    try withTemporaryFolder { folder in
      try FileManager.default.createDirectory(
        atPath: "\(folder)/catalogue.json",
        withIntermediateDirectories: false
      )
      let error = #expect(throws: CatalogueError.self) {
        try FrameworkCatalogue.bundled(in: CatalogueFolder(path: folder))
      }
      #expect(error?.code == .fileUnreadable)
      #expect(error?.cause?.isEmpty == false)
    }
  }

  @Test("A damaged index is refused with its line")
  func damagedIndex() throws {
    try withTemporaryFolder { folder in
      try Data("{\n\"format\": 1,\n\"frameworks\": [}".utf8)
        .write(to: URL(filePath: "\(folder)/catalogue.json"))
      let error = #expect(throws: CatalogueError.self) {
        try FrameworkCatalogue.bundled(in: CatalogueFolder(path: folder))
      }
      #expect(error?.code == .notStrictJSON)
      #expect(error?.message.hasPrefix("Line 3") == true)
    }
  }

  private func withTemporaryFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "fieldbook-catalogue-\(UUID().uuidString)", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var path = folder.path(percentEncoded: false)
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    try body(path)
  }
}
