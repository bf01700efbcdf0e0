/// Why an edit was refused.
///
/// Nothing was written.
public struct EditError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of refusal; stable, for programs.
  public enum Code: String, Hashable, Sendable, CaseIterable {
    /// The person is not on the visit, or no longer.
    case notOnVisit = "not-on-visit"

    /// The person's role does not allow it.
    case role

    /// The item or the slot is somebody else's.
    case notYours = "not-yours"

    /// The framework has no such standard.
    case unknownStandard = "unknown-standard"

    /// The visit has no such item, or not one of the right type.
    case unknownItem = "unknown-item"

    /// A text is needed and none was given.
    case emptyText = "empty-text"

    /// The text is longer than an operation may carry.
    case textTooLong = "text-too-long"

    /// The text holds U+0000.
    case forbiddenCharacter = "forbidden-character"

    /// Not applicable needs a reason.
    case reasonRequired = "reason-required"

    /// Only what is not applicable takes a reason.
    case reasonNotAllowed = "reason-not-allowed"

    /// There is nothing of one's own to take back.
    case nothingToWithdraw = "nothing-to-withdraw"

    /// There are not two versions of one's own to choose between.
    case nothingToChoose = "nothing-to-choose"

    /// Nobody has judged, so that there is nothing to resolve.
    case nothingJudged = "nothing-judged"

    /// There is no resolution to take back.
    case nothingResolved = "nothing-resolved"

    /// The visit does not say under which edition it is judged.
    case noEdition = "no-edition"

    /// It stands like that already.
    case noChange = "no-change"

    /// The value is none that the field takes.
    case value
  }

  /// What kind of refusal.
  public let code: Code

  /// What is wrong and what to do.
  public let message: String

  /// Describes a refusal.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// What is wrong and what to do.
  public var description: String { message }
}
