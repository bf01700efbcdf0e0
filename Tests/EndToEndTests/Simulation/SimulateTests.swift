import Foundation
import Testing

/// The tester's program, as a process.
@Suite("The simulate program")
struct SimulateTests {
  private func simulate(
    _ arguments: String...,
    environment: [String: String] = [:]
  ) throws -> Program.Outcome {
    try Program.simulate.run(arguments, environment: environment)
  }

  // MARK: The same seed

  @Test("A seed prints the same bytes in every process, however the process hashes")
  func seedIsTheSame() throws {
    let folder = try TemporaryFolder()
    var outputs: Set<String> = []
    var traces: Set<String> = []
    for (number, hashing) in ["", "", "1"].enumerated() {
      let trace = folder.path + "/trace-\(number)"
      let outcome = try simulate(
        "--seed",
        "17",
        "--seeds",
        "3",
        "--devices",
        "4",
        "--hours",
        "2",
        "--trace",
        trace,
        environment: hashing.isEmpty ? [:] : ["SWIFT_DETERMINISTIC_HASHING": hashing]
      )
      #expect(outcome.status == 0, "\(outcome.output) \(outcome.messages)")
      outputs.insert(outcome.output)
      traces.insert(try String(contentsOfFile: trace, encoding: .utf8))
    }
    #expect(outputs.count == 1)
    #expect(outputs.first?.contains("3 seeds, 0 broken") == true)
    #expect(traces.count == 1)
    #expect(traces.first?.contains("seed 18\n") == true)
  }

  @Test("Seeds that run side by side print what they print one after the other")
  func sideBySide() throws {
    let runs = try ["1", "3"].map { jobs in
      try simulate("--seed", "40", "--seeds", "8", "--jobs", jobs, "--json")
    }
    #expect(runs.map(\.status) == [0, 0])
    #expect(runs[0].output == runs[1].output)
    #expect(runs[0].output.split(separator: "\n").count == 8)
  }

  @Test("Another seed is another run")
  func seedsDiffer() throws {
    let runs = try ["17", "18"].map { seed in
      try JSON(simulate("--seed", seed, "--devices", "2", "--hours", "1", "--json").output)
    }
    #expect(runs[0]["seed"].text == "17")
    #expect(runs[0]["devices"].number == 2)
    #expect(runs[0]["fingerprint"].text != runs[1]["fingerprint"].text)
  }

  @Test("A fresh seed is printed, and plays the same run when it is given")
  func freshSeed() throws {
    let fresh = try simulate("--devices", "2", "--hours", "1", "--faults", "cut,delay")
    let lines = fresh.output.split(separator: "\n")
    let first = try #require(lines.first)
    #expect(first.hasPrefix("first seed "))
    let seed = String(first.dropFirst("first seed ".count))
    let again = try simulate(
      "--seed",
      seed,
      "--devices",
      "2",
      "--hours",
      "1",
      "--faults",
      "cut,delay"
    )
    #expect(again.output.split(separator: "\n") == Array(lines.dropFirst()))
  }

  // MARK: A failure

  /// A disk that only says that it has synced: on it a promise breaks, whatever the product does.
  private static let lying = ["--disk", "lying", "--faults", "power-cut"]

  @Test("A broken promise ends with status 1 and a line that breaks it again in another process")
  func failureReplays() throws {
    let size = ["--devices", "3", "--hours", "2", "--no-shrink"]
    let runs = ["--seed", "1", "--seeds", "12"]
    let all = try Program.simulate.run(runs + size + Self.lying)
    #expect(all.status == 1)
    let lines = all.output.split(separator: "\n")
    let broken = try #require(lines.first { $0.hasPrefix("BROKEN ") })
    let replay = try #require(lines.first { $0.hasPrefix("again with: simulate ") })
    let words = replay.split(separator: " ").dropFirst(3).map(String.init)
    let again = try Program.simulate.run(words)
    #expect(again.status == 1)
    #expect(again.output.split(separator: "\n").contains(broken))
    // The second time it was shrunk, to steps that can be pasted.
    #expect(again.output.contains("\nshrunk from "))
    #expect(again.output.contains("\nPlan(\n  seed: "))
  }

  // MARK: Scenarios

  @Test("A scenario of one's own that is not as it says ends with status 1, line and screen")
  func scenarioOfFile() throws {
    let folder = try TemporaryFolder()
    let file = folder.path + "/wrong.scenario"
    try """
    scenario wrong: it expects what is not so

    everyone syncs
    a judges XR-304 met because "The rota covers the weekend."
    everyone syncs until all is in
    expect XR-304 is disputed
    """.write(toFile: file, atomically: true, encoding: .utf8)
    let outcome = try simulate("scenario", file)
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("wrong  failed in order 1"))
    #expect(outcome.output.contains("wrong.scenario:6: expect XR-304 is disputed"))
    #expect(outcome.output.contains("Lead's tablet shows: one view: met"))
    let read = try JSON(simulate("scenario", file, "--json").output)
    #expect(read["outcome"].text == "failed")
    #expect(read["failure"]["line"].number == 6)
  }

  @Test("A line that cannot be read is refused with its number, and status 64")
  func unreadableScenario() throws {
    let folder = try TemporaryFolder()
    let file = folder.path + "/odd.scenario"
    try "scenario odd: odd\n\na dances".write(toFile: file, atomically: true, encoding: .utf8)
    let outcome = try simulate("scenario", file)
    #expect(outcome.status == 64)
    #expect(outcome.messages.contains("odd.scenario:3: "))
  }

  @Test("A scenario runs by its name, in any case, and one that waits says for which issue")
  func scenarioByName() throws {
    let outcome = try simulate("scenario", "c01", "C70")
    #expect(outcome.status == 0)
    #expect(
      outcome.output.split(separator: "\n").map { $0.prefix(21) } == [
        "C01  passed in 6 orde", "C70  pending issue 7:", "1 passed, 0 failed, 1",
      ]
    )
  }

  @Test("Every scenario of the library is listed")
  func scenarioList() throws {
    let outcome = try simulate("scenario", "--list", "--json")
    #expect(outcome.status == 0)
    let names = try outcome.output.split(separator: "\n").map { try JSON(String($0))["name"].text }
    #expect(names.contains("C05") && names.contains("C71"))
    #expect(names == names.sorted())
  }

  // MARK: Wrong usage

  @Test(
    "What makes no sense is refused with what to do instead, and status 64",
    arguments: [
      (["--devices", "501"], "--devices is 1 to 500, not 501."),
      (["--seeds", "0"], "--seeds is at least 1."),
      (["--jobs", "65"], "--jobs is 1 to 64, not 65."),
      (["--jobs", "2", "--watch"], "not with --trace, --watch or --disk files"),
      (["--faults", "cutt"], "did you mean cut?"),
      (["--framework", "nope"], "qsi-imaging/2026-draft"),
      (["--until", "soon"], "3h, 90m or 2h30m"),
      (["--watch", "--json"], "do not go together"),
      (["--servers", "2"], "--servers is at most --visits"),
      (["--server", "http://127.0.0.1:1"], "--server also needs either --data"),
      (["--data", "folder"], "go with --server"),
      (["scenario"], "Give names or files, or --all, or --list."),
      (["scenario", "C99"], "There is no scenario C99"),
    ]
  )
  func wrongUsage(_ arguments: [String], _ message: String) throws {
    let outcome = try Program.simulate.run(arguments)
    #expect(outcome.status == 64)
    #expect(outcome.messages.contains(message), "\(outcome.messages)")
    #expect(outcome.output.isEmpty)
  }

  @Test("A run that cannot be carried out ends with status 2 and leaves nothing behind")
  func cannotRun() throws {
    let folder = try TemporaryFolder()
    let outcome = try simulate("--server", "http://127.0.0.1:1", "--data", folder.path)
    #expect(outcome.status == 2)
    #expect(outcome.messages.contains("No server runs on"))
    let away = try simulate("--server", "http://example.org", "--data", folder.path)
    #expect(away.status == 2)
    #expect(away.messages.contains("--remote"))
  }

  // MARK: A running server

  @Test("Three real devices and a running server end with every promise kept")
  func liveRun() throws {
    let folder = try TemporaryFolder()
    let server = try Server(in: folder.path)
    try #require(try server.start())
    let outcome = try simulate(
      "--server",
      server.url,
      "--data",
      folder.path + "/server",
      "--devices",
      "3",
      "--seconds",
      "3",
      "--seed",
      "5",
      "--json",
      environment: ["TMPDIR": folder.path]
    )
    #expect(outcome.status == 0, "\(outcome.output) \(outcome.messages)")
    let read = try JSON(outcome.output)
    #expect(!read["violation"].exists)
    #expect(read["devices"].number == 3)
    #expect(read["written"].number > 100)
    #expect(read["completedSyncs"].number > 9)
    #expect(read["serverChecked"].isTrue)
    #expect(read["promises"].list.map(\.text).contains("disagreements"))
    #expect(read["syncMicroseconds"]["p99"].number > 0)
    // The server holds what the devices wrote, and the devices' stores are gone.
    #expect(try server.administer("visit", "list").contains(read["visit"].text))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["server"])
  }

  @Test("Codes of somebody else's making do, and the devices work on the visit of those people")
  func codes() throws {
    let stage = try Stage()
    let codes = try ["Ana", "Ben", "Ben"].map { try stage.server.administer("code", "issue", $0) }
    let file = stage.folder.path + "/codes"
    try codes.joined(separator: "\n").write(toFile: file, atomically: true, encoding: .utf8)
    let outcome = try simulate(
      "--server",
      stage.server.url,
      "--codes",
      file,
      "--seconds",
      "2",
      "--seed",
      "9",
      "--json"
    )
    #expect(outcome.status == 0, "\(outcome.output) \(outcome.messages)")
    let read = try JSON(outcome.output)
    #expect(read["visit"].text == stage.visit)
    #expect(!read["serverChecked"].isTrue)
    // Whoever was there before receives the day.
    try stage.ana.run("sync")
    #expect(try stage.ana.operationCount() == Stage.founding + read["written"].number)
    let used = try simulate("--server", stage.server.url, "--codes", file, "--seconds", "2")
    #expect(used.status == 2)
    #expect(used.messages.contains("used already"))
  }
}
