public import Convergence

/// A word that a visit's log has grown: never what is in it (section 9.13).
///
/// It carries no promise: one may come twice, late or never. Whoever hears it reads the log, and who
/// hears nothing loses nothing but time.
public struct Poke: Hashable, Sendable {
  /// The visit.
  public let visit: VisitID

  /// The position of the log's end when it was said.
  public let position: Int64

  /// Describes a poke.
  public init(visit: VisitID, position: Int64) {
    self.visit = visit
    self.position = position
  }

  /// As it is written: {position, visit}.
  public var value: Value {
    .object(["position": .int(position), "visit": .string(visit.text)])
  }

  /// Reads one.
  ///
  /// - Throws: ``ProtocolError`` `malformed`, naming the member.
  public init(_ value: Value) throws(ProtocolError) {
    let members = try Members(value, of: "poke")
    self.init(
      visit: try members.identifier("visit"),
      position: try members.int("position", in: 0...Limits.greatestInteger)
    )
  }

  /// As an event of a stream (WHATWG HTML, section 9.2: server-sent events).
  public var event: [UInt8] { Array("event: poke\ndata: ".utf8) + value.canonical + [10, 10] }

  /// What a stream says to show that it is alive: a comment.
  public static let beat = Array(":\n\n".utf8)
}
