import ArgumentParser
import AssessmentModel
import Convergence
import FrameworkCatalogue

/// `fieldbookd framework list`.
struct FrameworkListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the frameworks that came with this program."
  )

  @Flag(help: "Print JSON.")
  var json = false

  func run() async throws {
    try await CommandRun.run {
      let entries: [FrameworkEntry]
      do throws(CatalogueError) {
        entries = try FrameworkCatalogue.bundled()
      } catch {
        throw Failure(.failed, error.description)
      }
      if json {
        let list = entries.map { entry in
          Value.object([
            "edition": .string(entry.edition.text), "id": .string(entry.id.text),
            "status": .string(entry.status.rawValue), "title": .string(entry.title),
          ])
        }
        return Output.json(.object(["frameworks": .list(list)]))
      }
      Output.table(
        entries.map { [$0.id.text, $0.edition.text, $0.status.rawValue, $0.title] }
      )
    }
  }
}
