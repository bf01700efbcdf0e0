public import Convergence
public import SyncProtocol

/// What an operator says is lost: batches of one stream of a visit that nobody has any more.
public struct GapDeclaration: Hashable, Sendable {
  /// The visit.
  public let visit: VisitID

  /// The last lost batch, as ``AbsentBatch/end`` names it.
  public let end: Dependency

  /// The first lost operation; `nil` for the one behind the last that the server has before.
  public let firstCounter: Int64?

  /// Why nobody has it, for everybody on the visit to read.
  public let because: String

  /// Describes what is lost.
  public init(visit: VisitID, end: Dependency, firstCounter: Int64?, because: String) {
    self.visit = visit
    self.end = end
    self.firstCounter = firstCounter
    self.because = because
  }

  /// The body of a request for it.
  public var value: Value {
    var members: [Value.Map.Member] = [
      .init(key: "because", value: .string(because)), .init(key: "end", value: end.value),
      .init(key: "visit", value: .string(visit.text)),
    ]
    if let firstCounter { members.append(.init(key: "from", value: .int(firstCounter))) }
    return Value.Map(members).map { .map($0) } ?? .list([])
  }

  /// Reads the body of a request.
  ///
  /// - Throws: ``ProtocolError`` `malformed`, naming the member.
  public init(_ value: Value) throws(ProtocolError) {
    let members = try Members(value, of: "gap")
    guard let end = value["end"].flatMap({ Dependency($0) }) else {
      throw ProtocolError(.malformed, "gap: end is [replica, counter, hash]")
    }
    self.init(
      visit: try members.identifier("visit"),
      end: end,
      firstCounter: members.has("from")
        ? try members.int("from", in: 1...Limits.greatestInteger) : nil,
      because: try members.string("because")
    )
  }
}
