/// A word or a single other character of code, and the line it stands on.
struct Token: Hashable {
  let text: String
  let line: Int

  /// Cuts code, already free of comments and strings, into tokens.
  static func all(in code: [UInt8]) -> [Token] {
    var tokens: [Token] = []
    var line = 1
    var position = 0
    while position < code.count {
      let byte = code[position]
      var end = position + 1
      if isWord(byte) {
        while end < code.count, isWord(code[end]) { end += 1 }
      }
      if byte == UInt8(ascii: "\n") {
        line += 1
      } else if byte != UInt8(ascii: " ") {
        tokens.append(
          Token(text: String(decoding: code[position..<end], as: UTF8.self), line: line)
        )
      }
      position = end
    }
    return tokens
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 128...:
      true
    default: false
    }
  }
}
