import Foundation
import Testing

/// Each rule, tried on a planted offence: a rule that cannot fail is worth nothing.
@Suite("The rules of the source")
struct RuleTests {
  @Test(
    "An import that the table does not allow is found, however it is written",
    arguments: [
      "import Foundation", "public import Foundation", "package import Foundation",
      "@preconcurrency import Foundation", "@_exported public import Foundation",
      "import struct Foundation.URL", "import Foundation.NSObject", "import A; import Foundation",
      "#if canImport(Foundation)", "#if os(Linux) && canImport( Foundation )",
      "  import   Foundation",
    ]
  )
  func imports(line: String) {
    let file = SourceFile("Sources/X/A.swift", "// import B\n\(line)\nlet c = \"import D\"")
    let findings = ImportRule.findings(in: file, allowed: ["A"])
    #expect(findings.map(\.line) == [2])
    #expect(ImportRule.findings(in: file, allowed: ["A", "Foundation"]).isEmpty)
  }

  @Test("Foundation stands in for its essentials only where there are none")
  func foundationFallback() {
    let good = """
      #if canImport(FoundationEssentials)
        import FoundationEssentials
      #else
        import Foundation
      #endif
      """
    let allowed: Set = ["FoundationEssentials"]
    #expect(ImportRule.findings(in: SourceFile("a.swift", good), allowed: allowed).isEmpty)
    #expect(ImportRule.findings(in: SourceFile("a.swift", good), allowed: []).count == 3)
    let bad = SourceFile("a.swift", good + "\nimport Foundation")
    #expect(ImportRule.findings(in: bad, allowed: allowed).map(\.line) == [6])
  }

  @Test("A file of 400 lines is short enough, one of 401 is not")
  func fileLength() {
    let file = SourceFile("a.swift", String(repeating: "\n", count: 400))
    #expect(LengthRule.longFile(file).isEmpty)
    #expect(LengthRule.longFile(SourceFile("a.swift", file.text + "x")).count == 1)
  }

  @Test(
    "A function of 70 lines is short enough, one of 71 is not",
    arguments: [
      "func f(_ a: () -> Int = { 1 }) async throws(E) -> [Int] where A: B ", "init?<T>(a: T) ",
      "deinit ", "subscript(a: Int) -> Int ",
    ]
  )
  func functionLength(head: String) {
    func file(_ lines: Int) -> SourceFile {
      let body = String(repeating: "if a { \"}\" } // }\n", count: lines - 2)
      return SourceFile(
        "a.swift",
        "struct S {\n\(head){\n\(body)}\nfunc g() { self.init(a: { 1 }) }\n}"
      )
    }
    #expect(LengthRule.longFunctions(file(70)).isEmpty)
    #expect(LengthRule.longFunctions(file(71)).map(\.line) == [2])
  }

  @Test("A protocol's requirement has no body, whatever follows it")
  func requirements() {
    let source = "protocol P {\nfunc f() async\nvar a: Int { get }\ninit()\n}\nextension P {\n}"
    #expect(LengthRule.bodies(in: SwiftText(source)).isEmpty)
  }

  @Test("A banned word is found in code, not in prose and not inside another word")
  func words() {
    let all = WordRule.unsafe + WordRule.clockAndChance + WordRule.everywhere + WordRule.waiting
    #expect(all.count > 15)
    for word in all {
      let file = SourceFile("a.swift", "let a = \"\(word.text)\" // \(word.text)\n\(word.text)\n")
      let findings = WordRule.findings(in: file, words: [word])
      #expect(findings.map(\.line) == [2], "\(word.text)")
    }
    let innocent = SourceFile("a.swift", "myDate()\nUUID(a)\na.random(in: b, using: &c)\nretry!")
    let found = WordRule.findings(in: innocent, words: WordRule.clockAndChance + WordRule.unsafe)
    #expect(found.isEmpty)
  }

  @Test("A mark of unfinished work is found in any text, prose included")
  func unfinished() {
    for word in WordRule.unfinished {
      let file = SourceFile("a.md", "fine\nsee \(word.text): later\n\(word.text)s\(word.text)\n")
      #expect(WordRule.findingsInText(of: file, words: [word]).map(\.line) == [2])
    }
  }

  @Test("A path of one machine is found, a relative one is not")
  func machinePaths() {
    #expect(PathRule.folders.count == 4)
    for folder in PathRule.folders {
      let file = SourceFile("a.txt", "b\(folder)c ~\(folder)\n--in=\(folder)a\n\(folder)\n")
      #expect(PathRule.findings(in: file).map(\.line) == [2, 3])
    }
  }

  @Test("A link that leads nowhere is found, one in code is no link")
  func links() {
    let text = """
      [a](b.md) [c](../Sources/X) [d](https://e.f/g) [h](#i) [j](b.md#k) `[l](m)`
      [gone](gone.md)
      ```
      [n](o)
      ```
      [out](../../x) and [root](/a)
      [p]: q.md "title"
      """
    let file = SourceFile("Tests/README.md", text)
    let paths: Set = ["Tests/b.md", "Sources/X/Y.swift"]
    #expect(LinkRule.findings(in: file, paths: paths).map(\.line) == [2, 6, 6, 7])
  }

  @Test("A stranger at the top is found, and what is missing there")
  func top() {
    let findings = LayoutRule.strangersAtTop([".ci/run", "README.md", "Tests/a", "lib/a", "a.py"])
    #expect(findings.map(\.path) == ["a.py", "lib"])
    let missing = LayoutRule.missingAtTop(["README.md", "Package.swift", "Tests/a", "Sources/b"])
    #expect(missing.map(\.path) == ["Client", "Protocol", "Server"])
  }

  @Test("A script that cannot be run, or that runs on after an error, is found")
  func scripts() {
    let good = "#!/usr/bin/env bash\nset -euo pipefail\n"
    #expect(LayoutRule.scripts(SourceFile("Tests/run", good, isExecutable: true)).isEmpty)
    #expect(LayoutRule.scripts(SourceFile("Tests/run", good)).count == 1)
    #expect(
      LayoutRule.scripts(SourceFile("Tests/run", "#!/bin/sh\n", isExecutable: true)).count == 1
    )
    #expect(LayoutRule.scripts(SourceFile("a.md", "# A", isExecutable: true)).count == 1)
    #expect(LayoutRule.scripts(SourceFile("a.md", "# A")).isEmpty)
  }

  @Test("A decision without number, claim or title, a gap and a repetition are found")
  func decisions() {
    func offenders(_ names: [String], text: String = "# A") -> Int {
      LayoutRule.decisions(names.map { SourceFile("P/Decisions/\($0)", text) }).count
    }
    #expect(offenders(["0001-a-b-c.md", "0002-d-e-f.md"]) == 0)
    #expect(offenders(["0001-a-b-c.md"], text: "A") == 1)
    #expect(offenders(["0001-a-b-c.md", "0003-d-e-f.md"]) == 1)
    #expect(offenders(["0001-a-b-c.md", "0001-d-e-f.md"]) == 1)
    #expect(offenders(["0001-x.md", "1-a-b-c.md", "0001-A-b-c.md", "README.md"]) == 4)
  }

  @Test("A file that holds another type than its name says is found")
  func names() {
    func count(_ name: String, _ text: String) -> Int {
      NameRule.findings(in: SourceFile("Sources/X/\(name)", text)).count
    }
    #expect(count("A.swift", "public struct A { enum C {} }\nprivate struct B {}") == 0)
    #expect(count("A+B.swift", "extension A: B { struct D {} }") == 0)
    #expect(count("A.swift", "struct A {}\nstruct B {}") == 1)
    #expect(count("A+B.swift", "import struct C.A\nfunc a() {}") == 1)
    #expect(count("A.swift", "struct B {}") == 2)
    #expect(count("main.swift", "print(1)") == 0)
  }

  @Test("A test that mirrors nothing, and a target without tests, are found")
  func mirrors() {
    let rows = [ImportTable.Row("X", in: "Sources", modules: [])]
    let sources = ["Sources/X/a/B.swift", "Sources/X/a/C+D.swift", "Sources/X/README.md"]
    func findings(_ tests: [String]) -> [String] {
      let paths = sources + tests.map { "Tests/XTests/\($0)Tests.swift" }
      return MirrorRule.findings(paths: paths, targets: rows, topics: ["Tests/XTests/Laws"])
        .map(\.path)
    }
    #expect(findings(["a/B", "a/C", "a/C+D", "a", "a/a", "Laws"]).isEmpty)
    #expect(findings(["B", "a/Laws"]).count == 2)
    #expect(findings([]) == ["Tests/XTests"])
    for topics: Set in [["Tests/XTests/Laws"], ["Tests/XTests/Laws/"]] {
      #expect(MirrorRule.goneTopics(paths: sources, topics: topics).count == 1)
    }
    let law = "Tests/XTests/Laws/MergeTests.swift"
    for topics: Set in [["Tests/XTests/Laws/Merge"], ["Tests/XTests/Laws/"]] {
      #expect(MirrorRule.goneTopics(paths: sources + [law], topics: topics).isEmpty)
      #expect(
        MirrorRule.findings(paths: sources + [law], targets: rows, topics: topics).isEmpty
      )
    }
    #expect(
      MirrorRule.findings(paths: sources + [law], targets: rows, topics: ["Tests/XTests/Law/"])
        .count == 1
    )
  }

  @Test("A mutant that does not apply, or names no document or no test, is found")
  func mutants() throws {
    let tests = [SourceFile("Tests/XTests/ATests.swift", "\nstruct ATests {\n  func b() {}\n}\n")]
    func count(_ head: String...) -> Int {
      let text = (head + ["--- a/A", "Demanded by: b"]).joined(separator: "\n")
      return MutantRule.findings(in: SourceFile("a.patch", text), tests: tests).count
    }
    let killer = "Killed by: swift test --filter XTests.ATests"
    #expect(count("Demanded by: a", killer) == 0)
    #expect(count("Demanded by: a", killer + "/b") == 0)
    #expect(count(killer) == 1)
    for wrong in [killer + "/c", killer + "/b/b", killer + "A", "Killed by: XTests.ATests"] {
      #expect(count("Demanded by: a", wrong) == 1)
    }
    #expect(count("Demanded by: a", killer, killer) == 1)

    let root = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: root) }
    try Data("a\n".utf8).write(to: root.appending(path: "A"))
    let patches = try ["a", "b"].map { old in
      let text = "Says why.\n--- a/A\n+++ b/A\n@@ -1 +1 @@\n-\(old)\n+c\n"
      try Data(text.utf8).write(to: root.appending(path: old + ".patch"))
      return SourceFile(old + ".patch", text)
    }
    #expect(MutantRule.stale(patches, in: root).map(\.path) == ["b.patch"])
  }

  @Test("A manifest that departs from the table is found")
  func manifest() {
    let text = """
      let package = Package(
        targets: [
          .target(name: "A", dependencies: ["B", .crypto], path: "Sources/A"),
          .executableTarget(
            name: "b",
            dependencies: ["A", .asyncHTTPClient,],
            path: "Client/b"
          ),
          .testTarget(name: "ATests", dependencies: ["A"], path: "Tests/ATests"),
        ]
      )
      .product(name: "Crypto", package: "swift-crypto", condition: edges)
      .product(name: "Metrics", package: "swift-metrics")
      """
    let manifest = Manifest(text)
    #expect(manifest.targets.map(\.name) == ["A", "b", "ATests"])
    #expect(manifest.targets.first?.dependencies == ["B", "Crypto"])
    #expect(manifest.target(for: "Tests/ATests/a.swift")?.isTest == true)
    func disagreements(_ rows: ImportTable.Row...) -> Int {
      ManifestRule.disagreements(manifest, table: rows).count
    }
    let a = ImportTable.Row("A", in: "Sources", modules: ["B"])
    #expect(disagreements(a, .init("b", in: "Client", modules: ["A"])) == 0)
    #expect(disagreements(a) == 1)
    #expect(disagreements(a, .init("b", in: "Server", modules: ["A"])) == 1)
    #expect(disagreements(a, .init("b", in: "Client", modules: ["C"])) == 1)
    #expect(
      disagreements(a, .init("b", in: "Client", modules: []), .init("c", in: "", modules: [])) == 1
    )
    let confined: [String: Set<String>] = ["AsyncHTTPClient": ["c"]]
    #expect(ManifestRule.strayPackages(manifest, confinedTo: confined).map(\.path) == ["Client/b"])
    #expect(ManifestRule.unknownPackages(manifest, confinedTo: confined).count == 2)
    #expect(ManifestRule.unguardedProducts(text).count == 1)
  }
}
