/// A change that a person decided on and no replica has named yet.
///
/// The model makes drafts; the store gives each the next dot of its replica and writes it down.
public struct Draft: Hashable, Sendable {
  /// What it will do.
  public let action: Operation.Action

  /// The operations that its author considered.
  public let cites: [Dot]

  /// A draft that writes one cell.
  public init(_ assignment: Assignment, cites: [Dot] = []) {
    action = .set(assignment)
    self.cites = cites
  }

  /// A draft that makes an item.
  public init(_ addition: Addition, cites: [Dot] = []) {
    action = .add(addition)
    self.cites = cites
  }
}
