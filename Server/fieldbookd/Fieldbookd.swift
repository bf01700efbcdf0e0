import ArgumentParser

/// The server of Fieldbook: it keeps the logs of visits and passes them on.
@main
struct Fieldbookd: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fieldbookd",
    abstract: "Keep the visits of review teams and bring their devices together.",
    discussion: """
      A server lives in one folder. Make it once with `init`, run it with `serve`, and tell it \
      with the other commands who may come in. They work while the server runs and while it stands \
      still.

        fieldbookd init --data /var/lib/fieldbook --name "Regional peer review"
        fieldbookd person add "Anna Rowe" --data /var/lib/fieldbook
        fieldbookd code issue "Anna Rowe" --data /var/lib/fieldbook
        fieldbookd serve --data /var/lib/fieldbook

      FIELDBOOKD_DATA stands in for --data.

      Exit status: 0 done, 1 failed, 2 refused with reasons, 64 wrong usage.
      """,
    subcommands: [
      InitCommand.self, ServeCommand.self, PersonCommand.self, CodeCommand.self, VisitCommand.self,
      DeviceCommand.self, HoldCommand.self, GapCommand.self, FrameworkCommand.self,
      BundleCommand.self, StatsCommand.self, VerifyCommand.self, RestoreCommand.self,
    ]
  )
}
