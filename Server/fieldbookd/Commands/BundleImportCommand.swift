import ArgumentParser
import Convergence
import Foundation
import SyncProtocol
import SyncServer

/// `fieldbookd bundle import`.
struct BundleImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Take in a file that a device exported or rescued.",
    discussion: """
      Every batch proves itself under this server's identity key; a damaged file gives what is whole \
      in it, and taking one in twice changes nothing. It works while the server runs and while it \
      stands still. Exit status 2 if something in the file was refused or could not be read.
      """
  )

  @OptionGroup var data: DataOptions

  @Argument(help: "The file; - for standard input.", completion: .file())
  var file: String

  @Flag(help: "Print JSON.")
  var json = false

  func run() async throws {
    let folder = try data.folder()
    try await CommandRun.run {
      let path = file == "-" ? "/dev/stdin" : file
      guard let handle = FileHandle(forReadingAtPath: path),
        let bytes = try handle.readToEnd()
      else { throw Failure(.refused, "There is nothing to read at \(file).") }
      let report = try Operator(folder: folder).carryOut(.importBundle(Array(bytes)))
      if json {
        Output.json(report)
      } else {
        for line in report["lines"]?.list ?? [] { Output.result(line.string ?? "") }
      }
      let obstacles = (report["visits"]?.list ?? []).filter { $0["obstacle"] != nil }
      guard report["refused"]?.list?.isEmpty == true, report["problems"]?.list?.isEmpty == true,
        obstacles.isEmpty
      else { throw Failure(.refused, "Not everything in \(file) was taken; see above.") }
    }
  }
}
