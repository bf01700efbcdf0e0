import ArgumentParser
import AssessmentModel
import Convergence
import OperationStore
import SyncClient
import SyncProtocol

/// `fieldbook visits`.
struct VisitsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "visits",
    abstract: "List the visits you are on.",
    discussion: """
      Asks the server for the list. Without a network it shows the list as it was last, and says so.
      """
  )

  @OptionGroup var options: HomeOptions
  @OptionGroup var output: OutputOptions

  @Flag(help: "Do not ask the server.")
  var offline = false

  func run() async throws {
    let device = try options.device()
    let enrolment = try device.enrolment()
    var isFresh = false
    if !offline {
      let key = try device.key(enrolment)
      do {
        try await ask(enrolment, key, device)
        isFresh = true
      } catch let failure as SyncFailure where failure.code == .noAnswer {
        Terminal.say("\(failure.message) This is the list as it was last:")
      }
    }
    try list(device, isFresh: isFresh)
  }

  private func ask(_ enrolment: Enrolment, _ key: SigningKey, _ device: Device) async throws {
    let visits = try await Exchange.talk(to: enrolment.server, of: device) { client in
      try await client.visits(
        of: enrolment,
        key: key,
        store: device.store,
        client: "fieldbook/\(Fieldbook.version)",
        model: Meaning.client.version
      )
    }
    try KnownVisit.keep(visits, in: device.store)
  }

  private func list(_ device: Device, isFresh: Bool) throws {
    let current = try device.store.document("device", "current")?.string
    let known = try KnownVisit.all(device.store)
    if output.json {
      let list = known.map { visit in
        Value.object([
          "closed": .bool(visit.isClosed), "current": .bool(visit.id.text == current),
          "id": .string(visit.id.text),
          "opened": .bool(visit.isOpened), "role": .string(visit.role),
          "title": .string(visit.title),
        ])
      }
      let document = Value.object(["fresh": .bool(isFresh), "visits": .list(list)])
      return Terminal.outRaw(JSONText.line(document))
    }
    guard !known.isEmpty else {
      return Terminal.out("You are on no visit yet. Ask the organiser to put you on one.")
    }
    var table = Table()
    for visit in known {
      let mark = visit.id.text == current ? "*" : " "
      let state =
        visit.isOpened ? "on this device" : visit.isClosed ? "closed here" : "not opened"
      table.add(mark, visit.id.text, visit.role, state, visit.title)
    }
    Terminal.out(table.text)
  }
}
