import AssessmentModel
import Convergence
import Foundation
import OperationStore
import Simulation
import SyncClient
import SyncClientHTTP
import SyncProtocol

/// A visit day of real devices in real time: the production client over HTTP, stores on files, and a
/// `fieldbookd` that runs.
///
/// The seed plans the day as it does for a simulated one; it is played as fast as `--seconds` says.
struct LiveRun {
  let server: String
  let options: LiveOptions
  let framework: Framework
  let seed: UInt64

  /// How many devices; `nil` for as many as there are codes, or six.
  let devices: Int?

  /// How long the planned day is, in hours.
  let hours: Int

  /// The most devices that one process drives.
  static let deviceLimit = 100

  /// How many rounds of syncs the devices may need at the end.
  private static let roundLimit = 6

  /// How long to wait at the end for a server that does not answer, before each round.
  private static let patience = Duration.seconds(1)

  /// What was prepared: who takes part in what.
  private struct Company {
    let identities: [LiveIdentity]
    let framework: Framework
    let visit: VisitID
    let title: String
  }

  /// Plays the day, syncs until everybody is quiet, and checks every promise.
  ///
  /// - Throws: ``Failure`` where there is nothing to run against.
  func run() async throws -> LiveOutcome {
    let address = try address()
    let server = try options.data.map { try LiveServer(data: $0) }
    let codes = try codes()
    let count = codes?.count ?? devices ?? 6
    let size = Size(devices: count, hours: hours, disk: .files)
    let plan = Planner.plan(seed: seed, size: size, faults: [])
    let cast = Cast(seed: seed, size: size)
    let title = "Simulated visit \(String(UInt32.random(in: .min ... .max), radix: 36))"
    let folder = try TemporaryFolder()
    Interrupt.listen()
    do {
      let company = try await company(
        cast,
        codes: try codes
          ?? server?.prepare(
            cast,
            title: title,
            framework: (framework.id.text, framework.edition.text)
          ) ?? [],
        address: address,
        folder: folder.path
      )
      let accounts = try await day(of: plan, company, address)
      let outcome = try await ending(company, accounts, server, address, folder)
      if outcome.violation == nil { folder.remove() }
      return outcome
    } catch {
      folder.remove()
      throw error
    }
  }

  // MARK: Before

  private func address() throws -> ServerAddress {
    guard let address = ServerAddress(server) else {
      throw Failure("\"\(server)\" is no address: write it as http://127.0.0.1:8080.")
    }
    let host = address.host.trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
    let isLoopback = host == "localhost" || host == "::1" || host.hasPrefix("127.")
    guard isLoopback || options.remote else {
      throw Failure(
        """
        \(address.host) is not this machine. A run fills a server with people and operations that \
        stay there; if that is what you want, add --remote.
        """
      )
    }
    return address
  }

  private func codes() throws -> [EnrolmentCode]? {
    guard let file = options.codes else { return nil }
    guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
      throw Failure("\(file) cannot be read.")
    }
    let lines = text.split(whereSeparator: \.isNewline)
      .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    let codes = try lines.map { line in
      guard let code = EnrolmentCode(text: line) else {
        throw Failure("\(file): \"\(line)\" is no enrolment code.")
      }
      return code
    }
    let count = min(codes.count, devices ?? codes.count)
    guard (1...Self.deviceLimit).contains(count), count == devices ?? count else {
      throw Failure(
        "\(file) holds \(codes.count) codes; a run takes 1 to \(Self.deviceLimit), one a device."
      )
    }
    return Array(codes.prefix(count))
  }

  /// Enrols every device and finds the visit that all of them are on.
  private func company(
    _ cast: Cast,
    codes: [EnrolmentCode],
    address: ServerAddress,
    folder: String
  ) async throws -> Company {
    var enrolled: [(name: String, key: SigningKey, enrolment: Enrolment, file: String)] = []
    var shared: [VisitSummary] = []
    for (number, code) in codes.enumerated() {
      guard let key = SigningKey(seed: (0..<32).map { _ in .random(in: .min ... .max) }) else {
        throw Failure("the cryptography library refused a new key")
      }
      let (name, file) = (cast.devices[number].name, "\(folder)/device-\(number).sqlite")
      let transport = HTTPTransport(to: address)
      var client = LiveDevice.client(transport)
      do throws(SyncFailure) {
        let enrolment = try await client.enrol(
          code,
          key: key,
          server: address.text,
          deviceName: name,
          store: try Self.store(file)
        )
        let visits = try await client.visits(key: key)
        shared = number == 0 ? visits : shared.filter { one in visits.contains(where: one.isSame) }
        enrolled.append((name, key, enrolment, file))
      } catch {
        await transport.shutdown()
        throw Failure("\(name) cannot enrol: \(error.message)")
      }
      await transport.shutdown()
    }
    guard let visit = shared.first, shared.count == 1 else {
      throw Failure(
        "The people of these codes have to share one visit, and they share \(shared.count)."
      )
    }
    let identities = try enrolled.map { one in
      let store = try Self.store(one.file)
      try store.transaction { () throws(StoreError) in try store.addVisit(visit.visit) }
      return LiveIdentity(
        name: one.name,
        key: one.key,
        enrolment: one.enrolment,
        file: one.file,
        visit: visit.visit,
        hasCastRole: options.codes == nil
      )
    }
    return Company(
      identities: identities,
      framework: try pinned(visit),
      visit: visit.visit,
      title: visit.title
    )
  }

  private static func store(_ file: String) throws(SyncFailure) -> OperationStore {
    do throws(StoreError) {
      return try OperationStore(.file(file), meaning: .assessment)
    } catch {
      throw SyncFailure(.store, error.message)
    }
  }

  /// The framework that a visit pins.
  private func pinned(_ visit: VisitSummary) throws -> Framework {
    let (id, edition) = (visit.framework["id"]?.string, visit.framework["edition"]?.string)
    guard id != framework.id.text || edition != framework.edition.text else { return framework }
    do {
      return try FrameworkName("\(id ?? "")/\(edition ?? "")").framework()
    } catch {
      throw Failure("The visit is judged by a framework that is not bundled: \(id ?? "none").")
    }
  }

  // MARK: The day

  private func day(
    of plan: Plan,
    _ company: Company,
    _ address: ServerAddress
  ) async throws -> [LiveAccount] {
    let bounds = LiveBounds(seconds: options.seconds)
    let pace = Double(options.seconds) * 1_000 / (Double(plan.size.hours) * 3_600_000)
    let framework = company.framework
    return try await withThrowingTaskGroup(of: (Int, LiveAccount).self) { group in
      for (number, identity) in company.identities.enumerated() {
        let steps = plan.steps.filter { $0.action.device == number }
        group.addTask {
          let device = try LiveDevice(identity, address: address, framework: framework)
          await device.work(steps, pace: pace, bounds: bounds)
          await device.close()
          return (number, device.account)
        }
      }
      let progress = Task { await bounds.tellProgress() }
      defer { progress.cancel() }
      var accounts = Array(repeating: LiveAccount(), count: company.identities.count)
      for try await (number, account) in group { accounts[number] = account }
      return accounts
    }
  }

  // MARK: After

  /// Opens every store anew, syncs until nothing is left to say, and checks.
  private func ending(
    _ company: Company,
    _ accounts: [LiveAccount],
    _ server: LiveServer?,
    _ address: ServerAddress,
    _ folder: TemporaryFolder
  ) async throws -> LiveOutcome {
    if Interrupt.count > 0 {
      Terminal.say("ending: devices sync and are checked; Ctrl-C again to leave at once")
    }
    let devices = try zip(company.identities, accounts).map { identity, account in
      try LiveDevice(identity, address: address, framework: company.framework, account: account)
    }
    do {
      let outcome = try await ending(company, devices, server, folder)
      for device in devices { await device.close() }
      return outcome
    } catch {
      for device in devices { await device.close() }
      throw error
    }
  }

  private func ending(
    _ company: Company,
    _ devices: [LiveDevice],
    _ server: LiveServer?,
    _ folder: TemporaryFolder
  ) async throws -> LiveOutcome {
    let (rounds, unquiet) = try await settle(devices)
    let store = try server.map {
      try OperationStore(.file($0.store), meaning: .assessment, isReadOnly: true)
    }
    var violation = unquiet.map { Violation(.convergence, $0) }
    if violation == nil {
      violation = try LiveChecks(
        visit: company.visit,
        framework: company.framework,
        devices: devices,
        server: store
      ).broken()
    }
    var total = LiveAccount()
    for device in devices { total.add(device.account) }
    return LiveOutcome(
      seed: seed,
      devices: devices.count,
      seconds: options.seconds,
      visit: company.visit,
      title: company.title,
      account: total,
      written: Int(devices.reduce(0) { $0 + $1.account.lastCounter }),
      rounds: rounds,
      isServerChecked: store != nil,
      violation: violation,
      kept: violation == nil ? nil : folder.path
    )
  }

  /// Every device syncs in turn until a round in which nobody had anything to say.
  ///
  /// - Throws: ``Failure`` if the server is gone, or Ctrl-C was pressed again.
  private func settle(_ devices: [LiveDevice]) async throws -> (rounds: Int, problem: String?) {
    var waiting: [String] = []
    for round in 1...Self.roundLimit {
      // A server that is being started again gets its time.
      if devices.contains(where: { $0.lastFailure != nil }) {
        try await Task.sleep(for: Self.patience)
      }
      waiting = []
      for device in devices {
        guard Interrupt.count < 2 else { throw Failure("left before the end, nothing checked") }
        let report = await device.sync()
        let unsent = try device.store.unsentCounts(of: device.identity.visit).operations
        let isQuiet = report.map { $0.operationsSent + $0.operationsReceived == 0 } ?? false
        if !isQuiet || unsent > 0 { waiting.append(device.identity.name) }
      }
      if waiting.isEmpty { return (round, nil) }
    }
    if let failure = devices.compactMap(\.lastFailure).first {
      throw Failure("not everything was sent, so nothing was checked: \(failure.message)")
    }
    let names = waiting.prefix(5).joined(separator: ", ")
    return (
      Self.roundLimit,
      "after \(Self.roundLimit) rounds \(waiting.count) devices are not done: \(names)"
    )
  }
}

extension VisitSummary {
  fileprivate func isSame(_ other: VisitSummary) -> Bool { visit == other.visit }
}

extension Action {
  /// The device of an action that a real one can take.
  fileprivate var device: Int? {
    switch self {
    case .edit(_, let device, visit: _), .sync(let device): device
    default: nil
    }
  }
}
