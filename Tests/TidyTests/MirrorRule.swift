/// Tests mirror sources path for path, so that either leads to the other without a search.
enum MirrorRule {
  /// Tests about a topic that no one file of the sources holds.
  ///
  /// A test is listed by its path without `Tests.swift`, a folder of such tests with a slash at the end.
  static let topics: Set<String> = [
    // Each bundled framework against what its document states in numbers and references.
    "Tests/FrameworkCatalogueTests/Frameworks/",
    "Tests/FrameworkCatalogueTests/Decoding/Strictness",
    "Tests/FrameworkCatalogueTests/SourceDocument",
    // The vectors, one suite a kind: they bind several types at once.
    "Tests/SyncProtocolTests/Vectors/",
    "Tests/OperationStoreTests/Vectors/",
    // A whole session of the engine over real HTTP.
    "Tests/SyncClientHTTPTests/HTTPTransport+Sync",
    // What went wrong in the field elsewhere, one story a test, whichever types it runs through.
    "Tests/SyncClientTests/FailureList",
    // The power of a device or a server is cut, at every event of its disk.
    "Tests/SyncClientTests/PowerCut",
    // A server that goes back in time, saying so or not.
    "Tests/SyncClientTests/ServerHistory",
    "Tests/SyncClientTests/ServerRollback",
  ]

  /// Every `Tests/<Target>Tests/a/b/XTests.swift` has a source `a/b/X.swift`, or a folder `a/b/X`,
  /// or is a listed topic; every target with a test folder has a test in it.
  static func findings(
    paths: [String],
    targets: [ImportTable.Row],
    topics: Set<String> = topics
  ) -> [Finding] {
    targets.flatMap { target -> [Finding] in
      let folder = "Tests/\(target.target)Tests"
      let tests = paths.filter { $0.hasPrefix(folder + "/") && $0.hasSuffix("Tests.swift") }
      let sources = sources(of: target, in: paths)
      if tests.isEmpty, !sources.isEmpty { return [Finding(folder, "holds no test")] }
      return tests.compactMap { test in
        let stem = String(test.dropLast("Tests.swift".count))
        let inside = String(stem.dropFirst(folder.count + 1))
        if sources.contains(inside) || topics.contains(where: { lists($0, stem) }) { return nil }
        return Finding(test, "mirrors neither a file nor a folder of \(target.path)")
      }
    }
  }

  /// Topics whose test is gone: a list that nobody prunes soon excuses what it never meant to.
  static func goneTopics(paths: [String], topics: Set<String> = topics) -> [Finding] {
    topics.filter { topic in
      !paths.contains { $0.hasSuffix("Tests.swift") && lists(topic, $0.dropLast(11)) }
    }.sorted()
      .map { Finding($0, "is listed as a topic but has no test") }
  }

  private static func lists(_ topic: String, _ stem: some StringProtocol) -> Bool {
    topic.hasSuffix("/") ? stem.hasPrefix(topic) : stem == topic
  }

  /// What a test may be named for: each Swift file, each type that `Type+Topic.swift` extends, and
  /// each folder, relative to the target.
  private static func sources(of target: ImportTable.Row, in paths: [String]) -> Set<String> {
    var names: Set<String> = []
    for path in paths where path.hasPrefix(target.path + "/") && path.hasSuffix(".swift") {
      let inside = path.dropFirst(target.path.count + 1).dropLast(".swift".count)
      names.insert(String(inside))
      names.insert(String(inside.prefix { $0 != "+" }))
      var parts = inside.split(separator: "/").dropLast()
      while let last = parts.last {
        names.insert(parts.joined(separator: "/"))
        // The tests of a folder may also lie inside its mirror.
        names.insert(parts.joined(separator: "/") + "/" + last)
        parts.removeLast()
      }
    }
    return names
  }
}
