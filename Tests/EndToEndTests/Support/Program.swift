import Foundation
import Testing

/// One of the built programs, run as a process.
struct Program: Sendable {
  /// What a process left.
  struct Outcome: Sendable {
    /// The exit status; 128 and the number of the signal if one ended it.
    let status: Int32

    /// What it wrote to standard output.
    let output: String

    /// What it wrote to standard error, line breaks as spaces: messages wrap.
    let messages: String
  }

  let path: String

  static let fieldbook = Program(path: folder + "/fieldbook")
  static let fieldbookd = Program(path: folder + "/fieldbookd")
  static let simulate = Program(path: folder + "/simulate")

  /// The build folder: this test program lies in it.
  static let folder: String = {
    let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let program = link ?? Bundle.main.executablePath ?? CommandLine.arguments[0]
    return URL(fileURLWithPath: program).deletingLastPathComponent().path
  }()

  /// Runs it to its end.
  func run(
    _ arguments: [String],
    environment extra: [String: String] = [:]
  ) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.environment = Self.environment(extra)
    process.standardInput = FileHandle.nullDevice
    let folder = try TemporaryFolder()
    let files = try ["out", "err"].map { name in
      let file = folder.path + "/" + name
      #expect(FileManager.default.createFile(atPath: file, contents: nil))
      return try #require(FileHandle(forWritingAtPath: file))
    }
    process.standardOutput = files[0]
    process.standardError = files[1]
    try process.run()
    process.waitUntilExit()
    func text(_ name: String) throws -> String {
      try String(contentsOfFile: folder.path + "/" + name, encoding: .utf8)
    }
    let isSignal = process.terminationReason == .uncaughtSignal
    return Outcome(
      status: isSignal ? 128 + process.terminationStatus : process.terminationStatus,
      output: try text("out"),
      messages: try text("err").split(whereSeparator: \.isNewline).joined(separator: " ")
    )
  }

  /// A plain environment: nothing of the machine's leaks into a test.
  static func environment(_ extra: [String: String]) -> [String: String] {
    var environment = ProcessInfo.processInfo.environment
    for name in ["FIELDBOOK_HOME", "FIELDBOOKD_DATA", "XDG_DATA_HOME", "COLUMNS", "http_proxy"] {
      environment[name] = nil
    }
    environment.merge(extra) { _, new in new }
    return environment
  }
}
