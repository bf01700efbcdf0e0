/// A file of what we ship holds one type of general interest, and is named for it.
enum NameRule {
  private static let kinds: Set<String> = ["struct", "enum", "class", "actor", "protocol"]

  /// Finds a file without the type of its name, and other types beside it that are not private.
  ///
  /// `Type.swift` declares or extends `Type`, `Type+Topic.swift` extends it.
  static func findings(in file: SourceFile) -> [Finding] {
    if file.name == "main.swift" { return [] }
    let named = String(file.name.dropLast(".swift".count).prefix { $0 != "+" })
    let declarations = topLevelTypes(in: SwiftText(file.text))
    var findings: [Finding] = []
    if !declarations.contains(where: { $0.name == named }) {
      findings.append(Finding(file.path, "declares and extends no type named \(named)"))
    }
    for type in declarations where !type.isExtension && !type.isPrivate && type.name != named {
      let problem = "declares \(type.name), which deserves a file of its own"
      findings.append(Finding(file.path, line: type.line, problem))
    }
    return findings
  }

  struct Declaration: Hashable {
    let name: String
    let line: Int
    let isExtension: Bool
    let isPrivate: Bool
  }

  static func topLevelTypes(in text: SwiftText) -> [Declaration] {
    let tokens = Token.all(in: text.code)
    var declarations: [Declaration] = []
    var depth = 0
    for (index, token) in tokens.enumerated() {
      if token.text == "{" { depth += 1 }
      if token.text == "}" { depth -= 1 }
      let isExtension = token.text == "extension"
      let declares = isExtension || kinds.contains(token.text) || token.text == "typealias"
      guard depth == 0, declares, index + 1 < tokens.count else { continue }
      // `import struct Module.Name` declares nothing.
      let before = index > 0 ? tokens[index - 1].text : ""
      if before == "import" { continue }
      // An extension of `Outer.Inner` counts for both.
      let names = qualifiedName(from: index + 1, in: tokens)
      for name in names {
        declarations.append(
          Declaration(
            name: name,
            line: token.line,
            isExtension: isExtension,
            isPrivate: before == "private" || before == "fileprivate"
          )
        )
      }
    }
    return declarations
  }

  private static func qualifiedName(from index: Int, in tokens: [Token]) -> [String] {
    var names = [tokens[index].text]
    var next = index + 1
    while next + 1 < tokens.count, tokens[next].text == "." {
      names.append(tokens[next + 1].text)
      next += 2
    }
    return names
  }
}
