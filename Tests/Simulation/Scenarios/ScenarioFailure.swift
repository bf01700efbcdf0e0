/// The first thing that was not as a scenario says: where it says so, what was seen instead, and on
/// which way there.
package struct ScenarioFailure: Error, Hashable, CustomStringConvertible {
  /// The name of the file.
  package let file: String

  /// The line, from 1.
  package let line: Int

  /// What stands there.
  package let source: String

  /// What was seen instead.
  package let seen: String

  /// The orders and breaks that led there, in words; empty if there was only one way.
  package let way: [String]

  /// Everything in a few lines.
  package var description: String {
    let lines = ["\(file):\(line): \(source)", "  but \(seen)"] + way.map { "  when \($0)" }
    return lines.joined(separator: "\n")
  }
}
