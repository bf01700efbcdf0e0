import ArgumentParser
import AssessmentModel
import FrameworkCatalogue
import Simulation

/// Runs one seed or thousands.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Runs one seed, or many.",
    discussion: """
      simulate --seeds 1000              a thousand small worlds, from a fresh seed
      simulate --seeds 1000 --jobs 2     the same on two cores
      simulate --seed 17                 one of them again
      simulate --seed 17 --trace day.txt and everything that happens in a file
      simulate --seed 1 --devices 300 --visits 30 --watch
                                         a busy week of a college, as a live table
      simulate --server http://127.0.0.1:8080 --data DIR --devices 20
                                         real devices and a running fieldbookd
      """
  )

  @Option(help: "The seed of the run, or the first of --seeds; a fresh one if absent.")
  var seed: UInt64?

  @Option(help: "How many seeds to run, from the first on.")
  var seeds: UInt64 = 1

  @Option(help: "How many seeds run at once; what is printed is the same.")
  var jobs = 1

  @Option(help: "Devices, 1 to \(Size.deviceLimit); sizes that are not given come from the seed.")
  var devices: Int?

  @Option(help: "Visits, 1 to \(Size.visitLimit).")
  var visits: Int?

  @Option(help: "Servers, 1 to \(Size.serverLimit); visits are dealt to them in turn.")
  var servers: Int?

  @Option(help: "How long the visit day is, 1 to \(Size.hourLimit) hours.")
  var hours: Int?

  @Option(help: "What stores lie on; the power of simulated disks can be cut.")
  var disk: Size.Disk?

  @Option(
    help: ArgumentHelp(
      "What may go wrong: names, all, none; -NAME leaves one out.",
      valueName: "list"
    ),
    transform: { try FaultList($0) }
  )
  var faults: FaultList?

  @Option(
    help: ArgumentHelp("The framework of the visits.", valueName: "id/edition"),
    transform: { try FrameworkName($0) }
  )
  var framework: FrameworkName?

  @Option(
    help: ArgumentHelp(
      "Stop after so much virtual time (3h, 90m, 2h30m); no healed phase, no checks at the end.",
      valueName: "span"
    ),
    transform: { try Span($0) }
  )
  var until: Span?

  @Flag(help: "Print one JSON object a run.")
  var json = false

  @Option(help: ArgumentHelp("Write everything that happens to a file.", valueName: "file"))
  var trace: String?

  @Flag(help: "Show the devices as a live table.")
  var watch = false

  @Flag(inversion: .prefixedNo, help: "Shrink a failing run to the steps that matter.")
  var shrink = true

  @OptionGroup
  var live: LiveOptions

  func validate() throws {
    guard seeds >= 1 else { throw ValidationError("--seeds is at least 1.") }
    try Self.check(jobs, "jobs", atMost: Self.jobLimit)
    if jobs > 1, trace != nil || watch || disk == .files {
      throw ValidationError("--jobs goes with --seeds; not with --trace, --watch or --disk files.")
    }
    if let seed, seed.addingReportingOverflow(seeds - 1).overflow {
      throw ValidationError("There are not \(seeds) seeds from \(seed) on.")
    }
    try Self.check(devices, "devices", atMost: Size.deviceLimit)
    try Self.check(visits, "visits", atMost: Size.visitLimit)
    try Self.check(servers, "servers", atMost: Size.serverLimit)
    try Self.check(hours, "hours", atMost: Size.hourLimit)
    if watch, json { throw ValidationError("--watch and --json do not go together.") }
    if let servers, servers > visits ?? 1 {
      throw ValidationError("--servers is at most --visits: every server has a visit.")
    }
    guard live.server != nil else { return }
    let isElse =
      seeds != 1 || visits != nil || servers != nil || disk != nil || faults != nil
      || until != nil || trace != nil || watch
    if isElse {
      throw ValidationError(
        """
        --server goes with --devices, --hours, --seconds, --framework, --seed and --json only: \
        time is real there, and faults are what you do to the server and its network.
        """
      )
    }
    try Self.check(devices, "devices", atMost: LiveRun.deviceLimit)
  }

  private static let jobLimit = 64

  private static func check(_ number: Int?, _ name: String, atMost limit: Int) throws {
    guard let number, !(1...limit).contains(number) else { return }
    throw ValidationError("--\(name) is 1 to \(limit), not \(number).")
  }

  func run() async throws {
    try await CommandRun.run {
      let framework = try (framework ?? FrameworkName.usual).framework()
      let first = seed ?? .random(in: 1..<1 << 53)
      if let server = live.server {
        let run = LiveRun(
          server: server,
          options: live,
          framework: framework,
          seed: first,
          devices: devices,
          hours: hours ?? 8
        )
        let outcome = try await run.run()
        try LiveOutput(isJSON: json).report(outcome)
        return
      }
      try await play(from: first, framework)
    }
  }

  private func play(from first: UInt64, _ framework: Framework) async throws {
    if seed == nil, !json { Terminal.out("first seed \(first)") }
    let file = try trace.map { try TraceFile($0) }
    defer { file?.close() }
    let folder = disk == .files ? try TemporaryFolder() : nil
    defer { folder?.remove() }
    let output = RunOutput(isJSON: json, total: seeds, replay: replay)
    let simulator = Simulator(framework: framework, folder: folder?.path)
    // With many seeds, Ctrl-C ends after the one that runs and sums up.
    if seeds > 1 { Interrupt.listen() }
    let all = first...(first + (seeds - 1))
    if jobs > 1 {
      let end = until?.milliseconds
      let runs = ParallelRuns(jobs: jobs) { plan in
        do {
          return try simulator.run(plan, until: end)
        } catch let error as BrokenWorld {
          throw Failure("the simulator itself is at fault: \(error)\nthe seed is \(plan.seed)")
        }
      }
      try await runs.play(
        all,
        plan: plan,
        isStopped: { Interrupt.count > 0 },
        report: { report($0, simulator, output) }
      )
    } else {
      for number in all where Interrupt.count == 0 {
        try play(plan(number), simulator, output, file)
      }
    }
    output.finish()
    if output.broken > 0 { throw CommandRun.broken }
  }

  private func play(
    _ plan: Plan,
    _ simulator: Simulator,
    _ output: RunOutput,
    _ file: TraceFile?
  ) throws {
    file?.write("seed \(plan.seed)")
    let table = watch ? WatchTable() : nil
    let started = ContinuousClock.now
    let outcome: Simulator.Outcome
    do {
      outcome = try simulator.run(
        plan,
        until: until?.milliseconds,
        log: file.map { file in { file.write($0) } },
        watch: table.map { table in { table.show($0) } }
      )
    } catch let error as BrokenWorld {
      throw Failure("the simulator itself is at fault: \(error)\n\(output.again(plan))")
    }
    let duration = ContinuousClock.now - started
    let finished = ParallelRuns.Finished(plan: plan, outcome: outcome, duration: duration)
    report(finished, simulator, output)
  }

  private func report(
    _ run: ParallelRuns.Finished,
    _ simulator: Simulator,
    _ output: RunOutput
  ) {
    output.report(run.plan, run.outcome, duration: run.duration, isWhole: until == nil) {
      violation in
      guard shrink, until == nil else { return nil }
      Terminal.say("a promise is broken; the run is being shrunk to the steps that matter")
      return simulator.shrink(run.plan, breaking: violation.promise)
    }
  }

  private func plan(_ seed: UInt64) -> Plan {
    let faults = (faults ?? .all).faults
    guard devices != nil || visits != nil || servers != nil || hours != nil || disk != nil else {
      return Planner.small(seed: seed, faults: faults)
    }
    let size = Size(
      servers: servers ?? 1,
      visits: visits ?? 1,
      devices: devices ?? 4,
      hours: hours ?? 8,
      disk: disk ?? .simulated
    )
    return Planner.plan(seed: seed, size: size, faults: faults)
  }

  /// The options with which a seed of this run comes back.
  private var replay: String {
    var words: [String] = []
    if let servers { words.append("--servers \(servers)") }
    if let visits { words.append("--visits \(visits)") }
    if let devices { words.append("--devices \(devices)") }
    if let hours { words.append("--hours \(hours)") }
    if let disk { words.append("--disk \(disk.rawValue)") }
    if let faults { words.append("--faults=\(faults.text)") }
    if let framework { words.append("--framework \(framework.text)") }
    if let until { words.append("--until \(until.text)") }
    return words.map { " \($0)" }.joined()
  }
}

extension Size.Disk: ExpressibleByArgument {}
