import ArgumentParser

/// Which device a command works on.
struct HomeOptions: ParsableArguments {
  @Option(
    name: .customLong("home"),
    help: ArgumentHelp(
      "The folder of the device. Default: FIELDBOOK_HOME, else your data folder.",
      valueName: "dir"
    )
  )
  var path: String?

  /// The folder, wherever it was named.
  func home() throws -> Home { try Home(named: path) }

  /// The device that lives there.
  func device() throws -> Device { try Device(home()) }
}
