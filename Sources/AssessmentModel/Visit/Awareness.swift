public import Convergence

/// That one side of a dispute had seen the other before it was written (C04).
public struct Awareness: Hashable, Sendable {
  /// Who had seen.
  public let person: PersonID

  /// Whose judgement they had seen.
  public let hadSeen: PersonID

  /// Records who had seen whom.
  public init(person: PersonID, hadSeen: PersonID) {
    self.person = person
    self.hadSeen = hadSeen
  }
}
