import ArgumentParser

/// The command line of a reviewer.
@main
struct Fieldbook: AsyncParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "fieldbook",
    abstract: "Review a service against a published standard, with or without a network.",
    discussion: """
      Everything is written on this device at once and stays there. `sync` brings the team's work \
      together when there is a network; nothing that anybody wrote is overwritten, and where \
      reviewers differ both views are kept and shown until a person settles it.

        fieldbook enrol https://review.example ABCD-EFGH-…    once, with the organiser's code
        fieldbook visits                                      what you are on
        fieldbook open "Riverside 2026"                       choose one
        fieldbook sync                                        fetch it
        fieldbook judge XR-304 met --because "…"              works anywhere
        fieldbook status                                      how far the team has come
        fieldbook disputes                                    what a person has to settle

      A device lives in one folder: --home, else FIELDBOOK_HOME, else the folder for your data. \
      Every command that reads takes --json. NO_COLOR turns colours off.

      Exit status: 0 done, 1 failed, 2 refused with reasons, 64 wrong usage.
      """,
    version: version,
    groupedSubcommands: [
      CommandGroup(
        name: "The visit:",
        subcommands: [
          EnrolCommand.self, VisitsCommand.self, OpenCommand.self, StatusCommand.self,
          StandardsCommand.self, ShowCommand.self, SyncCommand.self, BundleCommand.self,
          CloseCommand.self,
        ]
      ),
      CommandGroup(
        name: "What you see and judge:",
        subcommands: [
          JudgeCommand.self, WithdrawCommand.self, ChooseCommand.self, CommentCommand.self,
          EvidenceCommand.self, LocationCommand.self, InterestCommand.self,
          ApplicableCommand.self,
        ]
      ),
      CommandGroup(
        name: "What the team makes of it:",
        subcommands: [
          DisputesCommand.self, ResolveCommand.self, ExplainCommand.self, HistoryCommand.self,
          ReportCommand.self,
        ]
      ),
      CommandGroup(
        name: "Around it:",
        subcommands: [
          DoctorCommand.self, VerifyCommand.self, RescueCommand.self, FrameworkCommand.self,
          DemoCommand.self,
        ]
      ),
    ]
  )

  /// Runs a command and turns what it throws into words and an exit status, in this one place.
  static func main() async {
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      guard let failure = CommandFailure(error) else { exit(withError: error) }
      Terminal.endProgress()
      Terminal.say("fieldbook: \(failure)")
      exit(withError: ExitCode(failure.kind.rawValue))
    }
  }
}
