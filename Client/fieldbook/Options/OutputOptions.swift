import ArgumentParser

/// How a command prints what it found.
struct OutputOptions: ParsableArguments {
  @Flag(help: "Print one JSON document, described in Client/JSONOutput.md.")
  var json = false
}
