import ArgumentParser

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// `fieldbook demo`.
struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Play a disputed visit with a private server and four devices.",
    discussion: """
      Starts fieldbookd on a free port of this machine, enrols three people on four devices, has \
      them work apart and come together, and prints what their stores say. Nothing is opened outside \
      this machine, and your own device is not touched. It takes a few seconds.
      """
  )

  @Option(
    help: ArgumentHelp("Keep the server, the devices and the report in a folder.", valueName: "dir")
  )
  var keep: String?

  func run() throws {
    let folder: String
    if let keep {
      guard !Files.exists(keep) else {
        throw CommandFailure.refused("\(keep) is there already. Name a folder that is not.")
      }
      folder = keep
    } else {
      let parent = Environment["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
      let name = Environment.random(6).map { String($0, radix: 16) }.joined()
      folder = "\(parent)/fieldbook-demo-\(name)"
    }
    try Files.makeFolder(folder)
    defer { if keep == nil { try? FileManager.default.removeItem(atPath: folder) } }
    try DemoVisit(in: folder).play()
    guard let keep else {
      return Terminal.say("Everything was removed again; fieldbook demo --keep DIR keeps it.")
    }
    Terminal.say("Kept in \(keep); for example: fieldbook status --home \(keep)/anas-laptop")
  }
}
