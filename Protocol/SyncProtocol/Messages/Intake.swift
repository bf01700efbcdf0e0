public import Convergence

/// What a server knows of how much of a visit is in: an answer to "is everything in?".
///
/// Nobody can know what a device wrote that has not been heard of since. So there is a statement a
/// device, with what is held of it, what is known to exist, and when it last said that it had
/// nothing more; never one word for all.
public struct Intake: Hashable, Sendable {
  /// What is known of one device.
  public struct Device: Hashable, Sendable {
    /// How much of a device's work the server has.
    public enum State: Hashable, Sendable {
      /// At the time given (milliseconds since 1970, the server's clock) the device had nothing
      /// more; what it wrote since cannot be known.
      case complete(at: Int64)

      /// So many operations are known to exist that the server does not hold.
      case missing(Int64)

      /// The device never spoke of the visit.
      case unknown

      /// The state as a word for programs.
      public var word: String {
        switch self {
        case .complete: "complete"
        case .missing: "missing"
        case .unknown: "unknown"
        }
      }
    }

    /// The person who holds it.
    public let person: PersonID

    /// Its replica; `nil` for a person who has no device yet.
    public let replica: ReplicaID?

    /// Its name; empty for a person who has no device yet.
    public let name: String

    /// The counter of the last operation that the server holds of it, 0 for none.
    public let held: Int64

    /// The greatest counter of it that anybody proved or spoke of; at least ``held``.
    public let known: Int64

    /// When it last synced the visit, by the server's clock; `nil` for never.
    public let seen: Int64?

    /// States what is known of a device.
    public init(
      person: PersonID,
      replica: ReplicaID?,
      name: String,
      held: Int64,
      known: Int64,
      seen: Int64?
    ) {
      self.person = person
      self.replica = replica
      self.name = name
      self.held = held
      self.known = max(held, known)
      self.seen = seen
    }

    /// How much of its work the server has.
    public var state: State {
      // Both are counters of at least 0, and `known` is the greater.
      if known > held { return .missing(known - held) }
      return seen.map { .complete(at: $0) } ?? .unknown
    }
  }

  /// The visit.
  public let visit: VisitID

  /// The devices, by person, then replica.
  public let devices: [Device]

  /// Gathers what is known of a visit's devices.
  public init(visit: VisitID, devices: [Device]) {
    self.visit = visit
    self.devices = devices.sorted {
      $0.person == $1.person
        ? ($0.replica?.text ?? "") < ($1.replica?.text ?? "") : $0.person < $1.person
    }
  }

  /// Names what it says: a client that was told the same already is not told again.
  public var fingerprint: Bits128 { Hash256.plain(value.canonical).prefix }

  /// The value of an `intake` frame.
  public var value: Value {
    .object(["devices": .list(devices.map(\.value)), "visit": .string(visit.text)])
  }

  /// Reads the value of an `intake` frame.
  ///
  /// - Throws: ``ProtocolError`` `malformed`, naming the member.
  public init(_ value: Value) throws(ProtocolError) {
    let members = try Members(value, of: "intake")
    var devices: [Device] = []
    for element in try members.list("devices") { devices.append(try Device(element)) }
    self.init(visit: try members.identifier("visit"), devices: devices)
  }
}

extension Intake.Device {
  /// The device as an object; what is not known is absent.
  public var value: Value {
    var members: [Value.Map.Member] = [
      .init(key: "held", value: .int(held)), .init(key: "known", value: .int(known)),
      .init(key: "name", value: .string(name)), .init(key: "person", value: .string(person.text)),
    ]
    if let replica { members.append(.init(key: "replica", value: .string(replica.text))) }
    if let seen { members.append(.init(key: "seen", value: .int(seen))) }
    return Value.Map(members).map { .map($0) } ?? .object([:])
  }

  /// Reads a device.
  ///
  /// - Throws: ``ProtocolError`` `malformed`, naming the member.
  init(_ value: Value) throws(ProtocolError) {
    let members = try Members(value, of: "device")
    self.init(
      person: try members.identifier("person"),
      replica: members.has("replica") ? try members.identifier("replica") : nil,
      name: try members.string("name", atMost: Limits.nameBytes),
      held: try members.int("held", in: 0...Limits.greatestInteger),
      known: try members.int("known", in: 0...Limits.greatestInteger),
      seen: members.has("seen") ? try members.int("seen") : nil
    )
  }
}
