import ArgumentParser

/// Which visit of which device a command works on.
struct VisitOptions: ParsableArguments {
  @OptionGroup var home: HomeOptions

  @Option(
    help: ArgumentHelp(
      "Another visit than the open one: its identifier, the start of it, or its title.",
      valueName: "visit"
    )
  )
  var visit: String?

  /// The visit.
  func open() throws -> OpenVisit { try OpenVisit(home.device(), named: visit) }
}
