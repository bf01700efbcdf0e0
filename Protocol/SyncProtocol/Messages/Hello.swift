public import Convergence

/// What a client says first: what it speaks, what its clock shows, how far it has read.
public struct Hello: Hashable, Sendable {
  /// How far a client has read one visit.
  public struct Progress: Hashable, Sendable {
    /// The visit.
    public let visit: VisitID

    /// The cursor; `nil` before the first page.
    public let cursor: Cursor?

    /// The digest at the cursor; `nil` before the first page.
    public let digest: Hash256?

    /// The fingerprint of the ``Intake`` that the client was told last; `nil` if it was told none.
    public let intake: Bits128?

    /// Describes how far a client has read.
    public init(visit: VisitID, cursor: Cursor?, digest: Hash256?, intake: Bits128? = nil) {
      self.visit = visit
      self.cursor = cursor
      self.digest = digest
      self.intake = intake
    }
  }

  /// A stream of which the client holds more than the server is known to have.
  public struct Outbound: Hashable, Sendable {
    /// The visit.
    public let visit: VisitID

    /// Whose stream.
    public let replica: ReplicaID

    /// The counter of its last operation, at least 1.
    public let lastCounter: Int64

    /// Describes what a client is about to bring.
    public init(visit: VisitID, replica: ReplicaID, lastCounter: Int64) {
      self.visit = visit
      self.replica = replica
      self.lastCounter = lastCounter
    }
  }

  /// The client program and its version, for the server's log.
  public let client: String

  /// The model version it interprets.
  public let model: Int64

  /// Its clock, in milliseconds since 1970.
  public let clock: Int64

  /// The token that its last answered hello proposed.
  public let held: Bits128?

  /// The token it proposes now; stored before it was sent.
  public let proposed: Bits128

  /// What the server gave with the token that is held, word for word; `nil` if it gave nothing.
  public let receipt: String?

  /// The visits to pull, with how far each was read.
  public let visits: [Progress]

  /// What it is about to bring, by visit, then replica.
  ///
  /// Should the connection break now, the server knows what it lacks. At most ``Limits/outboundStreams``.
  public let outbound: [Outbound]

  /// Of visits that may be read no more: the last batch that the server acknowledged in this history.
  public let acknowledged: [Acknowledged]

  /// Where the server said that it has a batch.
  public struct Acknowledged: Hashable, Sendable {
    /// The visit.
    public let visit: VisitID

    /// The history that the position counts in.
    public let cursor: Cursor

    /// The batch.
    public let hash: Hash256

    /// Names what was acknowledged.
    public init(visit: VisitID, cursor: Cursor, hash: Hash256) {
      self.visit = visit
      self.cursor = cursor
      self.hash = hash
    }
  }

  /// Describes a hello.
  public init(
    client: String,
    model: Int64,
    clock: Int64,
    held: Bits128?,
    proposed: Bits128,
    receipt: String? = nil,
    visits: [Progress],
    outbound: [Outbound] = [],
    acknowledged: [Acknowledged] = []
  ) {
    self.client = client
    self.model = model
    self.clock = clock
    self.held = held
    self.proposed = proposed
    self.receipt = receipt
    self.visits = visits
    self.outbound = outbound
    self.acknowledged = acknowledged
  }

  /// The value of a `hello` frame.
  public var value: Value {
    var members: [Value.Map.Member] = [
      .init(key: "client", value: .string(client)),
      .init(key: "clock", value: .int(clock)),
      .init(key: "model", value: .int(model)),
      .init(key: "propose", value: .string(Text64.encode(proposed.bytes))),
      .init(key: "v", value: .list([.int(1)])),
      .init(key: "visits", value: .list(visits.map(Self.progress))),
    ]
    if !outbound.isEmpty {
      members.append(.init(key: "outbound", value: .list(outbound.map(Self.outbound))))
    }
    if !acknowledged.isEmpty {
      let entries = acknowledged.map {
        Self.progress(Progress(visit: $0.visit, cursor: $0.cursor, digest: $0.hash))
      }
      members.append(.init(key: "acknowledged", value: .list(entries)))
    }
    if let held { members.append(.init(key: "held", value: .string(Text64.encode(held.bytes)))) }
    if let receipt { members.append(.init(key: "receipt", value: .string(receipt))) }
    return Value.Map(members).map { .map($0) } ?? .list([])
  }

  private static func progress(_ progress: Progress) -> Value {
    guard let cursor = progress.cursor, let digest = progress.digest else {
      return .list([.string(progress.visit.text)])
    }
    let parts: [Value] = [
      .string(progress.visit.text), .string(cursor.epoch.text), .int(cursor.position),
      .string(digest.text),
    ]
    return .list(parts + (progress.intake.map { [.string(Text64.encode($0.bytes))] } ?? []))
  }

  private static func outbound(_ outbound: Outbound) -> Value {
    .list([
      .string(outbound.visit.text), .string(outbound.replica.text), .int(outbound.lastCounter),
    ])
  }

  /// Reads the value of a `hello` frame.
  ///
  /// - Throws: ``ProtocolError``: `version` where no version is shared, else `malformed`.
  public init(_ value: Value) throws(ProtocolError) {
    let members = try Members(value, of: "hello")
    guard try members.list("v").contains(.int(1)) else {
      throw ProtocolError(.version, "hello: this server speaks version 1 of the protocol")
    }
    client = try members.string("client", atMost: Limits.nameBytes)
    model = try members.int("model", in: 1...Limits.greatestInteger)
    clock = try members.int("clock")
    held = members.has("held") ? try Self.token("held", in: members) : nil
    proposed = try Self.token("propose", in: members)
    receipt = try members.receipt()
    var visits: [Progress] = []
    for element in try members.list("visits") {
      guard let progress = Self.progress(element) else {
        throw members.mistyped(
          "visits",
          "a list of [visit] or [visit, epoch, position, digest, intake if one was told]"
        )
      }
      visits.append(progress)
    }
    self.visits = visits
    outbound = try Self.outbound(members)
    var acknowledged: [Acknowledged] = []
    for element in members.has("acknowledged") ? try members.list("acknowledged") : [] {
      guard let entry = Self.progress(element), let cursor = entry.cursor, cursor.position > 0,
        let hash = entry.digest
      else { throw members.mistyped("acknowledged", "a list of [visit, epoch, position, hash]") }
      acknowledged.append(Acknowledged(visit: entry.visit, cursor: cursor, hash: hash))
    }
    self.acknowledged = acknowledged
  }

  private static func outbound(_ members: Members) throws(ProtocolError) -> [Outbound] {
    guard members.has("outbound") else { return [] }
    let list = try members.list("outbound")
    guard list.count <= Limits.outboundStreams else {
      throw ProtocolError(
        .malformed,
        "hello: `outbound` names over \(Limits.outboundStreams) streams"
      )
    }
    var outbound: [Outbound] = []
    for element in list {
      guard let parts = element.list, parts.count == 3,
        let visit = parts[0].string.flatMap({ VisitID(text: $0) }),
        let replica = parts[1].string.flatMap({ ReplicaID(text: $0) }),
        let last = parts[2].int, (1...Limits.greatestInteger).contains(last)
      else { throw members.mistyped("outbound", "a list of [visit, replica, counter]") }
      outbound.append(Outbound(visit: visit, replica: replica, lastCounter: last))
    }
    return outbound
  }

  private static func token(_ key: String, in members: Members) throws(ProtocolError) -> Bits128 {
    guard let bytes = Text64.decode(try members.string(key)), let bits = Bits128(bytes: bytes)
    else {
      throw members.mistyped(key, "22 characters of base64url")
    }
    return bits
  }

  private static func progress(_ value: Value) -> Progress? {
    guard let parts = value.list, let visit = parts.first?.string.flatMap({ VisitID(text: $0) })
    else { return nil }
    if parts.count == 1 { return Progress(visit: visit, cursor: nil, digest: nil) }
    guard (4...5).contains(parts.count), let epoch = parts[1].string.flatMap({ Epoch(text: $0) }),
      let position = parts[2].int, position >= 0,
      let digest = parts[3].string.flatMap({ Hash256(text: $0) })
    else { return nil }
    let cursor = Cursor(epoch: epoch, position: position)
    guard parts.count == 5 else { return Progress(visit: visit, cursor: cursor, digest: digest) }
    guard let bytes = parts[4].string.flatMap({ Text64.decode($0) }),
      let intake = Bits128(bytes: bytes)
    else { return nil }
    return Progress(visit: visit, cursor: cursor, digest: digest, intake: intake)
  }
}
