public import Convergence

/// How far somebody holds the streams of a visit, or as many of them as fit a frame (section 9.10).
public struct StreamList: Hashable, Sendable {
  /// The visit.
  public let visit: VisitID

  /// The ends of streams.
  public let ends: [StreamEnd]

  /// Lists ends of streams.
  public init(visit: VisitID, ends: [StreamEnd]) {
    self.visit = visit
    self.ends = ends
  }

  /// Cuts the ends of a visit's streams into lists that fit a frame; one empty list for none.
  public static func lists(of visit: VisitID, _ ends: [StreamEnd]) -> [StreamList] {
    guard !ends.isEmpty else { return [StreamList(visit: visit, ends: [])] }
    return stride(from: 0, to: ends.count, by: Limits.endsPerFrame).map { start in
      let end = min(start + Limits.endsPerFrame, ends.count)
      return StreamList(visit: visit, ends: Array(ends[start..<end]))
    }
  }

  /// The value of a `streams` frame.
  public var value: Value {
    .object(["ends": .list(ends.map(\.value)), "visit": .string(visit.text)])
  }

  /// Reads the value of a `streams` frame.
  ///
  /// - Throws: ``ProtocolError`` `malformed`, naming the member.
  public init(_ value: Value) throws(ProtocolError) {
    let members = try Members(value, of: "streams")
    visit = try members.identifier("visit")
    var ends: [StreamEnd] = []
    for element in try members.list("ends") {
      guard let end = StreamEnd(element), ends.count < Limits.endsPerFrame else {
        throw members.mistyped(
          "ends",
          "at most \(Limits.endsPerFrame) of [replica, number, counter, hash]"
        )
      }
      ends.append(end)
    }
    self.ends = ends
  }
}
