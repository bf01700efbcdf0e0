/// One immutable change by one person on one replica, with every reference resolved to a ``Dot``.
public struct Operation: Hashable, Sendable {
  /// What an operation does.
  public enum Action: Hashable, Sendable {
    /// Writes one cell.
    case set(Assignment)

    /// Makes an item, with its first fields.
    case add(Addition)

    /// A kind this version of the program does not know: kept and passed on, without effect.
    case uninterpreted(kind: String)

    /// A known kind in a shape that cannot take effect.
    case inert(InertReason)
  }

  /// Its name.
  public let dot: Dot

  /// Its author; ``PersonID/authority`` for a server's own replica.
  public let person: PersonID

  /// What the author's clock showed, in milliseconds since 1970: a label for people.
  public let clock: Int64

  /// What it does.
  public let action: Action

  /// The operations that the author says it considered.
  public let cites: [Dot]

  /// Describes an operation.
  public init(dot: Dot, person: PersonID, clock: Int64, action: Action, cites: [Dot] = []) {
    self.dot = dot
    self.person = person
    self.clock = clock
    self.action = action
    self.cites = cites.count < 2 ? cites : cites.sorted()
  }
}
