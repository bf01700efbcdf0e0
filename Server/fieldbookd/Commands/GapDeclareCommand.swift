import ArgumentParser
import Convergence
import SyncProtocol
import SyncServer

/// `fieldbookd gap declare`.
struct GapDeclareCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "declare",
    abstract: "Say that work is lost for good, so that nobody waits for it.",
    discussion: """
      Try first: let every device of the visit sync; import what others carry as files; export \
      what a broken device still has, with `fieldbook rescue`. Only what nobody has any more is \
      lost.

      What was built on the lost work then arrives and counts. Should the work be found later after \
      all, it is admitted and counts as if it had never been lost.

      A replica or hash that begins with a dash is written behind two dashes and the equals sign: \
      --hash=-x7…, and the arguments behind a double dash.
      """
  )

  @OptionGroup var data: DataOptions
  @OptionGroup var visit: VisitOption

  @Argument(help: "The replica whose work is lost; see gap list.")
  var replica: String

  @Option(help: "The counter of the last lost operation; see gap list.")
  var through: Int64

  @Option(help: "The beginning of the hash of the last lost batch; see gap list.")
  var hash: String

  @Option(help: "The counter of the first lost operation; what the server lacks if left out.")
  var from: Int64?

  @Option(help: "Why. Everybody on the visit can read it.")
  var because: String

  private var end: Dependency? {
    Dependency(.list([.string(replica), .int(through), .string(hash)]))
  }

  func validate() throws {
    guard end == nil else { return }
    throw ValidationError("Take replica, counter and hash from: fieldbookd gap list.")
  }

  func run() async throws {
    let folder = try data.folder()
    let visit = try visit.id()
    guard let end else { throw ValidationError("Take the gap from: fieldbookd gap list.") }
    try await CommandRun.run {
      let declaration = GapDeclaration(
        visit: visit,
        end: end,
        firstCounter: from,
        because: because
      )
      let gap = try Operator(folder: folder).carryOut(.declareGap(declaration))
      let first = gap["from"]?.int ?? 1
      Output.message(
        "Operations \(first) to \(through) of replica \(replica) are declared lost. Whatever was "
          + "built on them is admitted as devices send it again."
      )
    }
  }
}
