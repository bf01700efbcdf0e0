import ArgumentParser
import Convergence
import SyncServer

/// `fieldbookd visit create`.
struct VisitCreateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "create",
    abstract: "Make a visit and print its identifier.",
    discussion: """
      The roles are lead, peer, lay, observer and staff; somebody has to lead. The visit pins the \
      framework, its edition and the hash of its bytes for good.

        fieldbookd visit create --title "Riverside 2026" --framework qsi-imaging \\
          --service "Riverside imaging" --member "Anna Rowe:lead" --member "Ben Ito:peer"
      """
  )

  @OptionGroup var data: DataOptions

  @Option(help: "The title.")
  var title: String

  @Option(help: "The framework it is judged by; see framework list.")
  var framework: String

  @Option(help: "The edition. Needed only where the framework has several.")
  var edition: String?

  @Option(help: "The name of the service that is visited.")
  var service: String?

  @Option(
    name: .customLong("member"),
    help: ArgumentHelp("Somebody on the visit. Give it once for each.", valueName: "person:role")
  )
  var members: [String] = []

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    for member in members where Self.member(member) == nil {
      throw ValidationError("--member \(member): write PERSON:ROLE, such as \"Anna Rowe:lead\".")
    }
  }

  func run() async throws {
    let folder = try data.folder()
    try await CommandRun.run {
      let visit = AdminCall.NewVisit(
        title: title,
        framework: framework,
        edition: edition,
        service: service,
        members: members.compactMap(Self.member)
      )
      let answer = try Operator(folder: folder).carryOut(.createVisit(visit))
      if json { return Output.json(answer) }
      Output.result(answer["visit"]?.string ?? "")
    }
  }

  private static func member(_ text: String) -> AdminCall.NewVisit.Member? {
    // A name may hold a colon; a role does not.
    guard let colon = text.lastIndex(of: ":") else { return nil }
    let (person, role) = (text[..<colon], text[text.index(after: colon)...])
    guard !person.isEmpty, !role.isEmpty else { return nil }
    return AdminCall.NewVisit.Member(person: String(person), role: String(role))
  }
}
