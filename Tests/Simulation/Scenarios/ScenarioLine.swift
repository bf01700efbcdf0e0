/// One line of a scenario as words, read from left to right.
///
/// Words are parted by spaces. A text stands in straight or curly double quotes; `\"` and `\\` inside
/// straight ones mean a quote and a backslash. `'s` behind a word is a word of its own, a comma too;
/// a colon is only for the eye.
struct ScenarioLine {
  /// A word, or a text in quotes.
  enum Token: Hashable {
    case word(String)
    case text(String)

    /// The token as it was written.
    var written: String {
      switch self {
      case .word(let word): word
      case .text(let text): "\"\(text)\""
      }
    }
  }

  let file: String
  let number: Int
  /// The line without the spaces around it.
  let source: String
  let isIndented: Bool
  private let tokens: [Token]
  private var position = 0

  /// Takes a line apart.
  ///
  /// - Throws: ``ScenarioError`` if a text is not closed.
  init(_ line: some StringProtocol, file: String, number: Int) throws(ScenarioError) {
    self.file = file
    self.number = number
    isIndented = line.first?.isWhitespace ?? false
    let characters = Array(line)
    var tokens: [Token] = []
    var word = ""
    var index = 0
    func endWord() {
      if !word.isEmpty { tokens += Self.parts(of: word) }
      word = ""
    }
    while index < characters.count {
      let character = characters[index]
      index += 1
      switch character {
      case "\"", "“":
        endWord()
        guard let text = Self.text(in: characters, from: &index, isCurly: character == "“") else {
          throw ScenarioError(
            file: file,
            line: number,
            "a text begins with \(character) and does not end; close it on the same line"
          )
        }
        tokens.append(.text(text))
      case ",":
        endWord()
        tokens.append(.word(","))
      case ":":
        endWord()
      case _ where character.isWhitespace:
        endWord()
      default:
        word.append(character)
      }
    }
    endWord()
    self.tokens = tokens
    source = String(line.drop { $0.isWhitespace })
  }

  private static func text(
    in characters: [Character],
    from index: inout Int,
    isCurly: Bool
  ) -> String? {
    var text = ""
    while index < characters.count {
      let character = characters[index]
      index += 1
      if character == (isCurly ? "”" : "\"") { return text }
      if !isCurly, character == "\\", index < characters.count {
        text.append(characters[index])
        index += 1
      } else {
        text.append(character)
      }
    }
    return nil
  }

  private static func parts(of word: String) -> [Token] {
    for ending in ["'s", "’s"] where word.hasSuffix(ending) && word.count > 2 {
      return [.word(String(word.dropLast(2))), .word("'s")]
    }
    return [.word(word)]
  }

  /// Whether nothing is left.
  var isAtEnd: Bool { position >= tokens.count }

  /// Whether the line holds nothing at all, or only a remark.
  var isEmpty: Bool { tokens.isEmpty || tokens.first?.written.hasPrefix("#") == true }

  /// The next word or text, which stays where it is.
  var next: Token? { isAtEnd ? nil : tokens[position] }

  /// Where the reading stands, to come back to.
  var place: Int {
    get { position }
    set { position = max(0, min(newValue, tokens.count)) }
  }

  /// What is left, as it was written.
  var rest: String {
    tokens[min(position, tokens.count)...].map(\.written).joined(separator: " ")
  }

  /// Refuses the line.
  func refused(_ message: String) -> ScenarioError {
    ScenarioError(file: file, line: number, message)
  }

  /// What stands where the reading is, for a message.
  var found: String { next.map { "\"\($0.written)\"" } ?? "the end of the line" }

  /// Reads some words if exactly they come next.
  mutating func take(_ words: String) -> Bool {
    let wanted = words.split(separator: " ").flatMap { Self.parts(of: String($0)) }
    guard tokens[min(position, tokens.count)...].starts(with: wanted) else { return false }
    position += wanted.count
    return true
  }

  /// Reads words that have to come next.
  mutating func need(_ words: String, _ example: String) throws(ScenarioError) {
    guard take(words) else {
      throw refused("\(found) stands where \"\(words)\" belongs. Write: \(example)")
    }
  }

  /// Reads any word.
  mutating func word() -> String? {
    guard case .word(let word) = next else { return nil }
    position += 1
    return word
  }

  /// Reads a text in quotes, if one comes next.
  mutating func text() -> String? {
    guard case .text(let text) = next else { return nil }
    position += 1
    return text
  }

  /// Reads a text that has to come next.
  mutating func needText(_ what: String) throws(ScenarioError) -> String {
    guard let text = text() else {
      throw refused("\(found) stands where \(what) belongs. Write it in quotes: \"…\"")
    }
    return text
  }

  /// Reads a number that has to come next.
  mutating func needNumber(_ what: String) throws(ScenarioError) -> Int {
    guard let number = next.flatMap({ Int($0.written) }), (0...1_000_000).contains(number) else {
      throw refused("\(found) stands where \(what) belongs. Write a number such as 2")
    }
    position += 1
    return number
  }

  /// Reads one of some words; "not met" counts as "not-met" where that is one of them.
  mutating func needOne<Value>(
    of values: [(name: String, value: Value)],
    _ what: String
  ) throws(ScenarioError) -> Value {
    for value in values where take(value.name) { return value.value }
    for value in values where take(value.name.split(separator: "-").joined(separator: " ")) {
      return value.value
    }
    let names = values.map(\.name).joined(separator: ", ")
    throw refused("\(found) stands where \(what) belongs. Write one of: \(names)")
  }

  /// Reads one of the words of a vocabulary.
  mutating func needOne<Value: CaseIterable & RawRepresentable<String>>(
    of type: Value.Type,
    _ what: String
  ) throws(ScenarioError) -> Value {
    // Longer names first, so that none is taken for the beginning of another.
    let sorted = type.allCases.sorted { $0.rawValue.count > $1.rawValue.count }
    return try needOne(of: sorted.map { ($0.rawValue, $0) }, what)
  }

  /// Refuses what is left over.
  func needEnd() throws(ScenarioError) {
    guard isAtEnd else { throw refused("the line goes on with \(found), which means nothing here") }
  }
}
