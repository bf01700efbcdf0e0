import ArgumentParser
import AssessmentModel
import Convergence

/// `fieldbook location list`.
struct LocationListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the places."
  )

  @OptionGroup var options: VisitOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let view = try options.open().read().view
    let locations = view.service.locations
    if output.json {
      let list = locations.map { location in
        Value.object([
          "archived": location.archived.json(in: view, Value.string),
          "dot": .string("\(location.dot)"),
          "kind": location.kind.json(in: view) { .string($0.rawValue) },
          "name": location.name.json(in: view, Value.string),
        ])
      }
      return Terminal.outRaw(JSONText.line(.object(["locations": .list(list)])))
    }
    guard !locations.isEmpty else { return Terminal.out("None.") }
    var table = Table()
    for location in locations {
      let archived = location.archived.isEmpty ? "" : " (archived)"
      let kind = location.kind.contents.map(\.words).joined(separator: " / ")
      table.add(location.dot.short, kind, location.title + archived)
    }
    Terminal.out(table.text)
  }
}
