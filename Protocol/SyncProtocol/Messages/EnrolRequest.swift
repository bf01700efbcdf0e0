import Convergence

/// What a new device asks to be enrolled with (section 9.2).
public struct EnrolRequest: Hashable, Sendable {
  /// The secret half of the enrolment code.
  public let secret: [UInt8]

  /// The public key that the new replica made.
  public let key: PublicKey

  /// The device's name, for display.
  public let deviceName: String

  /// The new key's signature over secret and key: whoever asks holds the private half.
  public let signature: Signature

  /// Makes a request, signed by the new key.
  ///
  /// - Throws: ``ProtocolError`` if the cryptography library fails.
  public init(
    code: EnrolmentCode,
    key: SigningKey,
    deviceName: String
  ) throws(ProtocolError) {
    secret = code.secret
    self.key = key.publicKey
    self.deviceName = deviceName
    signature = try key.sign(Hash256(.enrol, code.secret, key.publicKey.bytes))
  }

  /// Reads a body and checks the signature.
  ///
  /// - Throws: ``ProtocolError`` `malformed` or `signature`.
  public init(body: [UInt8]) throws(ProtocolError) {
    guard body.count <= Limits.smallLineBytes else {
      throw ProtocolError(.tooLarge, "an enrolment is over \(Limits.smallLineBytes) bytes")
    }
    let members = try Members(StrictJSON.value(of: body), of: "enrolment")
    _ = try members.int("v", in: 1...1)
    guard let secret = Text64.decode(try members.string("secret")), secret.count == 10 else {
      throw members.mistyped("secret", "14 characters of base64url")
    }
    self.secret = secret
    key = try members.publicKey("key")
    deviceName = try members.string("device", atMost: Limits.nameBytes)
    guard !deviceName.isEmpty else { throw members.mistyped("device", "a name") }
    signature = try members.signature("sig")
    guard key.verifies(signature, of: Hash256(.enrol, secret, key.bytes)) else {
      throw ProtocolError(.signature, "the enrolment is not signed by the key it brings")
    }
  }

  /// The body.
  public var body: [UInt8] {
    JSONLine.object([
      ("v", .int(1)), ("secret", .string(Text64.encode(secret))), ("key", .string(key.text)),
      ("device", .string(deviceName)), ("sig", .string(signature.text)),
    ])
  }
}
