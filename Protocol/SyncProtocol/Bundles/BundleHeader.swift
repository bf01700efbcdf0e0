public import Convergence

/// What a bundle says of itself before anything else (section 8.1).
public struct BundleHeader: Hashable, Sendable {
  /// What a bundle holds of one visit.
  public struct Part: Hashable, Sendable {
    /// The visit.
    public let visit: VisitID

    /// The position, in the log of whoever made the bundle, of the first batch; 0 for none.
    public let first: Int64

    /// The position of the last batch; 0 for none.
    public let last: Int64

    /// How many batches there are: fewer than from first to last where only some were chosen.
    public let batches: Int64

    /// Describes a part.
    public init(visit: VisitID, first: Int64, last: Int64, batches: Int64) {
      self.visit = visit
      self.first = first
      self.last = last
      self.batches = batches
    }
  }

  /// The replica that made it and signs for it as a whole; `nil` where nobody does, as when the
  /// key was lost with the device.
  public let maker: ReplicaID?

  /// The maker's clock, in milliseconds since 1970.
  public let clock: Int64

  /// The visits, in the order in which they follow.
  public let parts: [Part]

  /// Describes a bundle.
  public init(maker: ReplicaID?, clock: Int64, parts: [Part]) {
    self.maker = maker
    self.clock = clock
    self.parts = parts
  }

  /// The value of a `bundle` frame.
  public var value: Value {
    let parts = parts.map { part in
      Value.object([
        "batches": .int(part.batches), "first": .int(part.first), "last": .int(part.last),
        "visit": .string(part.visit.text),
      ])
    }
    guard let maker else {
      return .object(["t": .int(clock), "v": .int(1), "visits": .list(parts)])
    }
    return .object([
      "by": .string(maker.text), "t": .int(clock), "v": .int(1), "visits": .list(parts),
    ])
  }

  /// Reads the value of a `bundle` frame.
  ///
  /// - Throws: ``ProtocolError``: `version` for a later form, `malformed` naming the member.
  public init(_ value: Value) throws(ProtocolError) {
    let members = try Members(value, of: "bundle")
    guard try members.int("v", in: 1...Limits.greatestInteger) == 1 else {
      throw ProtocolError(.version, "the bundle was made by a later version of the program")
    }
    maker = members.has("by") ? try members.identifier("by") : nil
    clock = try members.int("t")
    let list = try members.list("visits")
    guard list.count <= Limits.bundleVisits else {
      throw ProtocolError(.tooLarge, "bundle: more than \(Limits.bundleVisits) visits")
    }
    let numbers = 0...Limits.greatestInteger
    var parts: [Part] = []
    for element in list {
      let part = try Members(element, of: "bundle")
      parts.append(
        Part(
          visit: try part.identifier("visit"),
          first: try part.int("first", in: numbers),
          last: try part.int("last", in: numbers),
          batches: try part.int("batches", in: numbers)
        )
      )
    }
    self.parts = parts
  }
}
