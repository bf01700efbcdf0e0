public import Convergence

/// Who a replica's key belongs to, signed by the server's identity or by an earlier replica of the
/// same person (section 2).
public struct Certificate: Hashable, Sendable {
  /// Whose key it is.
  public enum Holder: Hashable, Sendable {
    /// A person's replica on a device, with the names to show.
    case device(person: PersonID, deviceName: String)

    /// A server's own replica.
    case authority
  }

  /// The certified key.
  public let key: PublicKey

  /// The replica it speaks of; kept, since it is a hash of the key.
  public let replica: ReplicaID

  /// Whose it is.
  public let holder: Holder

  /// The person's or server's name, for display.
  public let name: String

  /// The issuer's key.
  public let issuer: PublicKey

  /// The issuer's clock, in milliseconds since 1970.
  public let clock: Int64

  /// Describes a certificate.
  public init(key: PublicKey, holder: Holder, name: String, issuer: PublicKey, clock: Int64) {
    self.key = key
    replica = key.replicaID
    self.holder = holder
    self.name = name
    self.issuer = issuer
    self.clock = clock
  }

  /// Who is the author of what the replica writes.
  public var person: PersonID {
    switch holder {
    case .device(let person, _): person
    case .authority: .authority
    }
  }

  /// The device's name, or nothing for a server.
  public var deviceName: String {
    switch holder {
    case .device(_, let deviceName): deviceName
    case .authority: ""
    }
  }
}

extension Certificate {
  /// Reads a certificate line.
  ///
  /// - Throws: ``ProtocolError`` `certificate`, naming the member.
  public init(line: [UInt8]) throws(ProtocolError) {
    do throws(ProtocolError) {
      try self.init(unchecked: line)
    } catch {
      throw ProtocolError(.certificate, error.message)
    }
  }

  private init(unchecked line: [UInt8]) throws(ProtocolError) {
    guard line.count <= Limits.smallLineBytes else {
      throw ProtocolError(.certificate, "a certificate is over \(Limits.smallLineBytes) bytes")
    }
    let members = try Members(StrictJSON.value(of: line), of: "certificate")
    _ = try members.int("v", in: 1...1)
    key = try members.publicKey("key")
    replica = key.replicaID
    issuer = try members.publicKey("by")
    clock = try members.int("t")
    name = try Self.name("name", in: members)
    switch try members.string("kind") {
    case "device":
      let person: PersonID = try members.identifier("person")
      guard person != .authority else { throw members.mistyped("person", "a person") }
      holder = .device(person: person, deviceName: try Self.name("device", in: members))
    case "authority":
      guard !members.has("person"), !members.has("device") else {
        throw ProtocolError(.certificate, "certificate: an authority has no person and no device")
      }
      holder = .authority
    default:
      throw members.mistyped("kind", "`device` or `authority`")
    }
  }

  private static func name(
    _ key: String,
    in members: Members
  ) throws(ProtocolError) -> String {
    let name = try members.string(key, atMost: Limits.nameBytes)
    guard !name.isEmpty else { throw members.mistyped(key, "a name") }
    return name
  }

  /// The line, as this program writes it.
  public var line: [UInt8] {
    var parts: [(String, Value)] = [("v", .int(1))]
    switch holder {
    case .device(let person, let deviceName):
      parts += [("kind", .string("device")), ("key", .string(key.text))]
      parts += [("person", .string(person.text)), ("name", .string(name))]
      parts += [("device", .string(deviceName))]
    case .authority:
      parts += [("kind", .string("authority")), ("key", .string(key.text))]
      parts += [("name", .string(name))]
    }
    parts += [("by", .string(issuer.text)), ("t", .int(clock))]
    return JSONLine.object(parts)
  }

  /// Signs the line as its issuer.
  ///
  /// - Throws: ``ProtocolError`` if the cryptography library fails.
  public func sealed(by issuer: SigningKey) throws(ProtocolError) -> SealedCertificate {
    let line = line
    return SealedCertificate(line: line, signature: try issuer.sign(Hash256(.certificate, line)))
  }
}
