import AssessmentModel
import Convergence
import OperationStore
import SyncProtocol
import SyncServer
import TestSupport
import Testing

/// A server with an empty store, and whatever a test puts on it.
struct ServerBench {
  /// The server's clock; it stands still.
  static let now: Int64 = 1_795_244_400_000

  /// The history that begins if one must.
  static let next = Epoch(bits: Bits128(high: 8, low: 8))

  let keys: ServerKeys
  let epoch: Epoch
  let store: OperationStore
  let location: OperationStore.Location

  var service: Service { Service(keys: keys) }

  /// The key of the server's own replica now.
  func authority() throws -> SigningKey { try service.authority(store) }

  init(_ location: OperationStore.Location = .memory, seed: UInt64 = 1) throws {
    var chance = SeededGenerator(seed: seed)
    keys = ServerKeys(identity: try .make(&chance))
    epoch = Epoch(bits: Bits128(high: chance.next(), low: chance.next()))
    self.location = location
    store = try OperationStore(location, meaning: .assessment)
    try Service.initialise(store, keys: keys, name: "Bench", epoch: epoch, now: Self.now)
  }

  /// The actor on the same store; the bench's own connection then only looks.
  func server() throws -> SyncServer {
    try SyncServer(
      location,
      meaning: .assessment,
      keys: keys,
      nonceSecret: Array(repeating: 7, count: 32),
      clock: { Self.now },
      random: { Bits128(high: 5, low: 5) }
    )
  }

  /// Adds a person.
  func person(_ name: String, _ number: UInt64) throws -> PersonID {
    let person = PersonID(bits: Bits128(high: number, low: 1))
    try service.addPerson(person, name: name, store: store)
    return person
  }

  /// Founds a visit.
  func visit(_ number: UInt64 = 1, members: [(PersonID, Role)]) throws -> VisitID {
    let visit = VisitID(bits: Bits128(high: number, low: 2))
    let founding = VisitFounding(
      title: "Visit \(number)",
      framework: FrameworkPin(
        id: "standards",
        edition: "first",
        hash: Hash256.plain([1]).text
      ),
      identityKey: keys.identity.publicKey.text,
      members: members.map { VisitFounding.Member(person: $0.0, role: $0.1, name: "Somebody") }
    )
    try service.decree(try founding.drafts(), in: visit, now: Self.now, store: store)
    return visit
  }

  /// Adds Anna, who leads a visit of its own, and Ben, a peer on it; and a tablet of each.
  func team() throws -> (anna: Device, ben: Device, visit: VisitID) {
    let people = try [person("Anna", 1), person("Ben", 2)]
    let devices = try [device(of: people[0], 11), device(of: people[1], 12)]
    let visit = try visit(members: [(people[0], .lead), (people[1], .peer)])
    return (devices[0], devices[1], visit)
  }

  /// Takes somebody off a visit.
  func remove(_ person: PersonID, from visit: VisitID) throws {
    let cut = try service.cut(of: person, in: visit, store: store).map {
      Roster.CutEntry(
        replica: $0.replica,
        lastCounter: $0.lastCounter,
        hashPrefix: $0.hashPrefix
      )
    }
    let roster = Roster(cells: try store.cells(of: visit))
    let draft = try roster.remove(person, cut: cut)
    try service.decree([draft], in: visit, now: Self.now, store: store)
  }

  /// What the server's operations say of assessments, as its daemon writes them.
  static let decrees = Decrees(
    found: { (_, _, _) throws(Problem) in throw Decrees.unsupported },
    put: { (member, cut, cells) throws(Problem) in
      try drafts { () throws(EditError) in
        guard let role = Role(rawValue: member.role) else { return [] }
        let roster = Roster(cells: cells)
        return [try roster.put(member.person, as: role, name: member.name, cut: entries(cut))]
      }
    },
    remove: { (person, cut, _, cells) throws(Problem) in
      try drafts { () throws(EditError) in
        [try Roster(cells: cells).remove(person, cut: entries(cut))]
      }
    },
    hold: { dot, person, authority in
      let reason = HoldReason(of: dot, by: person, under: authority)
      return Decrees.Hold(
        word: reason.rawValue,
        words: reason.words,
        canBeReleased: reason.canBeReleased
      )
    },
    decide: { (field, replica, ranges, because, cells) throws(Problem) in
      try drafts { () throws(EditError) in
        guard let decision = HoldDecision(rawValue: field) else { return [] }
        let batches = ranges.map { ($0.first, $0.last, $0.hashPrefix) }
        return [
          try Roster(cells: cells).decide(decision, batches, of: replica, because: because)
        ]
      }
    },
    join: { (person, other, because, cells) throws(Problem) in
      try drafts { () throws(EditError) in
        [try Roster(cells: cells).join(person, with: other, because: because)]
      }
    }
  )

  private static func entries(_ cut: [Dependency]) -> [Roster.CutEntry] {
    cut.map {
      Roster.CutEntry(
        replica: $0.replica,
        lastCounter: $0.lastCounter,
        hashPrefix: $0.hashPrefix
      )
    }
  }

  private static func drafts(_ body: () throws(EditError) -> [Draft]) throws(Problem) -> [Draft] {
    do throws(EditError) {
      return try body()
    } catch {
      throw Problem(.malformed, error.message)
    }
  }

  /// Carries out what an operator asks.
  func answer(_ call: AdminCall) throws -> Value {
    let administration = Administration(decrees: Self.decrees) { Array(repeating: 5, count: $0) }
    return try administration.answer(call, service: service, store: store, now: Self.now)
  }

  /// How an operator's call is refused; `nil` if it is not.
  func refusal(_ call: AdminCall) -> Problem? {
    do {
      _ = try answer(call)
      return nil
    } catch {
      return error as? Problem
    }
  }

  /// The interest that a person declared in a visit: what takes effect of what a device wrote.
  func interests(of person: PersonID, in visit: VisitID) throws -> [String] {
    let key = CellKey(.named("visit"), "interest", slot: person.text)
    return try store.cells(of: visit)[key].siblings.compactMap { $0.value["declares"]?.string }
  }

  /// A code whose secret is the number ten times over.
  func code(for person: PersonID, _ number: UInt8) throws -> EnrolmentCode {
    try service.issueCode(
      for: person,
      secret: Array(repeating: number, count: 10),
      store: store
    )
  }

  /// Enrols a device of a person.
  func device(of person: PersonID, _ number: UInt8) throws -> Device {
    let key = try #require(SigningKey(seed: Array(repeating: number, count: 32)))
    let code = try code(for: person, number)
    let request = try EnrolRequest(code: code, key: key, deviceName: "Tablet \(number)")
    let frames = try service.enrol(request, now: Self.now, store: store)
    return try Device(key: key, answer: frames, identity: keys.identity.publicKey)
  }

  /// Pushes frames as the service admits them.
  func push(_ frames: [Frame], from device: Device) throws -> [BatchResult] {
    let push = Push(frames, identity: keys.identity.publicKey) { try? store.certificate(of: $0) }
    return try service.admit(
      push,
      from: device.caller,
      newEpoch: Self.next,
      now: Self.now,
      store: store
    )
  }

  /// Syncs as the service answers it.
  func sync(
    _ frames: [Frame],
    from caller: Caller,
    at time: Int64 = now,
    pageBatches: Int = Limits.pageBatches
  ) throws -> [Frame] {
    try service.sync(
      frames,
      from: caller,
      newEpoch: Self.next,
      now: time,
      store: store,
      pageBatches: pageBatches
    )
  }

  /// Pushes frames and gives the codes of the results.
  func codes(_ frames: [Frame], from device: Device) throws -> [String] {
    try push(frames, from: device).map { result in
      if case .bad(let why) = result.outcome { return "bad/\(why.rawValue)" }
      return result.outcome.code
    }
  }

  /// Gives a device everything of a visit that the server has.
  func pull(_ visit: VisitID, to device: Device) throws {
    let frames = try service.page(of: visit, after: nil, for: device.caller, store: store)
    try device.take(frames, of: visit, identity: keys.identity.publicKey)
  }
}

extension SigningKey {
  static func make(_ chance: inout SeededGenerator) throws -> SigningKey {
    let seed = (0..<32).map { _ in UInt8(chance.below(256)) }
    return try #require(SigningKey(seed: seed))
  }
}
