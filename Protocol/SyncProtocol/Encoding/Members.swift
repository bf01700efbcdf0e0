public import Convergence

/// Reads the members of one object with their types, and says which one is wrong.
///
/// Every message, certificate and head is read through this one type, so that a missing or mistyped
/// member gives the same clear refusal everywhere.
public struct Members: Sendable {
  private let map: Value.Map
  private let subject: String

  /// Takes an object.
  ///
  /// - Parameters:
  ///   - value: What should be an object.
  ///   - subject: What it is called in an error, such as `certificate`.
  /// - Throws: ``ProtocolError`` `malformed` if it is no object.
  public init(_ value: Value, of subject: String) throws(ProtocolError) {
    guard case .map(let map) = value else {
      throw ProtocolError(.malformed, "\(subject): an object is expected")
    }
    self.map = map
    self.subject = subject
  }

  /// Whether a member is there.
  public func has(_ key: String) -> Bool { map[key] != nil }

  /// Any value.
  public func value(_ key: String) throws(ProtocolError) -> Value {
    guard let value = map[key] else { throw missing(key) }
    return value
  }

  /// A text within a length in bytes.
  public func string(_ key: String, atMost limit: Int = .max) throws(ProtocolError) -> String {
    guard let string = try value(key).string else { throw mistyped(key, "a text") }
    guard string.utf8.count <= limit else {
      throw ProtocolError(.malformed, "\(subject): `\(key)` is longer than \(limit) bytes")
    }
    return string
  }

  /// A whole number within a range.
  public func int(
    _ key: String,
    in range: ClosedRange<Int64> = -Limits.greatestInteger...Limits.greatestInteger
  ) throws(ProtocolError) -> Int64 {
    guard let int = try value(key).int else { throw mistyped(key, "a whole number") }
    guard range.contains(int) else {
      throw ProtocolError(.malformed, "\(subject): `\(key)` is out of range")
    }
    return int
  }

  /// A truth value.
  public func bool(_ key: String) throws(ProtocolError) -> Bool {
    guard let bool = try value(key).bool else { throw mistyped(key, "true or false") }
    return bool
  }

  /// The elements of an array.
  public func list(_ key: String) throws(ProtocolError) -> [Value] {
    guard let list = try value(key).list else { throw mistyped(key, "an array") }
    return list
  }

  /// A person, visit or replica.
  public func identifier<ID: Identifier>(
    _ key: String,
    as type: ID.Type = ID.self
  ) throws(ProtocolError) -> ID {
    guard let id = ID(text: try string(key)) else {
      throw mistyped(key, "22 characters of base64url")
    }
    return id
  }

  /// A hash.
  public func hash(_ key: String) throws(ProtocolError) -> Hash256 {
    guard let hash = Hash256(text: try string(key)) else {
      throw mistyped(key, "43 characters of base64url")
    }
    return hash
  }

  /// A public key.
  public func publicKey(_ key: String) throws(ProtocolError) -> PublicKey {
    guard let publicKey = PublicKey(text: try string(key)) else {
      throw mistyped(key, "a public key of 43 characters of base64url")
    }
    return publicKey
  }

  /// A signature.
  public func signature(_ key: String) throws(ProtocolError) -> Signature {
    guard let signature = Signature(text: try string(key)) else {
      throw mistyped(key, "a signature of 86 characters of base64url")
    }
    return signature
  }

  /// What a member of the wrong type is refused with.
  public func mistyped(_ key: String, _ expected: String) -> ProtocolError {
    ProtocolError(.malformed, "\(subject): `\(key)` should be \(expected)")
  }

  private func missing(_ key: String) -> ProtocolError {
    ProtocolError(.malformed, "\(subject): `\(key)` is missing")
  }
}
