import ArgumentParser
import Convergence
import SyncServer

/// What a decision on held work is about.
struct HoldOptions: ParsableArguments {
  @OptionGroup var data: DataOptions
  @OptionGroup var visit: VisitOption

  @Argument(help: "Whose work: the replica, or the name of the device. See: hold list.")
  var replica: String

  @Argument(help: "The batches, by number or hash. None: all that wait.")
  var batches: [String] = []

  @Option(help: "Why. Everybody on the visit can read it.")
  var because: String

  /// Decides, and says so.
  func decide(isRelease: Bool) async throws {
    let folder = try data.folder()
    let decision = AdminCall.Decision(
      isRelease: isRelease,
      visit: try visit.id(),
      replica: replica,
      batches: batches,
      because: because
    )
    try await CommandRun.run {
      let answer = try Operator(folder: folder).carryOut(.decide(decision))
      let count = Output.count((answer["batches"]?.list ?? []).count, "batch", "batches")
      let what = isRelease ? "released: it takes effect" : "refused: it stays without effect"
      Output.message("\(count) of \(answer["name"]?.string ?? replica) \(what).")
    }
  }
}
