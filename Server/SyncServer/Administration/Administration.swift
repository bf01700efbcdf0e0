public import Convergence
public import OperationStore
public import SyncProtocol

/// Carries out what an operator asks, on a store.
///
/// The same code runs in the daemon, behind its loopback routes, and in a command while the daemon
/// stands still.
public struct Administration: Sendable {
  let decrees: Decrees
  private let random: @Sendable (Int) -> [UInt8]

  /// Prepares to carry out calls.
  ///
  /// - Parameters:
  ///   - decrees: What the authority writes.
  ///   - random: As many random bytes as asked for, good enough for secrets.
  public init(decrees: Decrees, random: @escaping @Sendable (Int) -> [UInt8]) {
    self.decrees = decrees
    self.random = random
  }

  /// Carries out a call.
  ///
  /// - Parameters:
  ///   - call: What is asked.
  ///   - service: What answers for the server.
  ///   - store: Its store.
  ///   - now: The server's clock, in milliseconds since 1970.
  /// - Returns: An object that says what was done or found.
  /// - Throws: ``Problem``: `unknown` person or visit, `malformed` for what cannot be done,
  ///   `unavailable`. Nothing was written then.
  public func answer(
    _ call: AdminCall,
    service: Service,
    store: OperationStore,
    now: Int64
  ) throws(Problem) -> Value {
    switch call {
    case .people:
      let people = try service.people(store)
      return .object(["people": .list(people.map { Self.value($0.person, $0.name) })])
    case .addPerson(let name):
      let person = PersonID(bits: try identifier())
      try service.addPerson(person, name: name, store: store)
      return Self.value(person, name)
    case .issueCode(let wanted):
      let (person, name) = try self.person(wanted, service: service, store: store)
      let code = try service.issueCode(for: person, secret: random(10), store: store)
      return .object([
        "code": .string(code.description), "name": .string(name), "person": .string(person.text),
      ])
    case .visits:
      return .object(["visits": .list(try service.overviews(store).map(\.value))])
    case .createVisit(let wanted):
      return try create(wanted, service: service, store: store, now: now)
    case .addMember(let visit, let wanted, let role):
      let (person, name) = try self.person(wanted, service: service, store: store)
      let member = Decrees.Member(person: person, name: name, role: role)
      return try put(member, on: visit, service: service, store: store, now: now)
    case .changeRole(let visit, let wanted, let role):
      let (person, name) = try self.person(wanted, service: service, store: store)
      guard [nil, "none"].contains(try service.role(of: person, on: visit, store: store)) == false
      else {
        throw Problem(.unknown, "\(name) is not on visit \(visit). Add them: visit member add.")
      }
      let member = Decrees.Member(person: person, name: name, role: role)
      return try put(member, on: visit, service: service, store: store, now: now)
    case .removeMember(let visit, let wanted, let because):
      let (person, name) = try self.person(wanted, service: service, store: store)
      let cells = try service.cells(of: visit, store: store)
      let cut = try service.cut(of: person, in: visit, store: store)
      let drafts = try decrees.remove(person, cut, because, cells)
      try service.decree(drafts, in: visit, now: now, store: store)
      return Self.value(Decrees.Member(person: person, name: name, role: "none"), visit: visit)
    case .importBundle(let file):
      return try service.importBundle(file, newEpoch: try newEpoch(), now: now, store: store)
        .administrationValue(store)
    case .declareGap(let declaration):
      return try service.declare(
        declaration,
        newEpoch: try newEpoch(),
        now: now,
        store: store
      ).value
    case .joinPeople(let wanted, let other, let because):
      return try join(wanted, other, because, service: service, store: store, now: now)
    case .devices(let wanted):
      let person = try wanted.map { (wanted) throws(Problem) in
        try self.person(wanted, service: service, store: store).person
      }
      let devices = try service.devices(of: person, store: store)
      return .object(["devices": .list(devices.map(\.value))])
    case .revokeDevice(let wanted, let spared, let because):
      return try revoke(wanted, spared, because, service: service, store: store, now: now)
    case .holds(let visit):
      let held = try service.heldBatches(of: visit, decrees, store: store)
      return .object(["held": .list(held.map(\.value))])
    case .decide(let decision):
      return try decide(decision, service: service, store: store, now: now)
    }
  }

  private func create(
    _ wanted: AdminCall.NewVisit,
    service: Service,
    store: OperationStore,
    now: Int64
  ) throws(Problem) -> Value {
    var members: [Decrees.Member] = []
    for member in wanted.members {
      let (person, name) = try self.person(member.person, service: service, store: store)
      members.append(Decrees.Member(person: person, name: name, role: member.role))
    }
    let visit = VisitID(bits: try identifier())
    let drafts = try decrees.found(wanted, members, service.keys.identity.publicKey)
    let revoked = try service.revocations(of: members.map(\.person), in: visit, store: store)
    try service.decree(drafts + revoked, in: visit, now: now, store: store)
    return .object(["title": .string(wanted.title), "visit": .string(visit.text)])
  }

  /// Sixteen random bytes whose written form does not begin like an option on a command line.
  private func identifier() throws(Problem) -> Bits128 {
    for _ in 0..<64 {
      let bytes = random(16)
      guard let bits = Bits128(bytes: bytes) else { break }
      if !Text64.encode(bytes).hasPrefix("-") { return bits }
    }
    throw Problem(.unavailable, "The system gave no random bytes.")
  }

  private func newEpoch() throws(Problem) -> Epoch { Epoch(bits: try identifier()) }

  /// Finds a person by identifier, or by a name that only one bears.
  func person(
    _ wanted: String,
    service: Service,
    store: OperationStore
  ) throws(Problem) -> (person: PersonID, name: String) {
    let people = try service.people(store)
    if let id = PersonID(text: wanted), let found = people.first(where: { $0.person == id }) {
      return found
    }
    let found = people.filter { $0.name == wanted }
    guard let first = found.first else {
      throw Problem(.unknown, "There is no person \(wanted) on this server. Add them first.")
    }
    guard found.count == 1 else {
      throw Problem(
        .malformed,
        "\(found.count) people are named \(wanted). Name the one you mean by identifier: "
          + found.map(\.person.text).joined(separator: ", ") + "."
      )
    }
    return first
  }

  static func value(_ person: PersonID, _ name: String) -> Value {
    .object(["name": .string(name), "person": .string(person.text)])
  }

  static func value(_ member: Decrees.Member, visit: VisitID) -> Value {
    .object([
      "name": .string(member.name), "person": .string(member.person.text),
      "role": .string(member.role), "visit": .string(visit.text),
    ])
  }
}
