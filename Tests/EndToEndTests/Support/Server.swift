import Foundation
import Testing

/// A daemon with a folder of its own, on any free port of the loopback.
final class Server {
  private let folder: String
  private var process: Process?
  private(set) var port = 0

  init(in folder: String) throws {
    self.folder = folder + "/server"
    try administer("init", "--name", "Test server")
  }

  deinit { stop() }

  /// The database.
  var store: String { folder + "/store.sqlite" }

  var url: String { "http://127.0.0.1:\(port)" }

  /// Runs an administrative command and gives what it printed.
  @discardableResult
  func administer(_ arguments: String...) throws -> String {
    let outcome = try Program.fieldbookd.run(arguments + ["--data", folder])
    try #require(outcome.status == 0, "fieldbookd \(arguments): \(outcome.messages)")
    return outcome.output.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Runs an administrative command, whatever comes of it.
  func attempt(_ arguments: String...) throws -> Program.Outcome {
    try Program.fieldbookd.run(arguments + ["--data", folder])
  }

  /// Starts it, again on the same port if it ran before.
  ///
  /// - Returns: Whether it came as far as listening.
  @discardableResult
  func start(environment: [String: String] = [:]) throws -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Program.fieldbookd.path)
    process.arguments = [
      "serve", "--data", folder, "--port", "\(port)", "--log-level", "critical",
    ]
    process.environment = Program.environment(environment)
    process.standardInput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    self.process = process
    try? pipe.fileHandleForWriting.close()
    var line = ""
    while let byte = try pipe.fileHandleForReading.read(upToCount: 1), let first = byte.first {
      if first == UInt8(ascii: "\n") { break }
      line.append(Character(UnicodeScalar(first)))
    }
    guard let number = line.split(separator: ":").last.flatMap({ Int($0) }) else { return false }
    port = number
    return true
  }

  /// Asks it to stop, and waits.
  ///
  /// - Returns: The exit status; 128 and the signal if one ended it.
  @discardableResult
  func stop() -> Int32 {
    guard let process else { return 0 }
    self.process = nil
    if process.isRunning { process.terminate() }
    process.waitUntilExit()
    let status = process.terminationStatus
    return process.terminationReason == .uncaughtSignal ? 128 + status : status
  }
}
