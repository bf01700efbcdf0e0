import ArgumentParser
import Convergence
import SyncProtocol
import SyncServer

/// `fieldbookd gap list`.
struct GapListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List what devices built on and this server does not hold.",
    discussion: """
      Most of it is on its way: another device has it and has not synced yet. What nobody built on \
      is known to nobody and cannot be listed.
      """
  )

  @OptionGroup var data: DataOptions

  @Argument(help: "The identifier of a visit; all visits without one.")
  var visit: String?

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    guard let visit, VisitID(text: visit) == nil else { return }
    throw ValidationError("\(visit) is no identifier of a visit. See: fieldbookd visit list.")
  }

  func run() async throws {
    let folder = try data.folder()
    let wanted = visit.flatMap { VisitID(text: $0) }
    try await CommandRun.run {
      let absent = try Operator(folder: folder).read { (service, store) throws(Problem) in
        try service.absentBatches(of: wanted, store: store)
      }
      if json { return Output.json(.object(["gaps": .list(absent.map(\.value))])) }
      guard !absent.isEmpty else { return Output.message("Nothing is known to be missing.") }
      Output.table(
        [["VISIT", "REPLICA", "FROM", "THROUGH", "HASH", ""]]
          + absent.map { batch in
            [
              batch.visit.text, batch.end.replica.text, "\((batch.before?.lastCounter ?? 0) + 1)",
              "\(batch.end.lastCounter)", batch.end.hashText,
              batch.isDeclared ? "declared lost" : "missing",
            ]
          }
      )
    }
  }
}
