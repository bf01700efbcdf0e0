#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// A private server, on this machine only, for as long as the demonstration runs.
final class DemoServer {
  private let program: String
  private let folder: String
  private let scratch: String
  private var child: pid_t = 0
  private var port = 0

  /// Finds the program; nothing is started yet.
  init(in folder: String) throws(CommandFailure) {
    program = try Self.find()
    self.folder = folder + "/server"
    scratch = folder
  }

  deinit { stop() }

  /// Where it listens.
  var url: String { "http://127.0.0.1:\(port)" }

  /// Runs one of its administrative commands and gives what it printed.
  func administer(_ arguments: String...) throws(CommandFailure) -> String {
    let outcome = try ChildProcess.run(program, arguments + ["--data", folder], scratch: scratch)
    guard outcome.status == 0 else {
      throw .failed("fieldbookd \(arguments.joined(separator: " ")): \(outcome.messages)")
    }
    return outcome.output.split(separator: "\n").joined(separator: "\n")
  }

  /// Starts it: the first time on any free port, later on the same one.
  func start() throws(CommandFailure) {
    var ends: [Int32] = [0, 0]
    guard unsafe pipe(&ends) == 0 else { throw .failed("No pipe could be made.") }
    let arguments = [
      "serve", "--data", folder, "--host", "127.0.0.1", "--port", "\(port)", "--log-level", "error",
    ]
    child = try ChildProcess.spawn(
      program,
      arguments,
      output: .descriptor(ends[1]),
      messages: scratch + "/server.log"
    )
    ChildProcess.endWithThisProgram(child)
    close(ends[1])
    let line = Self.line(from: ends[0])
    close(ends[0])
    guard let number = line.split(separator: ":").last.flatMap({ Int($0) }) else {
      let log = try Files.contents(of: scratch + "/server.log") ?? []
      throw .failed("The server did not start: \(String(decoding: log, as: UTF8.self))")
    }
    port = number
  }

  /// Stops it and waits until it is gone.
  func stop() {
    guard child > 0 else { return }
    kill(child, SIGTERM)
    _ = ChildProcess.wait(for: child)
    ChildProcess.endWithThisProgram(0)
    child = 0
  }

  private static func line(from file: Int32) -> String {
    var bytes: [UInt8] = []
    var byte: UInt8 = 0
    while unsafe read(file, &byte, 1) == 1, byte != UInt8(ascii: "\n") { bytes.append(byte) }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func find() throws(CommandFailure) -> String {
    let beside = Files.folder(of: Environment.executable)
    let path = (Environment["PATH"] ?? "").split(separator: ":").map(String.init)
    for folder in [beside] + path {
      let program = folder + "/fieldbookd"
      if unsafe access(program, X_OK) == 0 { return program }
    }
    throw .failed(
      "The demonstration needs the server's program, fieldbookd, beside this one or in the PATH."
    )
  }
}
