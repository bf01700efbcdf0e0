import ArgumentParser

/// What a run against a running server needs beside the other options.
struct LiveOptions: ParsableArguments {
  @Option(help: "Drive real devices against the fieldbookd at this URL, in real time.")
  var server: String?

  @Option(
    help: ArgumentHelp(
      "The data folder of that fieldbookd: people, codes and a visit are made there.",
      valueName: "dir"
    )
  )
  var data: String?

  @Option(
    help: ArgumentHelp(
      "Instead of --data: a file with an enrolment code a line, all for people of one visit.",
      valueName: "file"
    )
  )
  var codes: String?

  @Option(help: "How long the visit day takes there, 1 to \(Self.secondLimit) seconds.")
  var seconds = 30

  @Flag(help: "Allow --server to be on another machine.")
  var remote = false

  /// The longest run, in seconds.
  static let secondLimit = 3_600

  func validate() throws {
    guard (1...Self.secondLimit).contains(seconds) else {
      throw ValidationError("--seconds is 1 to \(Self.secondLimit).")
    }
    guard server != nil else {
      guard data == nil, codes == nil, !remote else {
        throw ValidationError("--data, --codes and --remote go with --server.")
      }
      return
    }
    guard (data == nil) != (codes == nil) else {
      throw ValidationError(
        "--server also needs either --data, the data folder of that fieldbookd, or --codes."
      )
    }
  }
}
