import ArgumentParser

@main
struct Simulate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Plays visit days with many devices and everything that goes wrong, from one number.",
    discussion: """
      The same seed gives the same run, byte for byte. Without sizes, the seed decides them too; \
      that is how thousands of small runs find faults. Results go to standard output and are the \
      same each time; how long it took goes to standard error. Tests/README.md explains how to \
      read a failure.

      Exit status: 0 every promise was kept, 1 one was broken or a scenario failed, 2 the run \
      could not be carried out, 64 wrong usage.
      """,
    subcommands: [RunCommand.self, RestoreCommand.self, ScenarioCommand.self, FaultsCommand.self],
    defaultSubcommand: RunCommand.self
  )
}
