/// Swift source with everything that is not code blanked out.
///
/// Comments and string literals become spaces, so that a rule about code never trips over prose;
/// newlines stay, so that lines keep their numbers; code inside an interpolation stays code.
struct SwiftText {
  /// The source, byte for byte as long as it was.
  let code: [UInt8]
  /// What the reader could not make sense of, if anything: then no rule about the file means much.
  let problem: String?

  init(_ source: String) {
    var reader = Reader(source: Array(source.utf8))
    reader.readAll()
    code = reader.code
    problem = reader.problem
  }

  /// The lines of code, numbered from 1.
  var lines: [(number: Int, text: String)] {
    code.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated()
      .map { (number: $0.offset + 1, text: String(decoding: $0.element, as: UTF8.self)) }
  }

  /// The number of the line that holds the byte at `offset`.
  func line(at offset: Int) -> Int {
    code[..<offset].count { $0 == UInt8(ascii: "\n") } + 1
  }
}

extension SwiftText {
  private enum Context {
    case code
    /// Code inside `\(`, up to the parenthesis that closes it.
    case interpolation(open: Int)
    case string(hashes: Int, quotes: Int)
  }

  private struct Reader {
    let source: [UInt8]
    var code: [UInt8] = []
    var problem: String?
    private var position = 0
    private var contexts: [Context] = [.code]
    private var braces = 0

    init(source: [UInt8]) {
      self.source = source
      code.reserveCapacity(source.count)
    }

    mutating func readAll() {
      while position < source.count {
        switch contexts.last ?? .code {
        case .code, .interpolation: readCode()
        case .string(let hashes, let quotes): readString(hashes: hashes, quotes: quotes)
        }
      }
      if contexts.count != 1 { problem = "a string literal does not end" }
      if braces != 0 { problem = "braces do not balance" }
    }

    private func sees(_ first: Character, _ second: Character? = nil, at offset: Int = 0) -> Bool {
      let start = position + offset
      guard start < source.count, source[start] == first.asciiValue else { return false }
      guard let second else { return true }
      return start + 1 < source.count && source[start + 1] == second.asciiValue
    }

    private func run(of byte: UInt8, from start: Int) -> Int {
      guard start < source.count else { return 0 }
      return source[start...].prefix { $0 == byte }.count
    }

    private mutating func keep(_ count: Int = 1) {
      let end = min(position + count, source.count)
      code += source[position..<end]
      position = end
    }

    private mutating func blank(_ count: Int = 1) {
      let end = min(position + count, source.count)
      for byte in source[position..<end] {
        code.append(byte == UInt8(ascii: "\n") ? byte : UInt8(ascii: " "))
      }
      position = end
    }

    private mutating func readCode() {
      if sees("/", "/") {
        blank(source[position...].prefix { $0 != UInt8(ascii: "\n") }.count)
      } else if sees("/", "*") {
        readBlockComment()
      } else if let (hashes, quotes) = openingDelimiter() {
        blank(hashes + quotes)
        contexts.append(.string(hashes: hashes, quotes: quotes))
      } else {
        countBrackets()
        keep()
      }
    }

    private mutating func countBrackets() {
      switch source[position] {
      case UInt8(ascii: "{"): braces += 1
      case UInt8(ascii: "}"): braces -= 1
      case UInt8(ascii: "("):
        if case .interpolation(let open) = contexts.last {
          contexts[contexts.count - 1] = .interpolation(open: open + 1)
        }
      case UInt8(ascii: ")"):
        guard case .interpolation(let open) = contexts.last else { return }
        if open == 1 {
          contexts.removeLast()
        } else {
          contexts[contexts.count - 1] = .interpolation(open: open - 1)
        }
      default: break
      }
    }

    private func openingDelimiter() -> (hashes: Int, quotes: Int)? {
      let hashes = run(of: UInt8(ascii: "#"), from: position)
      let quotes = run(of: UInt8(ascii: "\""), from: position + hashes)
      guard quotes > 0 else { return nil }
      let isMultiline = quotes >= 3 && !endsOnItsLine(hashes: hashes)
      return (hashes, isMultiline ? 3 : 1)
    }

    /// Whether a literal like `#""""#`, two quotes between raw delimiters, only looks multiline.
    private func endsOnItsLine(hashes: Int) -> Bool {
      guard hashes > 0 else { return false }
      let inside = position + hashes + 1
      let line = source[inside...].prefix { $0 != UInt8(ascii: "\n") }
      return line.indices.contains { index in
        line[index] == UInt8(ascii: "\"") && run(of: UInt8(ascii: "#"), from: index + 1) >= hashes
      }
    }

    private mutating func readString(hashes: Int, quotes: Int) {
      if sees("\\"), run(of: UInt8(ascii: "#"), from: position + 1) >= hashes {
        let isInterpolation = sees("(", at: 1 + hashes)
        blank(1 + hashes)
        if isInterpolation {
          keep()
          contexts.append(.interpolation(open: 1))
        } else {
          blank()
        }
      } else if run(of: UInt8(ascii: "\""), from: position) >= quotes,
        run(of: UInt8(ascii: "#"), from: position + quotes) >= hashes
      {
        blank(quotes + hashes)
        contexts.removeLast()
      } else if quotes == 1, sees("\n") {
        problem = "a string literal does not end"
        contexts.removeLast()
      } else {
        blank()
      }
    }

    private mutating func readBlockComment() {
      var depth = 0
      repeat {
        if sees("/", "*") {
          depth += 1
          blank(2)
        } else if sees("*", "/") {
          depth -= 1
          blank(2)
        } else {
          blank()
        }
      } while depth > 0 && position < source.count
      if depth > 0 { problem = "a comment does not end" }
    }
  }
}
