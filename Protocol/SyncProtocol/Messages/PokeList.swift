import Convergence

/// The answer of a poll: how far the logs of a person's visits go (section 9.13).
public struct PokeList: Hashable, Sendable {
  /// One poke a visit, sorted by visit.
  public let pokes: [Poke]

  /// Sorts pokes by visit.
  public init(_ pokes: [Poke]) {
    self.pokes = pokes.sorted { $0.visit < $1.visit }
  }

  /// What names exactly this list, for the next poll.
  public var name: String {
    Text64.encode(Array(Hash256.plain(list.canonical).bytes.prefix(16)))
  }

  /// The body: {"name":…,"visits":[{position, visit}…]}.
  public var body: [UInt8] {
    Value.object(["name": .string(name), "visits": list]).canonical
  }

  /// Reads a body.
  ///
  /// - Throws: ``ProtocolError`` `malformed`, naming the member.
  public init(body: [UInt8]) throws(ProtocolError) {
    let members = try Members(StrictJSON.value(of: body), of: "pokes")
    var pokes: [Poke] = []
    for value in try members.list("visits") { pokes.append(try Poke(value)) }
    self.init(pokes)
    guard try members.string("name") == name else {
      throw ProtocolError(.malformed, "a list of pokes does not bear its own name")
    }
  }

  private var list: Value { .list(pokes.map(\.value)) }
}
