/// Where things live: the top of the tree, decision records and scripts.
enum LayoutRule {
  /// All that stands at the top, beside dot-files.
  static let top: Set<String> = [
    "Client", "Package.swift", "Protocol", "README.md", "Server", "Sources", "Tests",
  ]

  /// The commands that the documents name, from the top of the tree.
  static let commands = [
    ".ci/run", "Client/demo", "Tests/mutants/run", "Tests/run", "Tests/soak",
  ]

  static func strangersAtTop(_ paths: [String]) -> [Finding] {
    let names = Set(paths.compactMap { $0.split(separator: "/").first.map(String.init) })
    return names.filter { !top.contains($0) && !$0.hasPrefix(".") }.sorted()
      .map { Finding($0, "does not belong at the top of the tree") }
  }

  static func missingAtTop(_ paths: [String]) -> [Finding] {
    top.filter { name in !paths.contains { $0 == name || $0.hasPrefix(name + "/") } }.sorted()
      .map { Finding($0, "is missing") }
  }

  /// A script says which program runs it and may be run; what may be run is a script.
  static func scripts(_ file: SourceFile) -> [Finding] {
    let isScript = file.text.hasPrefix("#!")
    if isScript, !file.isExecutable { return [Finding(file.path, "is a script without its x bit")] }
    if !isScript, file.isExecutable { return [Finding(file.path, "has an x bit but no #! line")] }
    if commands.contains(file.path) || file.path.hasSuffix(".sh"),
      !file.text.contains("\nset -euo pipefail\n")
    {
      return [Finding(file.path, "does not stop at the first error: set -euo pipefail")]
    }
    return []
  }

  /// Records in a `Decisions` folder are numbered from 0001 without gap or repetition, named by
  /// their claim in kebab-case, and titled.
  static func decisions(_ files: [SourceFile]) -> [Finding] {
    var findings: [Finding] = []
    var numbers: [String: [Int]] = [:]
    for file in files where file.folder.hasSuffix("/Decisions") {
      guard let number = number(ofRecord: file.name) else {
        findings.append(Finding(file.path, "is not named 0001-like-the-claim-it-makes.md"))
        continue
      }
      numbers[file.folder, default: []].append(number)
      if !file.text.hasPrefix("# ") {
        findings.append(Finding(file.path, "does not start with its claim as a title"))
      }
    }
    for (folder, found) in numbers.sorted(by: { $0.key < $1.key })
    where found.sorted() != Array(1...found.count) {
      let listed = found.sorted().map(String.init).joined(separator: ", ")
      findings.append(Finding(folder, "numbers its records \(listed), not 1 to \(found.count)"))
    }
    return findings
  }

  private static func number(ofRecord name: String) -> Int? {
    guard name.hasSuffix(".md") else { return nil }
    let words = name.dropLast(3).split(separator: "-", omittingEmptySubsequences: false)
    guard let first = words.first, first.utf8.count == 4, words.count >= 4 else { return nil }
    let isKebab = words.allSatisfy { word in
      !word.isEmpty && word.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber) }
    }
    return isKebab ? Int(first) : nil
  }
}
