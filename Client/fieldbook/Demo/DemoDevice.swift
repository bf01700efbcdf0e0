/// One device of the demonstration: a folder of its own, worked by the real program.
struct DemoDevice {
  /// What it is called.
  let name: String

  private let home: String
  private let scratch: String

  /// Names a device; its folder is made when it enrols.
  init(_ name: String, in folder: String) {
    self.name = name
    home = "\(folder)/\(name.lowercased().replacing(" ", with: "-").replacing("'", with: ""))"
    scratch = folder
  }

  /// Runs a command as a process of its own, prints it with what it said, and gives its output.
  @discardableResult
  func run(_ arguments: String..., mayFail: Bool = false) throws(CommandFailure) -> String {
    let outcome = try ChildProcess.run(
      Environment.executable,
      arguments + ["--home", home],
      scratch: scratch
    )
    Terminal.out(Terminal.strong(Wrap.indented("\(name)$ " + Self.typed(arguments), by: 0)))
    for text in [outcome.output, outcome.messages] {
      for line in text.dropLast(text.last == "\n" ? 1 : 0)
        .split(separator: "\n", omittingEmptySubsequences: false) where !text.isEmpty
      { Terminal.out(line.isEmpty ? "" : "    \(line)") }
    }
    guard mayFail || outcome.status == 0 else {
      throw .failed("That should have worked; it ended with status \(outcome.status).")
    }
    return outcome.output
  }

  /// Runs a command without showing it.
  func quietly(_ arguments: String...) throws(CommandFailure) -> String {
    let outcome = try ChildProcess.run(
      Environment.executable,
      arguments + ["--home", home],
      scratch: scratch
    )
    guard outcome.status == 0 else {
      throw .failed("\(name): \(Self.typed(arguments)): \(outcome.messages)")
    }
    return outcome.output
  }

  private static func typed(_ arguments: [String]) -> String {
    (["fieldbook"]
      + arguments.map { argument in
        argument.contains { !$0.isLetter && !$0.isNumber && !"-_./:".contains($0) }
          ? "\"\(argument)\"" : argument
      }).joined(separator: " ")
  }
}
