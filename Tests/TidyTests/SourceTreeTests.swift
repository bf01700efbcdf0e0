import Foundation
import Testing

@Suite("Listing the tree")
struct SourceTreeTests {
  @Test("An exported tree is walked, leaving out what builds leave behind")
  func walk() throws {
    let root = FileManager.default.temporaryDirectory.appending(path: "tidy-\(UUID())")
    defer { try? FileManager.default.removeItem(at: root) }
    let paths = [
      ".build/a.swift", ".build-x/b.swift", ".ci/run", ".gitignore", "Package.resolved",
      "Package.swift", "Protocol/__pycache__/c.pyc", "Tests/X/d.swift",
    ]
    for path in paths {
      let url = root.appending(path: path)
      let folder = url.deletingLastPathComponent()
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(path.utf8).write(to: url)
    }
    let ran = root.appending(path: ".ci/run").path
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: ran)

    let tree = SourceTree(root: root)
    #expect(tree.paths == [".ci/run", ".gitignore", "Package.swift", "Tests/X/d.swift"])
    #expect(tree.files.map(\.text) == tree.paths)
    #expect(tree.files.filter(\.isExecutable).map(\.path) == [".ci/run"])
    #expect(tree.swiftFiles.map(\.name) == ["Package.swift", "d.swift"])
  }
}
