import Convergence
import Foundation
import SyncProtocol
import Testing

/// One conformance vector as a file holds it.
struct Vector: Sendable, CustomTestStringConvertible {
  /// The name of the file.
  let name: String

  /// What the file says.
  let value: Value

  var testDescription: String { name }

  /// Every vector of a kind, by name.
  static func all(_ kind: String) -> [Vector] {
    let folder = Repository.vectors.appendingPathComponent(kind, isDirectory: true)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().filter { $0.hasSuffix(".json") }.map { name in
      let data = (try? Data(contentsOf: folder.appendingPathComponent(name))) ?? Data()
      let value = try? JSONDecoder().decode(PlainJSON.self, from: data).value
      return Vector(name: "\(kind)/\(name)", value: value ?? .bool(false))
    }
  }

  subscript(key: String) -> Value? { value[key] }

  /// The text of a member.
  func string(_ key: String) throws -> String { try #require(value[key]?.string, "\(key)") }

  /// The truth value of a member.
  func bool(_ key: String) throws -> Bool {
    guard let bool = value[key]?.bool else { throw Missing(key: key) }
    return bool
  }

  /// A member that a vector should have.
  struct Missing: Error { let key: String }

  /// The bytes of a member in Text64.
  func bytes(_ key: String) throws -> [UInt8] {
    try #require(Text64.decode(try string(key)), "\(key)")
  }

  /// The public key of a member.
  func publicKey(_ key: String) throws -> PublicKey {
    try #require(PublicKey(text: try string(key)), "\(key)")
  }

  /// The signature of a member; one of the wrong length stands for one that signs nothing.
  func signature(_ key: String = "sig") throws -> Signature {
    try #require(Signature(text: try string(key)), "\(key)")
  }

  /// The sealed line of this object: `line` as text, or `bytes`.
  var line: [UInt8] { get throws { try Self.line(value) } }

  /// The sealed line of an object in a vector.
  static func line(_ value: Value) throws -> [UInt8] {
    if let text = value["line"]?.string { return Array(text.utf8) }
    return try #require(value["bytes"]?.string.flatMap { Text64.decode($0) })
  }
}

/// JSON as a file may hold it, free of the limits of the wire.
private struct PlainJSON: Decodable {
  let value: Value

  init(from decoder: any Decoder) throws {
    if let keyed = try? decoder.container(keyedBy: Key.self) {
      let members = try keyed.allKeys.map { key in
        Value.Map.Member(
          key: key.stringValue,
          value: try keyed.decode(PlainJSON.self, forKey: key).value
        )
      }
      value = Value.Map(members).map { .map($0) } ?? .bool(false)
    } else if var list = try? decoder.unkeyedContainer() {
      var values: [Value] = []
      while !list.isAtEnd { values.append(try list.decode(PlainJSON.self).value) }
      value = .list(values)
    } else {
      let single = try decoder.singleValueContainer()
      if let bool = try? single.decode(Bool.self) {
        value = .bool(bool)
      } else if let int = try? single.decode(Int64.self) {
        value = .int(int)
      } else {
        value = .string(try single.decode(String.self))
      }
    }
  }

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}
