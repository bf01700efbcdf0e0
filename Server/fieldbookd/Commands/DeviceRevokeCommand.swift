import ArgumentParser
import Convergence
import SyncServer

/// `fieldbookd device revoke`.
struct DeviceRevokeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke",
    abstract: "Revoke a device that was lost or stolen.",
    discussion: """
      On every visit of its person: what the server holds of the device now stands. Whatever arrives \
      later is kept, without effect, until you decide; see hold list. The device reads no more. \
      Nothing is wiped from it, and it cannot be taken back: enrol its owner's next device with a \
      new code.

      It takes in what the device certified: its successors, known or not. Name one that is in good \
      hands with --except, and it goes on.
      """
  )

  @OptionGroup var data: DataOptions

  @Argument(help: "The device: its replica, or its name. See: device list.")
  var device: String

  @Option(
    name: .customLong("except"),
    help: ArgumentHelp("A successor that goes on. Give it once for each.", valueName: "replica")
  )
  var spared: [String] = []

  @Option(help: "Why. Everybody on the visits can read it.")
  var because: String

  @Flag(help: "Print JSON.")
  var json = false

  func run() async throws {
    let folder = try data.folder()
    try await CommandRun.run {
      let answer = try Operator(folder: folder)
        .carryOut(.revokeDevice(device: device, sparing: spared, because: because))
      if json { return Output.json(answer) }
      let replicas = answer["replicas"]?.list ?? []
      let visits = answer["visits"]?.list ?? []
      Output.message(
        "\(answer["device"]?.string ?? device) of \(answer["name"]?.string ?? "") is revoked, "
          + "on \(Output.count(visits.count, "visit"))."
      )
      for replica in replicas.dropFirst() {
        Output.message("So is its successor \(replica.string ?? "").")
      }
    }
  }
}
