import Convergence
import SyncProtocol

/// The vectors of Swift origin about encodings, codes and enrolments.
enum EncodingVectors {
  static func all() throws -> [VectorFile] {
    try json() + text64() + codes() + enrolments()
  }

  private static func json() -> [VectorFile] {
    var kind = VectorKind("json")
    func add(_ slug: String, _ what: String, _ text: String) {
      let bytes = Array(text.utf8)
      let read = try? StrictJSON.value(of: bytes)
      var members: [(String, Value)] = [
        ("bytes", .string(Text64.encode(bytes))), ("ok", .bool(read != nil)),
      ]
      if let read { members.append(("canonical", .string(Text64.encode(read.canonical)))) }
      kind.add(slug, what, members)
    }
    add(
      "members-by-byte",
      "Members are sorted as bytes, capitals before small letters",
      #"{"a":1,"B":2,"aa":3,"A":4,"~":5,"!":6,"10":7,"9":8}"#
    )
    add(
      "escapes-undone",
      "An escape that need not be is undone in the canonical form",
      #""\u0041\/\u00e9\u2028\ud83d\ude00\u007f""#
    )
    add(
      "controls-escaped",
      "Every control character is written with four digits in lower case",
      #""\b\t\n\u000b\f\r\u001F\u0001""#
    )
    add(
      "space-between-all",
      "Space and tab may stand between any two tokens",
      "\t{ \"a\"\t: [ 1 ,\t-2 ] , \"b\" :{ } }  "
    )
    add("line-feed-between", "A line feed between tokens is malformed", "{\"a\":1,\n\"b\":2}")
    add(
      "eight-of-both-kinds",
      "Arrays and objects together nest 8 deep",
      #"{"a":[{"a":[{"a":[{"a":[]}]}]}]}"#
    )
    add(
      "nine-of-both-kinds",
      "Arrays and objects together do not nest 9 deep",
      #"{"a":[{"a":[{"a":[{"a":[{}]}]}]}]}"#
    )
    add(
      "key-twice-far-apart",
      "A key that stands twice is malformed, however far apart",
      #"{"a":1,"b":{"a":2},"c":3,"a":4}"#
    )
    add(
      "key-again-inside",
      "The same key in another object is another key",
      #"{"a":{"a":{"a":[{"a":1},{"a":2}]}}}"#
    )
    add(
      "composed-and-not",
      "Two texts that look alike are not made one",
      "[\"\u{E9}\",\"e\u{301}\"]"
    )
    add(
      "greatest-both-ways",
      "The greatest integers in both directions are read",
      "[9007199254740991,-9007199254740991,0,10]"
    )
    add("one-beyond", "One more than the greatest integer is malformed", "[9007199254740992]")
    return kind.files
  }

  private static func text64() -> [VectorFile] {
    var kind = VectorKind("text64")
    func add(_ slug: String, _ what: String, _ text: String) {
      let read = Text64.decode(text)
      var members: [(String, Value)] = [("text", .string(text)), ("ok", .bool(read != nil))]
      if let read { members.append(("bytes", .string(hexadecimal(read)))) }
      kind.add(slug, what, members)
    }
    add(
      "every-digit",
      "Every character has its value",
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    )
    add("a-replica", "22 characters are 16 bytes", Names.replica(1).text)
    add("spare-bits-set", "Spare bits must be zero, the least of them too", "AB")
    add("space-inside", "A space is no character of it", "AA AA")
    add("slash-and-plus", "The other alphabet of base64 is not read", "+/+/")
    return kind.files
  }

  private static func codes() throws -> [VectorFile] {
    var kind = VectorKind("codes")
    let identity = Names.identity.publicKey
    let secret = Array(Hash256.plain(Array("fieldbook vector swift secret".utf8)).bytes.prefix(10))
    guard let code = EnrolmentCode(secret: secret, fingerprint: identity.fingerprint) else {
      return []
    }
    func add(_ slug: String, _ what: String, _ typed: String) {
      let read = EnrolmentCode(text: typed)
      var members: [(String, Value)] = [("code", .string(typed)), ("ok", .bool(read != nil))]
      if let read {
        members += [
          ("secret", .string(hexadecimal(read.secret))),
          ("fingerprint", .string(hexadecimal(read.fingerprint))),
          ("written", .string(read.description)), ("identity", .string(identity.text)),
        ]
      }
      kind.add(slug, what, members)
    }
    let text = code.description
    add("as-printed", "A code is read as it was printed", text)
    add(
      "as-spoken",
      "Small letters, spaces and look-alikes are read",
      text.lowercased().replacing("-", with: "  ").replacing("1", with: "l").replacing(
        "0",
        with: "o"
      )
    )
    add(
      "long-s",
      "A letter that only becomes an S as a capital is none",
      "\u{17F}" + text.dropFirst()
    )
    add("underscore", "Nothing but hyphens and spaces is skipped", text.replacing("-", with: "_"))
    return kind.files
  }

  private static func enrolments() throws -> [VectorFile] {
    var kind = VectorKind("enrolments")
    let secret = [UInt8](11...20)
    let key = Names.key(3)
    let proof = Hash256(.enrol, secret, key.publicKey.bytes)
    let shifted = Hash256(.enrol, key.publicKey.bytes, secret)
    for (slug, what, hash, isGood) in [
      ("good", "The new key signs secret and key", proof, true),
      ("key-first", "The order is secret, then key", shifted, false),
    ] {
      kind.add(
        slug,
        what,
        [
          ("secret", .string(Text64.encode(secret))), ("key", .string(key.publicKey.text)),
          ("sig", .string(try key.sign(hash).text)), ("ok", .bool(isGood)),
        ]
      )
    }
    return kind.files
  }

  static func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }
}
