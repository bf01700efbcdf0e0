/// One current value of a cell, with who wrote it and under which name.
public struct Sibling: Hashable, Comparable, Sendable {
  /// The operation that wrote it.
  public let dot: Dot

  /// Who wrote it.
  public let person: PersonID

  /// What the author's clock showed, in milliseconds since 1970: a label for people.
  public let clock: Int64

  /// What was written.
  public let value: Value

  /// The operations that the author says it considered, sorted; a resolution's judgements.
  public let cites: [Dot]

  /// Describes one written value.
  public init(dot: Dot, person: PersonID, clock: Int64, value: Value, cites: [Dot] = []) {
    self.dot = dot
    self.person = person
    self.clock = clock
    self.value = value
    self.cites = cites
  }

  /// Orders by person, then dot: the order in which siblings are listed everywhere.
  public static func < (left: Sibling, right: Sibling) -> Bool {
    left.person == right.person ? left.dot < right.dot : left.person < right.person
  }
}
