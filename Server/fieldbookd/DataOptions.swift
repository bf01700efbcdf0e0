import ArgumentParser
import Foundation

/// Which server a command is about.
struct DataOptions: ParsableArguments {
  @Option(
    name: .customLong("data"),
    help: ArgumentHelp("The folder of the server. Default: FIELDBOOKD_DATA.", valueName: "dir")
  )
  var path: String?

  /// The folder, wherever it was named.
  func folder() throws -> DataFolder {
    let named = path ?? ProcessInfo.processInfo.environment["FIELDBOOKD_DATA"]
    guard let named, !named.isEmpty else {
      throw ValidationError("Name the folder of the server: --data DIR, or FIELDBOOKD_DATA.")
    }
    return DataFolder(path: named)
  }
}
