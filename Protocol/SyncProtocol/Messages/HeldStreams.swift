public import Convergence

/// Which ends of a ``StreamList`` the other side holds (section 9.10).
public struct HeldStreams: Hashable, Sendable {
  /// The visit.
  public let visit: VisitID

  /// Places in the list, from 0, ascending.
  public let places: [Int]

  /// Says which ends are held.
  public init(visit: VisitID, places: [Int]) {
    self.visit = visit
    self.places = places
  }

  /// The ends of a list that are held.
  public func ends(of list: StreamList) -> [StreamEnd] {
    places.compactMap { list.ends.indices.contains($0) ? list.ends[$0] : nil }
  }

  /// The value of a `held` frame.
  public var value: Value {
    .object(["places": .list(places.map { .int(Int64($0)) }), "visit": .string(visit.text)])
  }

  /// Reads the value of a `held` frame.
  ///
  /// - Throws: ``ProtocolError`` `malformed`, naming the member.
  public init(_ value: Value) throws(ProtocolError) {
    let members = try Members(value, of: "held")
    visit = try members.identifier("visit")
    var places: [Int] = []
    for element in try members.list("places") {
      guard let place = element.int.flatMap({ Int(exactly: $0) }),
        (0..<Limits.endsPerFrame).contains(place), place > places.last ?? -1
      else { throw members.mistyped("places", "ascending places of the list, from 0") }
      places.append(place)
    }
    self.places = places
  }
}
