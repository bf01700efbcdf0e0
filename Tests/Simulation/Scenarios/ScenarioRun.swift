import AssessmentModel
import Convergence
import OperationStore
import SyncClient
import TestSupport

/// One way through a scenario: a world of real stores and conversations in which its lines happen.
final class ScenarioRun {
  let scenario: Scenario
  let framework: Framework
  let world: World
  var choices: ScenarioChoices
  /// How many times something was looked at.
  var checks = 0

  /// What items were made as: comments and locations by their words, evidence by its title.
  var items: [Item] = []
  /// When each operation was written in truth, in milliseconds since 1970.
  var truth: [Dot: Int64] = [:]
  /// What each device's last sync said of its clock.
  var clockDifferences: [Int: Int64] = [:]
  /// What is shown where, until something happens.
  var shown: [ScenarioStatement.Place: ScenarioReading] = [:]
  /// What was read before, in this run and those before it.
  var known: [ScenarioReading]
  /// The ways taken so far, in words.
  private var way: [String] = []
  /// The lines from which nothing but expectations follows.
  private let tail: ArraySlice<ScenarioStatement>

  private let byteStep: Int

  /// An item by the words that it was made with.
  struct Item {
    let type: String
    let words: String
    let dot: Dot
  }

  private static let minute: Int64 = 60_000

  init(
    _ scenario: Scenario,
    framework: Framework,
    choices: ScenarioChoices,
    byteStep: Int,
    known: [ScenarioReading],
    log: ((String) -> Void)?
  ) throws {
    self.scenario = scenario
    self.framework = framework
    self.choices = choices
    self.byteStep = byteStep
    self.known = known
    // Only what lies on a disk can be put back.
    let hasBackup = scenario.statements.contains { $0.action == .backUp }
    let size = Size(
      devices: max(1, scenario.cast.devices.count),
      hours: 1,
      disk: hasBackup ? .simulated : .memory
    )
    let plan = Plan(seed: 1, size: size, steps: [])
    world = try World(
      plan,
      framework: framework,
      cast: scenario.cast.cast(names: Names(seed: plan.seed)),
      log: log
    )
    let last = scenario.statements.lastIndex { statement in
      if case .expect = statement.action { false } else { true }
    }
    tail = scenario.statements[((last ?? -1) + 1)...]
  }

  /// Lets every line happen, heals the world, checks every promise, and looks once more.
  ///
  /// - Throws: ``ScenarioFailure`` for the first line that is not as it says.
  func play() throws {
    for statement in scenario.statements {
      do {
        try take(statement)
      } catch let violation as Violation {
        throw failure(at: statement, "the simulator found: \(violation)")
      }
    }
    guard let last = scenario.statements.last else { return }
    do {
      try world.heal()
      try world.checkEverything()
    } catch let violation as Violation {
      throw failure(at: last, "at the end of the run the simulator found: \(violation)")
    }
    shown = [:]
    for statement in tail { try take(statement, isAfterwards: true) }
  }

  /// A failure of a line.
  func failure(at statement: ScenarioStatement, _ seen: String) -> ScenarioFailure {
    ScenarioFailure(
      file: scenario.file,
      line: statement.line,
      source: statement.source,
      seen: seen,
      way: way
    )
  }

  private func take(_ statement: ScenarioStatement, isAfterwards: Bool = false) throws {
    if case .expect(let expectation, let place) = statement.action {
      return try check(expectation, at: place, statement, isAfterwards: isAfterwards)
    }
    shown = [:]
    world.now += Self.minute
    switch statement.action {
    case .edit(let edit, let device, let program):
      do {
        try write(edit, on: world.devices[device], by: program)
      } catch let error as EditError {
        throw failure(at: statement, "it was refused (\(error.code.rawValue)): \(error.message)")
      } catch let error as StoreError {
        throw failure(at: statement, "the store refused: \(error.message)")
      }
    case .refused(let edit, let device, let code):
      try refuse(edit, on: world.devices[device], code, statement)
    case .sync(let devices, let line):
      for device in devices { try sync(device, line, statement) }
    case .everyOrder(let devices, let isOnce):
      try syncInSomeOrder(devices, statement)
      if !isOnce { try settle(statement) }
    case .settle: try settle(statement)
    case .offline(let devices): for device in devices { world.devices[device].reach = .closed }
    case .online(let devices): for device in devices { world.devices[device].reach = .open }
    case .clockOff(let device, let error):
      world.devices[device].clock.set(to: world.serverTime + error, at: world.now)
    case .clockMoved(let device, let distance):
      let shown = world.devices[device].reading(at: world.now)
      world.devices[device].clock.set(to: shown + distance, at: world.now)
    case .wait(let time): world.now += time
    case .remove(let person): try remove(person, statement)
    case .backUp: world.servers[0].backup = world.servers[0].machine.disk?.copy()
    case .putBack(let isTold): try world.restore(world.servers[0], isTold: isTold)
    case .expect: return
    }
  }

  private func remove(_ person: Int, _ statement: ScenarioStatement) throws {
    guard let device = scenario.cast.devices.firstIndex(where: { $0.person == person }) else {
      throw failure(at: statement, "only somebody with a device can be removed")
    }
    var random = SeededGenerator(seed: 1)
    try world.strikeIdentity(.remove(personOf: device, visit: 0), &random)
    guard world.isRemoved(World.Pair(visit: 0, other: person)) else {
      throw failure(at: statement, "the lead of a visit, or somebody removed, cannot be removed")
    }
  }

  // MARK: Syncing

  private func syncInSomeOrder(_ devices: [Int], _ statement: ScenarioStatement) throws {
    var (left, order) = (devices, [Int]())
    while !left.isEmpty { order.append(left.remove(at: choices.choose(of: left.count))) }
    let words = order.map { scenario.cast.devices[$0].word }.joined(separator: ", ")
    way.append("they sync in this order (line \(statement.line)): \(words)")
    for device in order {
      world.devices[device].reach = .open
      try sync(device, .good, statement)
    }
  }

  /// Everybody syncs, one after another, twice: once to send, once to read what others sent.
  private func settle(_ statement: ScenarioStatement) throws {
    for _ in 0..<2 {
      for device in world.devices.indices {
        world.devices[device].reach = .open
        try sync(device, .good, statement)
      }
    }
  }

  private func sync(
    _ number: Int,
    _ line: ScenarioStatement.Line,
    _ statement: ScenarioStatement
  ) throws {
    let device = world.devices[number]
    world.now += 1_000
    var exchange: World.Exchange
    switch line {
    case .good: exchange = try world.exchange(device)
    case .doubled: exchange = try world.exchange(device, isDoubled: true)
    case .cut(let wanted):
      let step = max(wanted, byteStep)
      // The first way is the whole sync, which tells how many bytes there are to break at.
      let chosen = choices.planned
      guard chosen > 0 else {
        exchange = try world.exchange(device)
        _ = choices.choose(of: (exchange.length + step - 1) / step + 1)
        break
      }
      choices.chooseAgain()
      let end = (chosen - 1) * step
      way.append("the line broke after \(end) bytes (line \(statement.line))")
      exchange = try world.exchange(device, cutAfter: end)
      if exchange.failure?.code == .noAnswer { return }
    }
    if let difference = exchange.report.clockDifference { clockDifferences[number] = difference }
    if let failure = exchange.failure {
      throw self.failure(at: statement, "\(device.name) could not sync: \(failure)")
    }
  }
}
