import ArgumentParser
import Convergence
import SyncServer

/// `fieldbookd device list`.
struct DeviceListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the devices, with their people and when they were last here.",
    discussion: """
      A device that was put back to a backup goes on under a new replica; the earlier one is the one \
      that it is a successor of.
      """
  )

  @OptionGroup var data: DataOptions

  @Option(help: "Only those of a person: their identifier, or their exact name.")
  var person: String?

  @Flag(help: "Print JSON.")
  var json = false

  func run() async throws {
    let folder = try data.folder()
    try await CommandRun.run {
      let answer = try Operator(folder: folder).carryOut(.devices(person: person))
      if json { return Output.json(answer) }
      let devices = answer["devices"]?.list ?? []
      guard !devices.isEmpty else { return Output.message("There are no devices.") }
      Output.table(devices.map(Self.row))
    }
  }

  private static func row(_ device: Value) -> [String] {
    let seen = device["seen"]?.int.map { "last here \(Output.time($0))" } ?? "never here"
    let before = device["certifiedBy"]?.string.map { ", successor of \($0)" } ?? ""
    let state = device["revoked"]?.bool == true ? "revoked" : seen
    return [
      device["replica"]?.string ?? "", device["name"]?.string ?? "",
      device["device"]?.string ?? "", state + before,
    ]
  }
}
