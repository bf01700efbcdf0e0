import ArgumentParser
import AssessmentModel
import Convergence
import FrameworkCatalogue

/// `fieldbook framework list`.
struct FrameworkListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the editions that came with this program."
  )

  @OptionGroup var output: OutputOptions

  func run() throws {
    let entries = try FrameworkCatalogue.bundled()
    if output.json {
      let list = entries.map { entry in
        Value.object([
          "edition": .string(entry.edition.text), "id": .string(entry.id.text),
          "status": .string(entry.status.rawValue), "title": .string(entry.title),
        ])
      }
      return Terminal.outRaw(JSONText.line(.object(["frameworks": .list(list)])))
    }
    var table = Table()
    for entry in entries {
      table.add(entry.id.text, entry.edition.text, entry.title)
    }
    Terminal.out(table.text)
  }
}
