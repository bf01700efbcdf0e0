import ArgumentParser
import Convergence
import SyncServer

/// `fieldbookd hold list`.
struct HoldListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List what is held without effect, and why.",
    discussion: """
      Work is held where its author was taken off the visit, its device was revoked, or its author \
      never was on the visit, and the server did not have it by then. It is kept and passed on, and \
      nobody who built on it is blocked.
      """
  )

  @OptionGroup var data: DataOptions

  @Argument(help: "Only what is held on one visit.")
  var visit: String?

  @Flag(help: "Print JSON.")
  var json = false

  func run() async throws {
    let folder = try data.folder()
    let wanted = try visit.map { try VisitOption.id($0) }
    try await CommandRun.run {
      let answer = try Operator(folder: folder).carryOut(.holds(visit: wanted))
      if json { return Output.json(answer) }
      let held = answer["held"]?.list ?? []
      guard !held.isEmpty else { return Output.message("Nothing is held.") }
      var last: String?
      for (visit, title, rows) in Self.visits(held) {
        if last != nil { Output.result("") }
        last = visit
        Output.result("\(visit)  \(title)")
        Output.table(rows.map { ["  " + Self.who($0), Self.what($0), Self.state($0)] })
      }
    }
  }

  private static func visits(
    _ held: [Value]
  ) -> [(visit: String, title: String, rows: [Value])] {
    var visits: [(visit: String, title: String, rows: [Value])] = []
    for row in held {
      let visit = row["visit"]?.string ?? ""
      if visits.last?.visit != visit { visits.append((visit, row["title"]?.string ?? "", [])) }
      visits[visits.count - 1].rows.append(row)
    }
    return visits
  }

  private static func who(_ row: Value) -> String {
    "\(row["replica"]?.string ?? "")  batch \(row["batch"]?.int ?? 0)  "
      + "\(row["name"]?.string ?? ""), \(row["device"]?.string ?? "")"
  }

  private static func what(_ row: Value) -> String {
    let kinds = (row["kinds"]?.list ?? []).compactMap(\.string)
    let count = Output.count(Int(row["operations"]?.int ?? 0), "change")
    let more = kinds.count > 3 ? ", …" : ""
    return "\(count): \(kinds.prefix(3).joined(separator: ", "))\(more)"
  }

  private static func state(_ row: Value) -> String {
    let why =
      switch row["why"]?.string {
      case "removed": "taken off the visit"
      case "revoked": "device revoked"
      case "never-a-member": "never a member"
      default: "held"
      }
    let decision = row["refused"]?.bool == true ? "refused" : "waits"
    return "\(why); came \(Output.time(row["received"]?.int ?? 0)); \(decision)"
  }
}
