/// What a reviewer does on a screen, before it is known what is on the screen.
///
/// Which standard, which words and which version of several are drawn when it is done, from what the
/// device shows then.
package enum Edit: Hashable, Sendable {
  /// Judges so many standards in a row, from a section onwards.
  case judge(count: Int)

  /// Changes one's mind on something judged before.
  case changeMind

  /// Takes an own judgement back.
  case withdraw

  /// Writes a comment, or answers one.
  case comment

  /// Changes or withdraws an own comment.
  case amendComment

  /// Notes evidence and links it to standards.
  case evidence

  /// Says how far the team has come with an item, links or unlinks it, or puts it away.
  case workOnEvidence

  /// Adds a location, or judges a standard there.
  case location

  /// Chooses between one's own versions of two devices.
  case choose

  /// Settles what the team is divided on, as far as the device knows.
  case resolve(count: Int)

  /// Writes what only a newer program understands.
  case newer

  /// The edit as Swift, without the leading dot.
  package var source: String {
    switch self {
    case .judge(let count): "judge(count: \(count))"
    case .changeMind: "changeMind"
    case .withdraw: "withdraw"
    case .comment: "comment"
    case .amendComment: "amendComment"
    case .evidence: "evidence"
    case .workOnEvidence: "workOnEvidence"
    case .location: "location"
    case .choose: "choose"
    case .resolve(let count): "resolve(count: \(count))"
    case .newer: "newer"
    }
  }
}
