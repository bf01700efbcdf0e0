import ArgumentParser
import Convergence
import SyncProtocol
import SyncServer

/// `fieldbookd visit list`.
struct VisitListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the visits with their members."
  )

  @OptionGroup var data: DataOptions

  @Flag(help: "Print JSON.")
  var json = false

  func run() async throws {
    let folder = try data.folder()
    try await CommandRun.run {
      let visits = try Operator(folder: folder).read { (service, store) throws(Problem) in
        try service.overviews(store)
      }
      if json { return Output.json(.object(["visits": .list(visits.map(\.value))])) }
      for visit in visits {
        let pin = [visit.framework["id"]?.string, visit.framework["edition"]?.string]
        let framework = pin.compactMap { $0 }.joined(separator: " ")
        Output.result("\(visit.visit)  \(visit.title)  (\(framework))")
        for member in visit.members {
          let role = member.role == "none" ? "removed" : member.role
          Output.result("  \(member.person)  \(member.name), \(role)")
        }
      }
    }
  }
}
