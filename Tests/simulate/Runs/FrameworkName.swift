import ArgumentParser
import AssessmentModel
import FrameworkCatalogue

/// A framework as it is typed: `qsi-imaging` or `qsi-imaging/2026-draft`.
struct FrameworkName {
  /// As it was typed.
  let text: String

  private let id: FrameworkID
  private let edition: FrameworkEdition

  /// The imaging standard.
  static var usual: FrameworkName {
    get throws { try FrameworkName("qsi-imaging/2026-draft") }
  }

  /// Finds the framework in the catalogue.
  ///
  /// - Throws: `ValidationError` that lists what is bundled.
  init(_ text: String) throws {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let entries = try FrameworkCatalogue.bundled()
    let found = entries.first { entry in
      entry.id.text == parts.first.map(String.init)
        && (parts.count < 2 || entry.edition.text == String(parts[1]))
    }
    guard let found else {
      let known = entries.map { "  \($0.id.text)/\($0.edition.text)" }.sorted()
      throw ValidationError(
        "There is no framework \(text). These are bundled:\n\(known.joined(separator: "\n"))"
      )
    }
    self.text = text
    (id, edition) = (found.id, found.edition)
  }

  /// Reads it.
  func framework() throws -> Framework {
    try FrameworkCatalogue.framework(id: id, edition: edition)
  }
}
