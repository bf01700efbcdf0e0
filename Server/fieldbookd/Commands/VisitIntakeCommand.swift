import ArgumentParser
import Convergence
import SyncProtocol
import SyncServer

/// `fieldbookd visit intake`.
struct VisitIntakeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "intake",
    abstract: "Say of each device of a visit whether its work is in.",
    discussion: """
      `complete`: when the device synced last, it had nothing more; what was written on it since \
      cannot be known. `missing`: changes are known to exist that did not come in, because a device \
      said that it holds them or because others built on them. `unknown`: the device never synced \
      the visit, or the person has none.
      """
  )

  @OptionGroup var data: DataOptions

  @Argument(help: "The visit's identifier; all visits if none is given.")
  var visit: String?

  @Flag(help: "Print JSON.")
  var json = false

  func run() async throws {
    let folder = try data.folder()
    let wanted = visit.flatMap { VisitID(text: $0) }
    if let visit, wanted == nil {
      throw ValidationError("\(visit) is no identifier of a visit. See: fieldbookd visit list.")
    }
    try await CommandRun.run {
      let intakes = try Operator(folder: folder).read { (service, store) throws(Problem) in
        var found: [(intake: Intake, overview: VisitOverview)] = []
        for overview in try service.overviews(store)
        where wanted ?? overview.visit == overview.visit {
          found.append((try service.intake(of: overview.visit, store: store), overview))
        }
        return found
      }
      if let wanted, intakes.isEmpty {
        throw Failure(.refused, "There is no visit \(wanted) on this server.")
      }
      if json {
        return Output.json(.object(["visits": .list(intakes.map { Self.value($0.intake) })]))
      }
      for (intake, overview) in intakes {
        Output.result("\(overview.visit)  \(overview.title)")
        Output.table(intake.devices.map { Self.row($0, in: overview) })
      }
    }
  }

  private static func row(_ device: Intake.Device, in overview: VisitOverview) -> [String] {
    let person = overview.members.first { $0.person == device.person }?.name ?? device.person.text
    let words =
      switch device.state {
      case .complete(let time): "complete at \(Output.time(time))"
      case .missing(let count): "MISSING \(count) of \(device.known)"
      case .unknown: "unknown"
      }
    return ["  " + person, device.name.isEmpty ? "(no device)" : device.name, words]
  }

  private static func value(_ intake: Intake) -> Value {
    let devices = intake.devices.map { device -> Value in
      guard case .map(let map) = device.value,
        let stated = Value.Map(
          map.members + [.init(key: "state", value: .string(device.state.word))]
        )
      else { return device.value }
      return .map(stated)
    }
    return .object(["devices": .list(devices), "visit": .string(intake.visit.text)])
  }
}
