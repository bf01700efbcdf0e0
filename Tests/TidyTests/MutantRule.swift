import Foundation

/// A mutant is a patch that still applies, and names a test that still exists.
///
/// Mutants are built rarely; without this they would rot unseen.
enum MutantRule {
  static let folder = "Tests/mutants"

  /// What the lines before a patch have to say.
  static func findings(in patch: SourceFile, tests: [SourceFile]) -> [Finding] {
    let head = patch.text.split(separator: "\n").prefix { !$0.hasPrefix("--- ") }
    var findings: [Finding] = []
    if !head.contains(where: { $0.hasPrefix("Demanded by: ") }) {
      findings.append(Finding(patch.path, "names no document that demands the defence"))
    }
    let start = "Killed by: swift test --filter "
    let killers = head.filter { $0.hasPrefix(start) }.map { String($0.dropFirst(start.count)) }
    guard killers.count == 1 else {
      return findings + [Finding(patch.path, "needs one line '\(start)TARGET.SUITE'")]
    }
    if !tests.contains(where: { holds(killers[0], $0) }) {
      findings.append(Finding(patch.path, "is to be killed by \(killers[0]), which is no test"))
    }
    return findings
  }

  /// Whether a file declares the suite, and the function if one is named.
  private static func holds(_ killer: String, _ file: SourceFile) -> Bool {
    let parts = killer.split(separator: "/").map(String.init)
    let names = parts.first?.split(separator: ".").map(String.init) ?? []
    guard names.count == 2, parts.count <= 2, file.isIn("Tests/\(names[0])") else { return false }
    return file.text.contains("\nstruct \(names[1]) {")
      && (parts.count == 1 || file.text.contains("\n  func \(parts[1])("))
  }

  /// Patches that git would not apply to the tree as it is.
  static func stale(_ patches: [SourceFile], in root: URL) -> [Finding] {
    patches.filter { !applies($0.path, in: root) }
      .map { Finding($0.path, "no longer applies; Tests/mutants/README.md says what to do") }
  }

  private static func applies(_ path: String, in root: URL) -> Bool {
    let git = Process()
    git.executableURL = URL(filePath: "/usr/bin/env")
    git.arguments = ["git", "-C", root.path, "apply", "--check", path]
    // In a folder of somebody else's repository, git would apply nothing, and call that success.
    let above = root.deletingLastPathComponent().path
    git.environment = ProcessInfo.processInfo.environment
      .merging(["GIT_CEILING_DIRECTORIES": above]) { $1 }
    git.standardError = FileHandle.nullDevice
    guard (try? git.run()) != nil else { return false }
    git.waitUntilExit()
    return git.terminationStatus == 0
  }
}
