import AssessmentModel
import Convergence
import OperationStore
import SyncClient
import SyncProtocol

/// "Is everything in?": what the server said last of the other devices of a visit.
struct IntakePage {
  private let intake: Intake?
  private let asked: Int64?
  private let view: VisitView

  /// Prepares the page of a visit.
  init(_ visit: VisitID, view: VisitView, store: OperationStore) throws {
    intake = try store.intake(of: visit)
    asked = try store.document("device", "synced")?.int
    self.view = view
  }

  /// The page for people: an answer, and a line for each device, what is missing first.
  var text: String {
    guard let intake else {
      return Self.said("nobody can know before this device has synced the visit")
    }
    guard !intake.devices.isEmpty else { return Self.said("nobody else is on the visit") }
    var table = Table(indent: 2)
    for device in intake.devices.filter(\.isMissing) + intake.devices.filter({ !$0.isMissing }) {
      table.add(name(of: device), words(device))
    }
    return "\(Self.said(answer(intake)))\n\(table.text)"
  }

  private static func said(_ answer: String) -> String {
    Wrap.indented("Is everything in? Of the other devices: \(answer).", by: 2, first: "")
  }

  private func answer(_ intake: Intake) -> String {
    let when = asked.map { " at \(Words.time($0))" } ?? ""
    if intake.devices.contains(where: \.isMissing) {
      return "no, as the server knew\(when)"
    }
    if intake.devices.contains(where: { $0.state == .unknown }) {
      return "not all can be known, as the server saw it\(when)"
    }
    return "all that was written before they synced; what was written since cannot be known"
  }

  private func name(of device: Intake.Device) -> String {
    let name = view.name(of: device.person)
    return device.name.isEmpty ? name : "\(name), \(device.name)"
  }

  private func words(_ device: Intake.Device) -> String {
    switch device.state {
    case .missing(let count):
      "MISSING: \(Words.count(count, "change")) that exist and have not come in"
    case .complete(let time):
      "synced \(Words.time(time))"
    case .unknown:
      device.replica == nil
        ? "cannot know: no device is enrolled" : "cannot know: never synced this visit"
    }
  }

  /// The page for programs.
  var value: Value {
    .list(
      (intake?.devices ?? []).map { device in
        .members(
          ("device", device.name.isEmpty ? nil : .string(device.name)),
          ("held", .int(device.held)),
          ("known", .int(device.known)),
          ("person", .string(device.person.text)),
          ("replica", (device.replica?.text).map(Value.string)),
          ("seen", device.seen.map(Value.int)),
          ("state", .string(device.state.word))
        )
      }
    )
  }
}

extension Intake.Device {
  fileprivate var isMissing: Bool {
    if case .missing = state { true } else { false }
  }
}
