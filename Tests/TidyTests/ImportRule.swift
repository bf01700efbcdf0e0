/// A file imports only what the table, or for a test its target in the manifest, allows.
enum ImportRule {
  static func findings(in file: SourceFile, allowed: Set<String>) -> [Finding] {
    var findings: [Finding] = []
    var lastDirective = ""
    for (number, text) in SwiftText(file.text).lines {
      let words = text.split { $0.isWhitespace || $0 == ";" }
      if let directive = words.first, directive.hasPrefix("#") { lastDirective = text }
      for module in imports(words) + conditions(text) where !allowed.contains(module) {
        let isFallback =
          module == "Foundation" && allowed.contains("FoundationEssentials")
          && lastDirective.contains("#else")
        if isFallback { continue }
        findings.append(Finding(file.path, line: number, "may not import \(module)"))
      }
    }
    return findings
  }

  /// The modules named by `import` declarations on a line, whatever stands before and after.
  private static func imports(_ words: [Substring]) -> [String] {
    let kinds: Set<Substring> = [
      "struct", "class", "enum", "protocol", "func", "var", "let", "typealias",
    ]
    let modifiers: Set<Substring> = ["public", "package", "internal", "fileprivate", "private"]
    let rest = words.drop { $0.hasPrefix("@") || modifiers.contains($0) }
    guard rest.first == "import" else { return [] }
    let names = rest.dropFirst().drop { kinds.contains($0) }
    guard let path = names.first, let module = path.split(separator: ".").first else { return [] }
    // A second declaration after a semicolon.
    return [String(module)] + imports(Array(names.dropFirst()))
  }

  /// The modules that `#if canImport(…)` asks about: to ask is to mean to import.
  private static func conditions(_ line: String) -> [String] {
    line.split(separator: "canImport(").dropFirst()
      .map { $0.prefix { $0 != ")" && $0 != "," && $0 != "." }.filter { !$0.isWhitespace } }
  }
}
