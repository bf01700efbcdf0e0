import ArgumentParser
import AssessmentModel
import Convergence
import FrameworkCatalogue

/// `fieldbook framework show`.
struct FrameworkShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show the sections and standards of an edition."
  )

  @OptionGroup var output: OutputOptions

  @Argument(help: "The framework, such as qsi-imaging.")
  var id: String

  @Argument(help: "The edition; needed only where there are several.")
  var edition: String?

  func run() throws {
    let entries = try FrameworkCatalogue.bundled().filter { entry in
      entry.id.text == id && (edition == nil || entry.edition.text == edition)
    }
    guard let entry = entries.first, entries.count == 1 else {
      throw CommandFailure.refused(
        entries.isEmpty
          ? "No such framework came with this program. List them: fieldbook framework list."
          : "There are several editions; name one: "
            + entries.map(\.edition.text).joined(separator: ", ")
      )
    }
    let framework = try FrameworkCatalogue.framework(id: entry.id, edition: entry.edition)
    if output.json { return Terminal.outRaw(JSONText.line(framework.json)) }
    Terminal.out(Terminal.strong("\(framework.title), \(framework.edition)"))
    for section in framework.sections {
      var table = Table(indent: 2)
      for standard in framework.standards(in: section.id) {
        table.add(standard.ref, standard.title)
      }
      let code = section.code.isEmpty ? "" : "\(section.code)  "
      Terminal.out("\n" + Terminal.strong(Wrap.indented(code + section.title, by: 0)))
      if !table.isEmpty { Terminal.out(table.text) }
    }
  }
}
