import AssessmentModel
import Convergence
import Reporting

/// Small phrases.
enum Words {
  /// A number with its noun.
  static func count(_ count: Int64, _ noun: String, _ nouns: String? = nil) -> String {
    "\(count) \(count == 1 ? noun : nouns ?? noun + "s")"
  }

  /// How long something takes, in the unit that fits.
  static func duration(_ milliseconds: Int64) -> String {
    let seconds = Int64(clamping: milliseconds.magnitude / 1000)
    if seconds >= 2 * 86_400 { return count(seconds / 86_400, "day") }
    if seconds >= 2 * 3600 { return count(seconds / 3600, "hour") }
    return count(seconds / 60, "minute")
  }

  /// What a clock showed, to the minute, in universal time.
  static func time(_ clock: Int64) -> String {
    let iso = ClockLabel.iso(clock)
    guard let cut = iso.lastIndex(of: ":") else { return iso }
    return iso[..<cut].replacing("T", with: " ") + " UTC"
  }

  /// Names as a sentence lists them.
  static func list(_ names: [String]) -> String {
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }

  /// What somebody says of a standard.
  static func judgement(_ judgement: Judgement) -> String {
    var words = judgement.outcome.words
    if let part = judgement.part { words += " in part (\(part))" }
    if let reason = judgement.reason { words += ", \(reason.words)" }
    return words
  }

  /// The word for how the server holds an operation that has no effect.
  static func effect(_ effect: Effect) -> String {
    switch effect {
    case .effective: "in effect"
    case .held: "held until a person releases it: its author is not on the visit, or no longer"
    case .uninterpreted: "written by a newer version, which this one cannot interpret; kept"
    case .inert(let reason): "without effect: \(inert(reason))"
    }
  }

  private static func inert(_ reason: InertReason) -> String {
    switch reason {
    case .shape: "it cannot be read as a change"
    case .reference: "it refers to something its author cannot have seen"
    case .record: "what it is about does not exist"
    case .field: "there is no such field"
    case .value: "the value is none that the field takes"
    case .slot: "it was written in somebody else's place"
    case .role: "its author's role does not allow it"
    case .author: "only the author of the item may change it"
    }
  }
}
