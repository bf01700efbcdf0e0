import AssessmentModel
import Convergence
import Foundation
import Simulation
import SyncProtocol

/// A running server as its operator sees it: what has to be made there is made by its own program,
/// which finds the daemon through the data folder.
struct LiveServer {
  private let program: String
  private let data: String

  /// Finds the program beside this one, or in the `PATH`.
  ///
  /// - Throws: ``Failure`` if it is not there, or if no server runs on the folder.
  init(data: String) throws {
    self.data = data
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let beside = Bundle.main.executableURL?.deletingLastPathComponent()
      .path(percentEncoded: false)
    let folders = [beside].compactMap { $0 } + path.split(separator: ":").map(String.init)
    let programs = folders.map { "\($0)/fieldbookd" }
    guard let program = programs.first(where: FileManager.default.isExecutableFile) else {
      throw Failure(
        """
        fieldbookd is neither beside this program nor in the PATH; it makes the people and the \
        visit. Build it: swift build --product fieldbookd.
        """
      )
    }
    self.program = program
    guard FileManager.default.fileExists(atPath: "\(data)/address") else {
      throw Failure("No server runs on \(data). Start it: fieldbookd serve --data \(data).")
    }
  }

  /// The file of the server's store.
  var store: String { "\(data)/store.sqlite" }

  /// Makes the people of a cast, a visit with them, and a code for each device.
  func prepare(
    _ cast: Cast,
    title: String,
    framework: (id: String, edition: String)
  ) throws -> [EnrolmentCode] {
    var people: [String] = []
    for person in cast.people {
      people.append(try administer("person", "add", "\(person.name) of \(title)"))
    }
    let members = zip(people, cast.people).flatMap { id, person in
      ["--member", "\(id):\(person.role.rawValue)"]
    }
    _ = try administer(
      [
        "visit", "create", "--title", title, "--service", title, "--framework", framework.id,
        "--edition", framework.edition,
      ] + members
    )
    return try cast.devices.map { device in
      let text = try administer("code", "issue", people[device.person])
      guard let code = EnrolmentCode(text: text) else {
        throw Failure("fieldbookd printed no code: \(text)")
      }
      return code
    }
  }

  private func administer(_ arguments: String...) throws -> String { try administer(arguments) }

  private func administer(_ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments + ["--data", data]
    process.standardInput = FileHandle.nullDevice
    let (output, messages) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = messages
    do {
      try process.run()
    } catch {
      throw Failure("\(program) cannot be started: \(error.localizedDescription)")
    }
    // Both are a line or two, so neither pipe can fill while the other is read.
    let text = Self.text(output)
    let problem = Self.text(messages)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure("fieldbookd \(arguments.prefix(2).joined(separator: " ")): \(problem)")
    }
    return text
  }

  private static func text(_ pipe: Pipe) -> String {
    String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
