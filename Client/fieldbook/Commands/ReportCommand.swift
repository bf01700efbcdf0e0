import ArgumentParser
import AssessmentModel
import Reporting

/// `fieldbook report`.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write the visit as a document.",
    discussion: """
      The same work always gives the same bytes, on every device. Without --output the document goes \
      to standard output. Comments and evidence that are not for the audience are left out.
      """
  )

  /// The kinds of document.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case html
    case csv
    case json
    case text
    case markdown
  }

  @OptionGroup var options: VisitOptions

  @Option(
    help: ArgumentHelp(
      "html, csv, json, text or markdown. Default: by the end of the file's name, else text.",
      valueName: "format"
    )
  )
  var format: Format?

  @Option(name: .shortAndLong, help: ArgumentHelp("The file to write.", valueName: "file"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Who will read it: team, team-and-service, public or not-lay.",
      valueName: "audience"
    )
  )
  var audience = Audience.team

  func run() throws {
    let view = try options.open().read().view
    let report = Report(view, for: audience)
    let document =
      switch format ?? Self.format(of: output) {
      case .html: report.html
      case .csv: report.csv
      case .json: report.json
      case .text: report.text
      case .markdown: report.markdown
      }
    guard let output else { return Terminal.outRaw(Array(document.utf8)) }
    try Files.save(Array(document.utf8), to: output)
    Terminal.say("Wrote \(output), for \(audience.words).")
  }

  private static func format(of file: String?) -> Format {
    let end = file?.split(separator: ".").last?.lowercased() ?? ""
    return switch end {
    case "html", "htm": .html
    case "csv": .csv
    case "json": .json
    case "md", "markdown": .markdown
    default: .text
    }
  }
}
