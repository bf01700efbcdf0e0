public import Convergence

/// A reviewer's comment.
///
/// Only its author edits it; it can be withdrawn and is never erased.
public struct CommentView: Hashable, Sendable {
  /// The item.
  public let dot: Dot

  /// Who wrote it.
  public let author: PersonID

  /// What the author's clock showed, in milliseconds since 1970.
  public let clock: Int64

  /// What it is about.
  public let about: RecordID

  /// The comment that it answers.
  public let replyTo: Dot?

  /// What it says; several versions where its author wrote on two devices at once.
  public let text: Versions<String>

  /// Who may read it: the narrowest that stands (R20), ``Audience/team`` if nothing was said.
  public let audience: Audience

  /// Set where its author withdrew it: why, or an empty text.
  public let withdrawn: Versions<String>

  /// Whether its author withdrew it; its replies keep it as their context (C19).
  public var isWithdrawn: Bool { !withdrawn.isEmpty }
}
