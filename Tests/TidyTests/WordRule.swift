/// Words that must not stand in the source, each with the reason and the way out.
enum WordRule {
  struct Word: Sendable {
    let text: String
    let instead: String
    /// What makes the word innocent, when it stands on the same line.
    let unless: String?

    init(_ text: String, _ instead: String, unless: String? = nil) {
      self.text = text
      self.instead = instead
      self.unless = unless
    }
  }

  /// Nothing that we ship traps on purpose or steps around the compiler's checks.
  static let unsafe = [
    Word("fatalError", "throw, or state the invariant as a precondition"),
    Word("try!", "let the error pass to who can act on it"),
    Word("as!", "make the cast optional and handle nil"),
    Word("@unchecked Sendable", "make it a value, an actor or a Mutex"),
    Word("nonisolated(unsafe)", "make it a value, an actor or a Mutex"),
    Word("Task.detached", "use a task group, so that somebody waits for it"),
  ]

  /// Only an executable may ask what time it is or roll a die; below it both are passed in.
  static let clockAndChance = [
    Word("Date()", "take the time as a parameter"),
    Word("Date.now", "take the time as a parameter"),
    Word("ContinuousClock.now", "take a clock as a parameter"),
    Word("SuspendingClock.now", "take a clock as a parameter"),
    Word("clock_gettime", "take the time as a parameter"),
    Word("gettimeofday", "take the time as a parameter"),
    Word("UUID()", "take the identity as a parameter"),
    Word(".random(", "take a generator as a parameter", unless: "using:"),
    Word(".randomElement()", "take a generator as a parameter"),
    Word(".shuffled()", "take a generator as a parameter"),
    Word(".shuffle()", "take a generator as a parameter"),
    Word("SystemRandomNumberGenerator", "take a generator as a parameter"),
  ]

  /// Tests run in release too, and see what a neighbour sees.
  static let everywhere = [
    Word("@testable", "give what the test needs `package` access")
  ]

  /// A test that waits is slow on a fast machine and wrong on a slow one.
  static let waiting = [
    Word("Task.sleep", "wait for the event itself"),
    Word("Thread.sleep", "wait for the event itself"),
    Word("usleep(", "wait for the event itself"),
  ]

  /// Marks of unfinished work, in any text file; spelt apart, so that this line is not one.
  static let unfinished = ["TO" + "DO", "FIX" + "ME", "X" + "XX"].map {
    Word($0, "finish it, or file an issue")
  }

  /// Looks in the code of a Swift file, not in its comments and strings.
  static func findings(in file: SourceFile, words: [Word]) -> [Finding] {
    findings(at: file.path, lines: SwiftText(file.text).lines, words: words)
  }

  /// Looks everywhere in a file of any kind.
  static func findingsInText(of file: SourceFile, words: [Word]) -> [Finding] {
    // Searching the whole text first spares most files the splitting.
    let present = words.filter { file.text.contains($0.text) }
    if present.isEmpty { return [] }
    let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      .map { (number: $0.offset + 1, text: String($0.element)) }
    return findings(at: file.path, lines: lines, words: present)
  }

  private static func findings(
    at path: String,
    lines: [(number: Int, text: String)],
    words: [Word]
  ) -> [Finding] {
    lines.flatMap { line in
      words.filter { word in
        let isInnocent = word.unless.map { line.text.contains($0) } ?? false
        return !isInnocent && stands(word.text, in: line.text)
      }.map { word in
        Finding(path, line: line.number, "says \(word.text): \(word.instead)")
      }
    }
  }

  /// Whether `word` stands in `line` without being part of a longer word.
  private static func stands(_ word: String, in line: String) -> Bool {
    line.ranges(of: word).contains { range in
      let before = line[..<range.lowerBound].last
      let after = line[range.upperBound...].first
      return !(isPartOfName(word.first) && isPartOfName(before))
        && !(isPartOfName(word.last) && isPartOfName(after))
    }
  }

  private static func isPartOfName(_ character: Character?) -> Bool {
    guard let character else { return false }
    return character.isLetter || character.isNumber || character == "_"
  }
}
