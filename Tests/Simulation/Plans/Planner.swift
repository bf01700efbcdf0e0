import AssessmentModel
import TestSupport

/// Plans a visit day: what reviewers do, and what goes wrong meanwhile.
///
/// The seed draws the weights of the faults first, then the day.
package struct Planner {
  private let size: Size
  private let faults: [Fault]
  private let weights: FaultWeights
  private var random: SeededGenerator
  private var steps: [Step] = []

  private static let minute: Int64 = 60_000
  private static let hour: Int64 = 3_600_000

  /// Plans the run of a seed.
  ///
  /// - Parameters:
  ///   - seed: The seed.
  ///   - size: How large the world is.
  ///   - faults: What may go wrong.
  /// - Returns: The same plan for the same arguments, on every machine.
  package static func plan(seed: UInt64, size: Size, faults: [Fault] = Fault.allCases) -> Plan {
    var random = SeededGenerator(seed: seed)
    let weights = FaultWeights(of: faults, using: &random)
    var planner = Planner(size: size, faults: faults, weights: weights, random: random)
    let cast = Cast(seed: seed, size: size)
    for device in cast.devices.indices { planner.plan(device, of: cast) }
    planner.planServers(cast)
    let steps = planner.steps.enumerated()
      .sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
      .map(\.element)
    return Plan(seed: seed, size: size, weights: weights, steps: steps)
  }

  /// A small world of the kind that runs by the thousand: its size too is drawn from the seed.
  package static func small(seed: UInt64, faults: [Fault] = Fault.allCases) -> Plan {
    var random = SeededGenerator(seed: seed ^ 0x5EED)
    let visits = random.pick([1, 1, 1, 2, 3])
    let size = Size(
      servers: visits > 1 ? random.int(in: 1...2) : 1,
      visits: visits,
      devices: visits * random.int(in: 2...5),
      hours: random.int(in: 2...9),
      disk: random.pick([.memory, .simulated, .simulated])
    )
    return plan(seed: seed, size: size, faults: faults)
  }

  private init(size: Size, faults: [Fault], weights: FaultWeights, random: SeededGenerator) {
    self.size = size
    self.faults = faults
    self.weights = weights
    self.random = random
  }

  private mutating func add(_ time: Int64, _ action: Action) {
    steps.append(Step(time, action, salt: random.next()))
  }

  /// Whether a fault that strikes a device once in a while strikes it on this day.
  private mutating func strikesToday(_ fault: Fault) -> Bool {
    guard let weight = weights.perThousand[fault], weight > 0 else { return false }
    return random.chance(min(weight * 3, 900), in: 1_000)
  }

  /// Whether power can be cut and disks can be full.
  private var hasDisk: Bool { size.disk == .simulated || size.disk == .lying }

  // MARK: Devices

  private mutating func plan(_ device: Int, of cast: Cast) {
    let end = Int64(size.hours) * Self.hour
    let person = cast.people[cast.devices[device].person]
    // Arrival: the visit is fetched while there is still a network, mostly.
    if random.chance(9, in: 10) {
      add(Int64(random.int(in: 0...900_000)), .sync(device: device))
    }
    planWork(device, person, cast.devices[device].visits, end: end)
    planSyncs(device, end: end)
    planTrouble(device, cast.devices[device].visits, end: end)
  }

  /// Blocks of work with pauses between them, a lunch break, and a lead who settles things late.
  private mutating func planWork(
    _ device: Int,
    _ person: Cast.Person,
    _ visits: [Int],
    end: Int64
  ) {
    let lunch = end / 2
    var time = Int64(random.int(in: 600_000...1_800_000))
    while time < end {
      let visit = random.chance(4, in: 5) ? visits[0] : random.pick(visits)
      add(time, .edit(edit(of: person, isLate: time > end * 3 / 5), device: device, visit: visit))
      time += Int64(random.int(in: 30_000...600_000))
      if time > lunch, time < lunch + Self.hour / 2 { time = lunch + Self.hour }
    }
  }

  private mutating func edit(of person: Cast.Person, isLate: Bool) -> Edit {
    if weights.strikes(.newer, &random) { return .newer }
    if person.role == .lead, isLate, random.chance(1, in: 3) {
      return .resolve(count: random.int(in: 1...4))
    }
    switch random.below(20) {
    case 0..<9: return .judge(count: random.int(in: 1...12))
    case 9, 10: return .changeMind
    case 11: return .withdraw
    case 12, 13: return .comment
    case 14: return .amendComment
    case 15, 16: return .evidence
    case 17: return .workOnEvidence
    case 18: return .location
    default: return .choose
    }
  }

  /// A sync now and then, and one at the end of the day that may come too late.
  private mutating func planSyncs(_ device: Int, end: Int64) {
    let pace = random.pick([20, 60, 150, 600])
    var time = Int64(random.int(in: 1...pace)) * Self.minute
    while time < end {
      add(time, .sync(device: device))
      time += Int64(random.int(in: 1...(2 * pace))) * Self.minute
    }
    if random.chance(2, in: 3) {
      add(end + Int64(random.int(in: 0...600_000)), .sync(device: device))
    }
  }

  private mutating func planTrouble(_ device: Int, _ visits: [Int], end: Int64) {
    for (fault, reach) in [(Fault.partition, Action.Reach.closed), (.oneWay, .noAnswers)]
    where strikesToday(fault) {
      let start = moment(before: end)
      add(start, .network(reach, device: device))
      add(start + Int64(random.int(in: 10...240)) * Self.minute, .network(.open, device: device))
    }
    if strikesToday(.wrongYear) {
      let years: Int64 = random.chance(1, in: 2) ? -56 : 73
      add(0, .setClock(device: device, error: years * 31_556_952_000))
    }
    while strikesToday(.jump), random.chance(2, in: 3) {
      let error = Int64(random.int(in: -90_000_000...90_000_000))
      add(moment(before: end), .setClock(device: device, error: error))
    }
    if strikesToday(.drift) {
      add(0, .drift(device: device, perMillion: Int64(random.int(in: -20_000...20_000))))
    }
    if strikesToday(.misdirected) { add(moment(before: end), .misdirect(device: device)) }
    if strikesToday(.carried) {
      add(moment(before: end), .carry(from: device, to: random.below(size.devices)))
    }
    if strikesToday(.removal) {
      let (time, visit) = (moment(before: end), random.pick(visits))
      add(time, .remove(personOf: device, visit: visit))
      planDecisions(device, visit, after: time)
    }
    if strikesToday(.revocation) {
      let (time, visit) = (moment(before: end), random.pick(visits))
      add(time, .revoke(device: device, visit: visit))
      planDecisions(device, visit, after: time)
    }
    if hasDisk { planDisk(device, end: end) }
    if strikesToday(.lostBytes) { planLoss(device, end: end) }
  }

  /// What was held is released or refused, now and then both, one after the other.
  private mutating func planDecisions(_ device: Int, _ visit: Int, after time: Int64) {
    var time = time
    for _ in 0..<random.below(4) {
      time += Int64(random.int(in: 10...240)) * Self.minute
      let releases = random.chance(3, in: 4)
      add(time, .decide(releases: releases, device: device, visit: visit))
    }
  }

  private mutating func planDisk(_ device: Int, end: Int64) {
    while strikesToday(.powerCut), random.chance(4, in: 5) {
      add(moment(before: end), .cutPower(device: device, afterWrites: random.int(in: 0...60)))
    }
    if strikesToday(.diskFull) {
      let start = moment(before: end)
      add(start, .room(random.pick([0, 2_048, 20_000]), device: device))
      add(start + Int64(random.int(in: 5...90)) * Self.minute, .room(nil, device: device))
    }
    if strikesToday(.restoredDevice) {
      let copied = moment(before: end)
      add(copied, .copyDevice(device: device))
      add(copied + Int64(random.int(in: 10...240)) * Self.minute, .restoreDevice(device: device))
    }
    if strikesToday(.clonedDevice) { add(moment(before: end), .cloneDevice(device: device)) }
  }

  /// Out of reach of the network a device seals at each try to sync, and is destroyed before any
  /// comes through.
  private mutating func planLoss(_ device: Int, end: Int64) {
    let start = moment(before: end)
    add(start, .network(.closed, device: device))
    let tries = random.int(in: 2...6)
    for number in 1...tries { add(start + Int64(number) * 20 * Self.minute, .sync(device: device)) }
    let loss = start + Int64(tries + 1) * 20 * Self.minute
    add(loss, .destroyDevice(device: device))
    for server in 0..<size.servers {
      add(loss + Int64(random.int(in: 5...90)) * Self.minute, .declareGaps(server: server))
    }
    guard random.chance(1, in: 2) else { return }
    add(loss + Int64(random.int(in: 1...180)) * Self.minute, .findBytes(device: device))
  }

  private mutating func moment(before end: Int64) -> Int64 {
    Int64(random.below(Int(max(1, end / 1_000)))) * 1_000
  }

  // MARK: Servers

  private mutating func planServers(_ cast: Cast) {
    let end = Int64(size.hours) * Self.hour
    guard hasDisk else { return }
    for server in 0..<size.servers {
      while strikesToday(.serverPowerCut), random.chance(4, in: 5) {
        add(
          moment(before: end),
          .cutServerPower(server: server, afterWrites: random.int(in: 0...120))
        )
      }
      if strikesToday(.serverDiskFull) {
        let start = moment(before: end)
        add(start, .serverRoom(random.pick([0, 4_096, 60_000]), server: server))
        add(start + Int64(random.int(in: 5...60)) * Self.minute, .serverRoom(nil, server: server))
      }
      if strikesToday(.serverRestore) { planReturn(.restoreServer(server: server), server, end) }
      if strikesToday(.serverRollback) { planReturn(.rollBackServer(server: server), server, end) }
    }
  }

  /// A backup, now and then the one of the very beginning, that is put back later; somebody may be
  /// taken off a visit before anybody has brought back what is lacking.
  private mutating func planReturn(_ action: Action, _ server: Int, _ end: Int64) {
    let copied = moment(before: end)
    if random.chance(3, in: 4) { add(copied, .copyServer(server: server)) }
    let restored = copied + Int64(random.int(in: 10...240)) * Self.minute
    add(restored, action)
    if random.chance(1, in: 2) {
      let moment = restored + Int64(random.int(in: 0...20)) * Self.minute
      let (device, visit) = (random.below(size.devices), random.below(size.visits))
      add(moment, .remove(personOf: device, visit: visit))
    }
  }
}
