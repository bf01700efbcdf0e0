public import Convergence

/// Reads strict JSON (section 1.2) from bytes: total, bounded in depth, without recursion on
/// hostile input beyond ``Limits/nesting``.
///
/// RFC 8259 leaves open what a reader does with duplicate keys, large numbers and lone surrogates;
/// two readers that differ there would see two different operations under one signature. So all of
/// them are refused here.
public struct StrictJSON {
  private let bytes: [UInt8]
  private var index: Int
  private var depth = 0

  /// Reads one value that fills the bytes.
  ///
  /// - Throws: ``ProtocolError`` `malformed`, naming the byte.
  /// - Complexity: O(*n*), times the members of an object for the check of its keys.
  public static func value(of bytes: [UInt8]) throws(ProtocolError) -> Value {
    var reader = StrictJSON(bytes)
    let value = try reader.value()
    try reader.end()
    return value
  }

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    index = 0
  }

  /// The offset of the next byte.
  package var offset: Int { index }

  package mutating func end() throws(ProtocolError) {
    skipSpace()
    guard index == bytes.count else { throw malformed("there is more behind the value") }
  }

  package mutating func value() throws(ProtocolError) -> Value {
    skipSpace()
    guard index < bytes.count else { throw malformed("the text ends where a value should be") }
    switch bytes[index] {
    case UInt8(ascii: "{"): return .map(try map())
    case UInt8(ascii: "["): return .list(try list())
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"):
      try literal("true")
      return .bool(true)
    case UInt8(ascii: "f"):
      try literal("false")
      return .bool(false)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .int(try integer())
    default: throw malformed("no value may start like this")
    }
  }

  /// Reads an object whose members the caller takes one by one.
  package mutating func members(
    _ take: (inout StrictJSON, String) throws(ProtocolError) -> Void
  ) throws(ProtocolError) {
    try open(UInt8(ascii: "{"))
    skipSpace()
    if next(is: UInt8(ascii: "}")) {
      depth -= 1
      return
    }
    while true {
      skipSpace()
      let key = try key()
      skipSpace()
      guard next(is: UInt8(ascii: ":")) else { throw malformed("a colon is missing") }
      try take(&self, key)
      skipSpace()
      if next(is: UInt8(ascii: ",")) { continue }
      guard next(is: UInt8(ascii: "}")) else { throw malformed("an object does not end") }
      depth -= 1
      return
    }
  }

  /// Reads an array whose elements the caller takes one by one.
  package mutating func elements(
    _ take: (inout StrictJSON) throws(ProtocolError) -> Void
  ) throws(ProtocolError) {
    try open(UInt8(ascii: "["))
    skipSpace()
    if next(is: UInt8(ascii: "]")) {
      depth -= 1
      return
    }
    while true {
      try take(&self)
      skipSpace()
      if next(is: UInt8(ascii: ",")) { continue }
      guard next(is: UInt8(ascii: "]")) else { throw malformed("an array does not end") }
      depth -= 1
      return
    }
  }

  /// Passes over space to where the next value starts.
  package mutating func skipSpace() {
    while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x09 {
      index += 1
    }
  }

  package func malformed(_ what: String) -> ProtocolError {
    ProtocolError(.malformed, "\(what) (byte \(index))")
  }

  private mutating func open(_ bracket: UInt8) throws(ProtocolError) {
    skipSpace()
    guard next(is: bracket) else {
      throw malformed(bracket == UInt8(ascii: "{") ? "an object is missing" : "an array is missing")
    }
    depth += 1
    guard depth <= Limits.nesting else {
      throw malformed("arrays and objects nest deeper than \(Limits.nesting)")
    }
  }

  private mutating func map() throws(ProtocolError) -> Value.Map {
    var members: [Value.Map.Member] = []
    try self.members { (reader, key) throws(ProtocolError) in
      members.append(Value.Map.Member(key: key, value: try reader.value()))
    }
    guard let map = Value.Map(members) else { throw malformed("an object has a key twice") }
    return map
  }

  private mutating func list() throws(ProtocolError) -> [Value] {
    var list: [Value] = []
    try elements { (reader) throws(ProtocolError) in list.append(try reader.value()) }
    return list
  }

  private mutating func key() throws(ProtocolError) -> String {
    let key = try string()
    guard (1...64).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
    else { throw malformed("a key is not 1 to 64 characters of printable ASCII") }
    return key
  }

  private mutating func next(is byte: UInt8) -> Bool {
    guard index < bytes.count, bytes[index] == byte else { return false }
    index += 1
    return true
  }

  private mutating func literal(_ word: StaticString) throws(ProtocolError) {
    for byte in word.description.utf8 {
      guard next(is: byte) else { throw malformed("no value may start like this") }
    }
  }

  private mutating func integer() throws(ProtocolError) -> Int64 {
    let isNegative = next(is: UInt8(ascii: "-"))
    let start = index
    var magnitude: Int64 = 0
    while index < bytes.count, (48...57).contains(bytes[index]) {
      // Sixteen digits hold every allowed number and cannot overflow.
      guard index - start < 16 else { throw malformed("a number is beyond 2^53 - 1") }
      magnitude = magnitude * 10 + Int64(bytes[index] - 48)
      index += 1
    }
    let digits = index - start
    guard digits > 0 else { throw malformed("a number has no digits") }
    guard digits == 1 || bytes[start] != 48 else { throw malformed("a number starts with 0") }
    guard !(isNegative && magnitude == 0) else { throw malformed("minus zero is no number here") }
    guard magnitude <= Limits.greatestInteger else {
      throw malformed("a number is beyond 2^53 - 1")
    }
    if index < bytes.count, [0x2E, 0x45, 0x65].contains(bytes[index]) {
      throw malformed("a number has a fraction or an exponent")
    }
    return isNegative ? -magnitude : magnitude
  }

  private mutating func string() throws(ProtocolError) -> String {
    guard next(is: UInt8(ascii: "\"")) else { throw malformed("a string is missing") }
    let start = index
    var isASCII = true
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\"") {
        defer { index += 1 }
        // ASCII needs no validation, and nearly every string of a log is ASCII.
        if isASCII { return String(decoding: bytes[start..<index], as: UTF8.self) }
        guard let text = String(validating: bytes[start..<index], as: UTF8.self) else {
          throw malformed("a string is not valid UTF-8")
        }
        return text
      }
      if byte >= 0x80 { isASCII = false }
      if byte == UInt8(ascii: "\\") { return try escapedString(from: start) }
      guard byte >= 0x20 else { throw malformed("a string holds a raw control character") }
      index += 1
    }
    throw malformed("a string does not end")
  }

  private mutating func escapedString(from start: Int) throws(ProtocolError) -> String {
    var content = Array(bytes[start..<index])
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: content, as: UTF8.self) else {
          throw malformed("a string is not valid UTF-8")
        }
        return text
      case UInt8(ascii: "\\"):
        try escape(into: &content)
      case 0..<0x20:
        throw malformed("a string holds a raw control character")
      default:
        content.append(byte)
      }
    }
    throw malformed("a string does not end")
  }

  private mutating func escape(into content: inout [UInt8]) throws(ProtocolError) {
    guard index < bytes.count else { throw malformed("a string does not end") }
    let letter = bytes[index]
    index += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(letter)
    case UInt8(ascii: "b"): content.append(0x08)
    case UInt8(ascii: "f"): content.append(0x0C)
    case UInt8(ascii: "n"): content.append(0x0A)
    case UInt8(ascii: "r"): content.append(0x0D)
    case UInt8(ascii: "t"): content.append(0x09)
    case UInt8(ascii: "u"):
      var code = UInt32(try hexadecimal())
      if (0xD800...0xDBFF).contains(code) {
        guard next(is: UInt8(ascii: "\\")), next(is: UInt8(ascii: "u")) else {
          throw malformed("a surrogate stands alone")
        }
        let low = UInt32(try hexadecimal())
        guard (0xDC00...0xDFFF).contains(low) else { throw malformed("a surrogate stands alone") }
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)
      }
      guard code != 0 else { throw malformed("a string holds U+0000") }
      guard let scalar = Unicode.Scalar(code) else { throw malformed("a surrogate stands alone") }
      content.append(contentsOf: UTF8.encode(scalar).map { Array($0) } ?? [])
    default:
      throw malformed("an unknown escape")
    }
  }

  private mutating func hexadecimal() throws(ProtocolError) -> UInt16 {
    var code: UInt16 = 0
    for _ in 0..<4 {
      guard index < bytes.count, let digit = Character(Unicode.Scalar(bytes[index])).hexDigitValue,
        bytes[index] < 0x80
      else { throw malformed("an escape without four hexadecimal digits") }
      code = (code << 4) | UInt16(truncatingIfNeeded: digit)
      index += 1
    }
    return code
  }
}
