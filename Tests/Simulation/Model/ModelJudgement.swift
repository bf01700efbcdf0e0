package import Convergence

/// A judgement that somebody once made, and what became of it.
package struct ModelJudgement: Hashable, Sendable {
  /// Another judgement that was written over this one.
  package struct Successor: Hashable, Sendable {
    /// The operation.
    package let dot: Dot

    /// Who wrote it.
    package let person: PersonID

    /// Names a successor.
    package init(dot: Dot, person: PersonID) {
      self.dot = dot
      self.person = person
    }
  }

  /// What became of it.
  package enum Fate: Hashable, Sendable {
    /// It stands.
    case visible

    /// These were written over it, sorted by name.
    case superseded(by: [Successor])

    /// It never had effect: nobody can see it but as a notice.
    case withoutEffect(Effect)
  }

  /// The name of the operation.
  package let dot: Dot

  /// Who wrote it.
  package let person: PersonID

  /// The slot as written: the text of a person where the judgement has effect.
  package let slot: String

  /// The ID of the standard.
  package let standard: String

  /// The location, by name; `nil` for the whole standard.
  package let location: Dot?

  /// What was written.
  package let value: Value

  /// What became of it.
  package let fate: Fate

  /// Describes a judgement.
  package init(
    dot: Dot,
    person: PersonID,
    slot: String,
    standard: String,
    location: Dot?,
    value: Value,
    fate: Fate
  ) {
    self.dot = dot
    self.person = person
    self.slot = slot
    self.standard = standard
    self.location = location
    self.value = value
    self.fate = fate
  }
}
