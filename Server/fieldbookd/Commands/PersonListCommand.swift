import ArgumentParser
import Convergence
import SyncProtocol
import SyncServer

/// `fieldbookd person list`.
struct PersonListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the people of the server."
  )

  @OptionGroup var data: DataOptions

  @Flag(help: "Print JSON.")
  var json = false

  func run() async throws {
    let folder = try data.folder()
    try await CommandRun.run {
      let people = try Operator(folder: folder).read { (service, store) throws(Problem) in
        try service.people(store)
      }
      if json {
        let list = people.map {
          Value.object(["name": .string($0.name), "person": .string($0.person.text)])
        }
        return Output.json(.object(["people": .list(list)]))
      }
      Output.table(people.map { [$0.person.text, $0.name] })
    }
  }
}
