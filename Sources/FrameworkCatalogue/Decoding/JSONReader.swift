/// Reads strict JSON: UTF-8, integers within ±(2^53−1), no null, ASCII names, no name twice.
///
/// By hand, because the system's readers accept what we do not: fractions, repeated names, any
/// depth. It is as fast as they are; decision 0001 has the measurements.
struct JSONReader {
  /// The largest document.
  static let maximumBytes = 8 << 20
  /// How deep values may lie in one another.
  static let maximumDepth = 8
  /// How many names an object may have.
  static let maximumMembers = 64

  /// Why a text is not strict JSON, and on which line.
  struct Fault: Error {
    let line: Int
    let reason: String
  }

  private let bytes: [UInt8]
  private var position = 0

  private init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The one value that a document holds.
  static func read(_ bytes: [UInt8]) throws(Fault) -> JSONValue {
    var reader = Self(bytes: bytes)
    let value = try reader.value(depth: 1)
    reader.skipSpace()
    guard reader.position == bytes.count else { throw reader.fault("something follows the end") }
    return value
  }

  private mutating func value(depth: Int) throws(Fault) -> JSONValue {
    guard depth <= Self.maximumDepth else { throw fault("values lie too deep in one another") }
    skipSpace()
    guard let first = peek else { throw fault("a value is missing") }
    switch first {
    case UInt8(ascii: "{"): return .object(try object(depth: depth))
    case UInt8(ascii: "["): return .array(try array(depth: depth))
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return .bool(try word("true", true))
    case UInt8(ascii: "f"): return .bool(try word("false", false))
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .integer(try integer())
    default: throw fault("a value is missing")
    }
  }

  private mutating func object(depth: Int) throws(Fault) -> [JSONMember] {
    position += 1
    var members: [JSONMember] = []
    skipSpace()
    if take(UInt8(ascii: "}")) { return members }
    repeat {
      skipSpace()
      let name = try string()
      guard name.utf8.allSatisfy({ $0 < 0x80 }) else { throw fault("a name is not ASCII") }
      guard !members.contains(where: { $0.name == name }) else {
        throw fault("the name \"\(name)\" stands twice")
      }
      guard members.count < Self.maximumMembers else { throw fault("an object has too many names") }
      skipSpace()
      guard take(UInt8(ascii: ":")) else { throw fault("a colon is missing") }
      members.append(JSONMember(name: name, value: try value(depth: depth + 1)))
      skipSpace()
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "}")) else { throw fault("a brace is missing") }
    return members
  }

  private mutating func array(depth: Int) throws(Fault) -> [JSONValue] {
    position += 1
    var values: [JSONValue] = []
    skipSpace()
    if take(UInt8(ascii: "]")) { return values }
    repeat {
      values.append(try value(depth: depth + 1))
      skipSpace()
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "]")) else { throw fault("a bracket is missing") }
    return values
  }

  private mutating func string() throws(Fault) -> String {
    guard take(UInt8(ascii: "\"")) else { throw fault("a quotation mark is missing") }
    let start = position
    while let byte = peek, byte != UInt8(ascii: "\"") {
      // Escapes are rare here; a text without one is taken over in one piece.
      guard byte != UInt8(ascii: "\\") else { return try escapedString(from: start) }
      guard byte >= 0x20 else { throw fault("a control character stands in a text") }
      position += 1
    }
    let end = position
    guard take(UInt8(ascii: "\"")) else { throw fault("a text does not end") }
    return try text(bytes[start..<end])
  }

  private mutating func escapedString(from start: Int) throws(Fault) -> String {
    var collected = Array(bytes[start..<position])
    while let byte = peek, byte != UInt8(ascii: "\"") {
      guard byte >= 0x20 else { throw fault("a control character stands in a text") }
      position += 1
      if byte == UInt8(ascii: "\\") {
        collected.append(contentsOf: String(try escape()).utf8)
      } else {
        collected.append(byte)
      }
    }
    guard take(UInt8(ascii: "\"")) else { throw fault("a text does not end") }
    return try text(collected[...])
  }

  private mutating func escape() throws(Fault) -> Unicode.Scalar {
    guard let letter = peek else { throw fault("a text does not end") }
    position += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(letter)
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "u"): return try unicodeEscape()
    default: throw fault("a backslash is followed by nothing known")
    }
  }

  private mutating func unicodeEscape() throws(Fault) -> Unicode.Scalar {
    let first = try hexadecimal()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard (0xD800...0xDBFF).contains(first), take(UInt8(ascii: "\\")), take(UInt8(ascii: "u"))
    else { throw fault("half a character stands in a text") }
    let second = try hexadecimal()
    let offset = UInt32(first & 0x3FF) << 10 | UInt32(second & 0x3FF)
    guard (0xDC00...0xDFFF).contains(second), let scalar = Unicode.Scalar(0x10000 + offset)
    else { throw fault("half a character stands in a text") }
    return scalar
  }

  private mutating func hexadecimal() throws(Fault) -> UInt16 {
    var number: UInt16 = 0
    for _ in 0..<4 {
      guard let byte = peek, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw fault("four hexadecimal digits are missing")
      }
      number = number << 4 | UInt16(digit)
      position += 1
    }
    return number
  }

  private mutating func integer() throws(Fault) -> Int {
    let start = position
    while let byte = peek, byte == UInt8(ascii: "-") || (48...57).contains(byte) { position += 1 }
    let digits = String(decoding: bytes[start..<position], as: UTF8.self)
    // The number must read back as it was written: no leading zero, no "-0", no inner minus.
    guard let number = Int(digits), String(number) == digits, number.magnitude < 1 << 53 else {
      throw fault("a number is malformed or beyond 2^53 - 1")
    }
    switch peek {
    case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
      throw fault("a number is not whole")
    default: return number
    }
  }

  private mutating func word(_ word: String, _ value: Bool) throws(Fault) -> Bool {
    for byte in word.utf8 {
      guard take(byte) else { throw fault("a value is missing") }
    }
    return value
  }

  private func text(_ slice: ArraySlice<UInt8>) throws(Fault) -> String {
    guard let text = String(validating: slice, as: UTF8.self) else {
      throw fault("a text is not UTF-8")
    }
    return text
  }

  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard peek == byte else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      position += 1
    }
  }

  private func fault(_ reason: String) -> Fault {
    Fault(line: bytes.prefix(position).count { $0 == 0x0A } + 1, reason: reason)
  }
}
