import ArgumentParser
import Convergence
import SyncProtocol
import SyncServer

/// `fieldbookd stats`.
struct StatsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Show what the server holds, in numbers."
  )

  @OptionGroup var data: DataOptions

  @Flag(help: "Print JSON.")
  var json = false

  func run() async throws {
    let folder = try data.folder()
    try await CommandRun.run {
      let numbers = try Operator(folder: folder).read { (service, store) throws(Problem) in
        try service.statistics(store)
      }
      if json { return Output.json(numbers.value) }
      Output.table([
        ["server", numbers.name],
        ["epoch", numbers.epoch.text],
        ["identity", numbers.identity.text],
        ["people", "\(numbers.people)"],
        ["devices", "\(numbers.devices)"],
        ["open codes", "\(numbers.openCodes)"],
        ["visits", "\(numbers.visits)"],
        ["batches", "\(numbers.batches)"],
      ])
    }
  }
}
