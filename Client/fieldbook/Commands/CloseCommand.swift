import ArgumentParser
import Convergence
import OperationStore
import SyncProtocol

/// `fieldbook close`.
struct CloseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "close",
    abstract: "Take a visit off this device, once the server has everything of it.",
    discussion: """
      Checks the visit first, and refuses while anything in it is nowhere but here. Nothing is \
      removed anywhere else; `fieldbook open` and `fieldbook sync` bring it back.
      """
  )

  @OptionGroup var options: HomeOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "Its identifier, the start of it, or its title.")
  var visit: String

  func run() throws {
    let device = try options.device()
    let store = device.store
    let known = try KnownVisit.find(visit, in: KnownVisit.all(store))
    guard known.isOpened else {
      throw CommandFailure.refused("\"\(known.title)\" is not on this device.")
    }
    let obstacles = try store.closingObstacles(of: known.id)
    guard obstacles.isEmpty else {
      let reasons = obstacles.map { "\n  \(Self.words($0))" }.joined()
      throw CommandFailure.refused(
        "\"\(known.title)\" stays here, because some of it is nowhere else:\(reasons)"
      )
    }
    let verdict = try ChainCheck(store).verdict(known.id)
    guard verdict.isIntact else {
      let problems = verdict.problems.map { "\n  \($0)" }.joined()
      throw CommandFailure.refused(
        """
        "\(known.title)" stays here, because its log is not intact. Save what is genuine first: \
        fieldbook rescue FILE.\(problems)
        """
      )
    }
    let count = try store.removeCopies(of: known.id, now: Environment.clock())
    if try store.document("device", "current")?.string == known.id.text {
      try store.setDocument("device", "current", nil)
    }
    if output.json {
      let value = Value.object(["batches": .int(count), "id": .string(known.id.text)])
      return Terminal.outRaw(JSONText.line(value))
    }
    Terminal.out("Closed: \(Printable.line(known.title)) (\(known.id))")
    Terminal.say(
      """
      \(count) batches were checked and removed from this device; the server has all of them. To have \
      the visit here again: fieldbook open \(known.id), then fieldbook sync.
      """
    )
  }

  private static func words(_ obstacle: OperationStore.ClosingObstacle) -> String {
    switch obstacle {
    case .open(let operations):
      "\(Words.count(operations, "change")) not signed yet: fieldbook sync"
    case .unsent(let batches, let operations):
      """
      \(Words.count(operations, "change")) in \(batches) \(batches == 1 ? "batch" : "batches") not \
      sent: fieldbook sync
      """
    case .waiting(let batches):
      """
      \(batches) \(batches == 1 ? "batch waits" : "batches wait") for work that is not here: \
      fieldbook sync, or take in the file that holds it
      """
    case .rescued(let batches):
      """
      \(batches) \(batches == 1 ? "batch" : "batches") that the server refused: fieldbook doctor, \
      and keep them with fieldbook rescue FILE
      """
    }
  }
}
