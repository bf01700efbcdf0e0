import ArgumentParser
import Convergence
import OperationStore
import SyncProtocol
import SyncServer

/// `fieldbookd bundle export`.
struct BundleExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write visits into a file that devices can take in.",
    discussion: """
      The file is signed by the server and compressed, not encrypted: whoever has it reads the \
      assessments. It works while the server runs and while it stands still.
      """
  )

  @OptionGroup var data: DataOptions

  @Argument(help: "The file to write.", completion: .file())
  var file: String

  @Option(help: "A visit; repeat it for several. Default: all of them.")
  var visit: [String] = []

  func run() async throws {
    let folder = try data.folder()
    var chosen: [VisitID] = []
    for text in visit {
      guard let id = VisitID(text: text) else {
        throw ValidationError("\(text) is no identifier of a visit: fieldbookd visit list.")
      }
      if !chosen.contains(id) { chosen.append(id) }
    }
    try await CommandRun.run {
      let now = SystemEdge.clock()
      let made = try Operator(folder: folder).read { (service, store) throws(Problem) in
        let visits = chosen.isEmpty ? try service.overviews(store).map(\.visit) : chosen
        return try service.exportBundle(of: visits, now: now, store: store)
      }
      try WholeFile.save(made.file, to: file)
      let batches = made.header.parts.reduce(0) { $0 + $1.batches }
      Output.result("\(made.header.parts.count) visits, \(batches) batches: \(file)")
    }
  }
}
