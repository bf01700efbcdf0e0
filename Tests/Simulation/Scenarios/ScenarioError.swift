/// A line of a scenario that cannot be read: where it is, what is wrong, and what would be right.
package struct ScenarioError: Error, Hashable, CustomStringConvertible {
  /// The name of the file.
  package let file: String

  /// The line, from 1.
  package let line: Int

  /// What is wrong, and what would be right there.
  package let message: String

  /// Describes a line that cannot be read.
  package init(file: String, line: Int, _ message: String) {
    self.file = file
    self.line = line
    self.message = message
  }

  /// File, line and message, as editors understand them.
  package var description: String { "\(file):\(line): \(message)" }
}
