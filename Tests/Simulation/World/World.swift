package import AssessmentModel
import Convergence
import OperationStore
import SyncClient
import SyncProtocol
import SyncServer
import TestSupport

/// Servers, devices, the network between them and what happens next, in virtual time.
///
/// Nothing here merges, admits or decides what to send: it carries messages between the production
/// values and breaks what real machines break. One world runs on one thread.
package final class World {
  /// Something that happens at a moment.
  enum Event {
    case step(Step)
    case request(Message)
    case answer(TransportAnswer, Message)
    case timeout(device: Int, sync: Int, request: Int)
    case wake(device: Int)
    case wakeServer(Int)
  }

  /// A request on its way.
  struct Message {
    let device: Int
    let sync: Int
    let number: Int
    let server: Int
    let request: TransportRequest
    /// Whether it is a second copy whose answer nobody waits for.
    let isEcho: Bool
  }

  package let plan: Plan
  package let cast: Cast
  package let framework: Framework
  package internal(set) var summary = Summary()
  package internal(set) var now: Int64 = 0

  var servers: [SimulatedServer] = []
  var devices: [SimulatedDevice] = []
  var queue = EventQueue<Event>()
  var ledger = Ledger()
  var isHealed = false
  /// What the servers wrote about visits, in order.
  var decrees: [Decree] = []
  /// What was destroyed with its bytes.
  var losses: [Loss] = []

  /// A visit and a person or device, by number.
  struct Pair: Hashable {
    let visit: Int
    let other: Int
  }

  let names: Names
  let folder: String?
  let log: ((String) -> Void)?

  /// Builds a world: servers founded, people on visits, devices enrolled, nothing synced yet.
  ///
  /// - Parameters:
  ///   - plan: What decides the run.
  ///   - framework: The framework that the visits are judged by.
  ///   - cast: Who is on which visit; `nil` for what the seed and size give.
  ///   - lateVisit: A visit that somebody founds later, if any.
  ///   - folder: Where real files go, if the plan wants them.
  ///   - log: Takes the lines of a trace.
  /// - Throws: ``BrokenWorld`` or what the product throws where it should not.
  package init(
    _ plan: Plan,
    framework: Framework,
    cast: Cast? = nil,
    lateVisit: Int? = nil,
    folder: String? = nil,
    log: ((String) -> Void)? = nil
  ) throws {
    self.plan = plan
    self.framework = framework
    self.folder = folder
    self.log = log
    names = Names(seed: plan.seed)
    self.cast = cast ?? Cast(seed: plan.seed, size: plan.size)
    for number in 0..<plan.size.servers { try addServer(number) }
    for number in self.cast.devices.indices { try addDevice(number) }
    for number in self.cast.visits.indices where number != lateVisit { try found(number) }
    for step in plan.steps { queue.add(.step(step), at: step.time) }
  }

  /// The servers' clock, which is right.
  var serverTime: Int64 { DeviceClock.dawn + now }

  private func addServer(_ number: Int) throws {
    let machine = try Machine(plan.size.disk, folder: folder, name: "server-\(number)")
    let server = try SimulatedServer(number, names: names, machine: machine, now: serverTime)
    servers.append(server)
    guard let store = server.store else { throw BrokenWorld("a server has no store") }
    for person in cast.people {
      try server.service.addPerson(person.id, name: person.name, store: store)
    }
  }

  /// Founds a visit.
  ///
  /// Every server has a backup of the time before its last visit.
  func found(_ number: Int) throws {
    let visit = cast.visits[number]
    let server = servers[visit.server]
    guard let store = server.store else { throw BrokenWorld("a server has no store") }
    if now == 0, number == cast.visits.lastIndex(where: { $0.server == visit.server }) {
      server.backup = server.machine.disk?.copy()
    }
    let founding = VisitFounding(
      title: visit.title,
      framework: FrameworkPin(
        id: framework.id.text,
        edition: framework.edition.text,
        hash: Hash256.plain([]).text
      ),
      identityKey: server.service.keys.identity.publicKey.text,
      members: visit.members.map { number in
        let person = cast.people[number]
        return VisitFounding.Member(person: person.id, role: person.role, name: person.name)
      },
      serviceName: "Imaging"
    )
    try server.service.decree(try founding.drafts(), in: visit.id, now: serverTime, store: store)
    try note(server, about: number)
  }

  private func addDevice(_ number: Int) throws {
    let device = cast.devices[number]
    let person = cast.people[device.person]
    let server = servers[device.server]
    guard let serverStore = server.store else { throw BrokenWorld("a server has no store") }
    let key = try names.key("device \(number)")
    let code = try server.service.issueCode(
      for: person.id,
      secret: Array(names.bytes("code \(number)").prefix(10)),
      store: serverStore
    )
    let request = try EnrolRequest(code: code, key: key, deviceName: device.name)
    let answer = try server.service.enrol(
      try EnrolRequest(body: request.body),
      now: serverTime,
      store: serverStore
    )
    let machine = try Machine(plan.size.disk, folder: folder, name: "device-\(number)")
    let store = try machine.open()
    let enrolment = try Enrolment(
      answer: answer,
      code: code,
      key: key,
      server: "simulated",
      deviceName: device.name,
      store: store
    )
    // As `open` does; the first sync brings what is in them.
    try store.transaction { () throws(StoreError) in
      for visit in device.visits { try store.addVisit(cast.visits[visit].id) }
    }
    devices.append(
      SimulatedDevice(
        number: number,
        cast: device,
        person: person.id,
        key: key,
        enrolment: enrolment,
        machine: machine,
        store: store
      )
    )
  }

  /// Writes a line of the trace.
  func trace(_ line: @autoclosure () -> String) {
    log?("\(Moment(now))  \(line())")
  }
}
