import Testing

/// The rules, applied to the tree that these tests were compiled from.
@Suite("The repository")
struct RepositoryTests {
  private let tree = SourceTree.here
  private let table = ImportTable.rows

  private func manifest() throws -> (text: String, Manifest) {
    let file = try #require(tree.files.first { $0.path == "Package.swift" })
    return (file.text, Manifest(file.text))
  }

  /// Fails with every offence, each on a line of its own.
  private func expectNone(
    _ findings: [Finding],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    if findings.isEmpty { return }
    let list = findings.map { "  \($0)" }.joined(separator: "\n")
    Issue.record("\(findings.count) found:\n\(list)", sourceLocation: sourceLocation)
  }

  @Test("The tree is read, and every Swift file is understood")
  func treeIsRead() {
    #expect(tree.paths.contains("Package.swift"))
    #expect(tree.paths.contains("Tests/TidyTests/RepositoryTests.swift"))
    #expect(!tree.paths.contains { $0.hasPrefix(".build") || $0.hasPrefix(".git/") })
    expectNone(
      tree.swiftFiles.compactMap { file in
        SwiftText(file.text).problem.map { Finding(file.path, $0) }
      }
    )
  }

  // MARK: Layers

  @Test("What we ship imports only what the table of imports allows")
  func shippedImports() {
    expectNone(
      tree.swiftFiles.flatMap { file -> [Finding] in
        guard let row = ImportTable.row(for: file.path) else { return [] }
        return ImportRule.findings(in: file, allowed: row.allowed)
      }
    )
  }

  @Test("Tests import only what their target declares")
  func testImports() throws {
    let manifest = try manifest().1
    expectNone(
      tree.swiftFiles.filter(\.isTest).flatMap { file -> [Finding] in
        guard let target = manifest.target(for: file.path) else {
          return [Finding(file.path, "belongs to no target of Package.swift")]
        }
        let allowed = target.dependencies.union(ImportTable.everyTestMayImport)
        return ImportRule.findings(in: file, allowed: allowed)
      }
    )
  }

  @Test("Every Swift file that we ship belongs to a target of the table")
  func filesBelongToTargets() {
    let shipped = tree.swiftFiles.filter { !$0.isTest && $0.path != "Package.swift" }
    expectNone(
      shipped.filter { ImportTable.row(for: $0.path) == nil }
        .map { Finding($0.path, "lies outside every target") }
    )
  }

  @Test("The table of imports and the manifest agree")
  func tableMatchesManifest() throws {
    expectNone(ManifestRule.disagreements(try manifest().1, table: table))
  }

  @Test("Server and client never import each other")
  func serverAndClientAreApart() {
    let server = table.filter { $0.path.hasPrefix("Server/") }
    let client = table.filter { $0.path.hasPrefix("Client/") }
    #expect(server.count == 3 && client.count == 3)
    for row in server { #expect(row.allowed.isDisjoint(with: client.map(\.target))) }
    for row in client { #expect(row.allowed.isDisjoint(with: server.map(\.target))) }
    for row in table where row.path.hasPrefix("Sources/") || row.path.hasPrefix("Protocol/") {
      #expect(row.allowed.isDisjoint(with: (server + client).map(\.target)))
    }
  }

  @Test("Each package is confined to the targets that decision 0001 names")
  func packagesAreConfined() throws {
    let (text, manifest) = try manifest()
    expectNone(ManifestRule.strayPackages(manifest, confinedTo: ImportTable.confinedTo))
    expectNone(ManifestRule.unknownPackages(manifest, confinedTo: ImportTable.confinedTo))
    expectNone(ManifestRule.unguardedProducts(text))
  }

  // MARK: Sizes and names

  @Test("No Swift file is longer than 400 lines")
  func filesAreShort() { expectNone(tree.swiftFiles.flatMap(LengthRule.longFile)) }

  @Test("No function is longer than 70 lines")
  func functionsAreShort() { expectNone(tree.swiftFiles.flatMap(LengthRule.longFunctions)) }

  @Test("A file that we ship holds one type and is named for it")
  func filesAreNamedForTheirType() {
    let shipped = tree.swiftFiles.filter { ImportTable.row(for: $0.path) != nil }
    expectNone(shipped.flatMap(NameRule.findings))
  }

  @Test("Tests mirror sources path for path")
  func testsMirrorSources() {
    let libraries = table.filter {
      !["fieldbook", "fieldbookd", "CSQLite", "CZlib"].contains($0.target)
    }
    expectNone(MirrorRule.findings(paths: tree.paths, targets: libraries))
    expectNone(MirrorRule.goneTopics(paths: tree.paths))
  }

  @Test("Nothing stands at the top that does not belong there")
  func topIsTidy() {
    expectNone(LayoutRule.strangersAtTop(tree.paths))
    expectNone(LayoutRule.missingAtTop(tree.paths))
  }

  @Test("Decision records are numbered and named by their claim")
  func decisionsAreNumbered() { expectNone(LayoutRule.decisions(tree.files)) }

  @Test("Scripts can be run and stop at the first error")
  func scriptsRun() {
    let files = tree.files
    expectNone(files.flatMap(LayoutRule.scripts))
    expectNone(
      LayoutRule.commands.filter { command in !files.contains { $0.path == command } }
        .map { Finding($0, "is missing") }
    )
  }

  @Test("Every mutant applies, and names the test that kills it")
  func mutantsApply() {
    let files = tree.files
    let patches = files.filter { $0.isIn(MutantRule.folder) && $0.name.hasSuffix(".patch") }
    #expect(!patches.isEmpty)
    expectNone(patches.flatMap { MutantRule.findings(in: $0, tests: files.filter(\.isSwift)) })
    expectNone(MutantRule.stale(patches, in: tree.root))
  }

  // MARK: Words

  @Test("What we ship never traps on purpose or hides from the compiler's checks")
  func noUnsafeWords() {
    let shipped = tree.swiftFiles.filter { !$0.isTest }
    expectNone(shipped.flatMap { WordRule.findings(in: $0, words: WordRule.unsafe) })
  }

  @Test("Only the executables read a clock or draw a random number")
  func clockAndChanceArePassedIn() {
    let executables = ["Client/fieldbook", "Server/fieldbookd", "Tests/benchmarks"]
    // Tests need new names for their folders; what they must not do is wait.
    let files = tree.swiftFiles.filter { file in
      !file.isTest && !executables.contains { file.isIn($0) }
    }
    expectNone(files.flatMap { WordRule.findings(in: $0, words: WordRule.clockAndChance) })
  }

  @Test("No test waits for time to pass")
  func testsDoNotSleep() {
    // `simulate` is a program: against a running server it plays a day in real time.
    let tests = tree.swiftFiles.filter { $0.isTest && !$0.isIn("Tests/simulate") }
    expectNone(tests.flatMap { WordRule.findings(in: $0, words: WordRule.waiting) })
  }

  @Test("No test reaches into a module's internals")
  func noTestableImport() {
    expectNone(tree.swiftFiles.flatMap { WordRule.findings(in: $0, words: WordRule.everywhere) })
  }

  @Test("Nothing is marked as unfinished")
  func nothingIsUnfinished() {
    expectNone(
      tree.files.flatMap { WordRule.findingsInText(of: $0, words: WordRule.unfinished) }
    )
  }

  @Test("No file names a folder of one machine")
  func noMachinePaths() { expectNone(tree.files.flatMap(PathRule.findings)) }

  @Test("Every relative link leads somewhere")
  func linksLead() {
    let paths = Set(tree.paths)
    let documents = tree.files.filter(\.isMarkdown)
    #expect(!documents.isEmpty)
    expectNone(documents.flatMap { LinkRule.findings(in: $0, paths: paths) })
  }
}
