/// A file fits a sitting, a function fits a screen.
enum LengthRule {
  static let linesOfFile = 400
  static let linesOfFunction = 70

  static func longFile(_ file: SourceFile) -> [Finding] {
    let count = file.text.split(separator: "\n", omittingEmptySubsequences: false).count
    let lines = file.text.hasSuffix("\n") ? count - 1 : count
    guard lines > linesOfFile else { return [] }
    return [Finding(file.path, "has \(lines) lines, more than \(linesOfFile)")]
  }

  static func longFunctions(_ file: SourceFile) -> [Finding] {
    let text = SwiftText(file.text)
    return bodies(in: text).compactMap { body in
      guard body.lines > linesOfFunction else { return nil }
      let problem = "a \(body.keyword) of \(body.lines) lines, more than \(linesOfFunction)"
      return Finding(file.path, line: body.line, problem)
    }
  }

  /// A function with a body: where it is declared, and how many lines its braces span.
  struct Body: Hashable {
    let keyword: String
    let line: Int
    let lines: Int
  }

  /// Finds every `func`, `init`, `deinit` and `subscript` that has a body, nested ones included.
  static func bodies(in text: SwiftText) -> [Body] {
    let tokens = Token.all(in: text.code)
    return tokens.indices.compactMap { index in
      let token = tokens[index]
      guard ["func", "init", "deinit", "subscript"].contains(token.text) else { return nil }
      // `self.init(…)` and `.init(…)` are calls.
      if index > 0, tokens[index - 1].text == "." { return nil }
      guard let open = openingBrace(after: index, in: tokens),
        let close = closingBrace(of: open, in: tokens)
      else { return nil }
      return Body(
        keyword: token.text,
        line: token.line,
        lines: tokens[close].line - tokens[open].line + 1
      )
    }
  }

  /// The brace that opens the body of the declaration at `index`; none for a protocol's requirement.
  private static func openingBrace(after index: Int, in tokens: [Token]) -> Int? {
    let next: Set<String> = [
      "}", "func", "init", "deinit", "subscript", "var", "let", "case", "static", "mutating",
      "public", "package", "internal", "private", "associatedtype", "typealias", "nonisolated",
      "struct", "enum", "class", "actor", "protocol", "extension",
    ]
    var parentheses = 0
    for (position, token) in tokens.enumerated().dropFirst(index + 1) {
      switch token.text {
      case "(": parentheses += 1
      case ")": parentheses -= 1
      case "{" where parentheses == 0: return position
      case let word where parentheses == 0 && next.contains(word): return nil
      default: continue
      }
      if parentheses < 0 { return nil }
    }
    return nil
  }

  private static func closingBrace(of open: Int, in tokens: [Token]) -> Int? {
    var depth = 0
    for (position, token) in tokens.enumerated().dropFirst(open) {
      if token.text == "{" { depth += 1 }
      if token.text == "}" { depth -= 1 }
      if depth == 0 { return position }
    }
    return nil
  }
}
