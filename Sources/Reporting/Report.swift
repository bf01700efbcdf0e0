public import AssessmentModel
import Convergence

/// A visit as a document.
///
/// The same visit and readers always give the same bytes.
///
/// A report says who judged what and why, both sides of every dispute, what resolutions considered,
/// and what is still open. Every number in it can be counted again from its tables. Evidence and
/// comments that are not for its readers are left out; judgements are for all of them.
public struct Report: Sendable {
  private let contents: Contents

  /// Prepares a report.
  ///
  /// - Parameters:
  ///   - visit: The visit as it is shown.
  ///   - audience: Who will read it.
  public init(_ visit: VisitView, for audience: Audience = .team) {
    contents = Contents(visit, audience: audience)
  }

  /// One HTML document without scripts, images or addresses, for any browser or printer.
  public var html: String {
    HTMLWriter.write(contents.blocks, title: "Peer review: \(contents.title)")
  }

  /// Markdown with tables.
  public var markdown: String { MarkdownWriter.write(contents.blocks) }

  /// Plain text.
  public var text: String { TextWriter.write(contents.blocks) }

  /// Comma-separated values: one row for each standard and for each thing that is said of it.
  ///
  /// Lines end in CR LF. A field that a spreadsheet would take for a formula, or that begins with an
  /// apostrophe, has an apostrophe in front.
  public var csv: String { CSVWriter.write(contents.rows) }

  /// Canonical JSON (protocol section 1.4) and a line feed.
  public var json: String {
    String(decoding: contents.json.canonical, as: UTF8.self) + "\n"
  }
}
