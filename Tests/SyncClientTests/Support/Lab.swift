import AssessmentModel
import Convergence
import OperationStore
import SyncClient
import SyncProtocol
import SyncServer
import Testing

/// A real server's service and real devices, in memory, with the wire between them in the test's hand.
final class Lab {
  let keys: ServerKeys
  let service: Service
  let store: OperationStore
  let visit = VisitID(bits: Bits128(high: 1, low: 1))

  let nonces = Nonces(secret: Array(repeating: 7, count: 32))
  var now: Int64 = 1_795_244_400_000

  /// How many devices went on under another name.
  var successors = 0

  static let epoch = Epoch(bits: Bits128(high: 9, low: 9))

  /// A server; the same bytes each time, so that a second one is a backup of the first.
  ///
  /// - Parameters:
  ///   - people: How many people it has, all of them on the visit.
  ///   - isFounded: Whether the visit is made.
  ///   - identity: Which identity key it has.
  ///   - location: Where its store is.
  /// - Throws: What the service throws where it should not.
  init(
    people: Int = 3,
    isFounded: Bool = true,
    identity: Int = 0,
    at location: OperationStore.Location = .memory
  ) throws {
    keys = ServerKeys(identity: try Lab.key(1, identity))
    service = Service(keys: keys)
    store = try OperationStore(location, meaning: .assessment)
    try Service.initialise(store, keys: keys, name: "Lab", epoch: Self.epoch, now: now)
    for number in 0..<people {
      try service.addPerson(Self.person(number), name: "Person \(number)", store: store)
    }
    if isFounded { try found(visit, people: people) }
  }

  /// The first server again, on the store that it left somewhere.
  init(reopening location: OperationStore.Location) throws {
    keys = ServerKeys(identity: try Lab.key(1, 0))
    service = Service(keys: keys)
    store = try OperationStore(location, meaning: .assessment)
  }

  /// Founds a visit of the first people.
  func found(_ visit: VisitID, people: Int) throws {
    let roles: [Role] = [.lead, .peer, .lay]
    let founding = VisitFounding(
      title: "A visit",
      framework: FrameworkPin(id: "qsi", edition: "2026", hash: Hash256.plain([]).text),
      identityKey: keys.identity.publicKey.text,
      members: (0..<people).map { number in
        VisitFounding.Member(
          person: Self.person(number),
          role: roles[number % roles.count],
          name: "Person \(number)"
        )
      },
      serviceName: "Imaging"
    )
    try service.decree(try founding.drafts(), in: visit, now: now, store: store)
  }

  /// Takes somebody off the visit, with everything that they wrote before standing.
  func remove(_ number: Int) throws {
    let cut = try service.cut(of: Self.person(number), in: visit, store: store).map {
      Roster.CutEntry(
        replica: $0.replica,
        lastCounter: $0.lastCounter,
        hashPrefix: $0.hashPrefix
      )
    }
    let roster = Roster(cells: try store.cells(of: visit))
    let draft = try roster.remove(Self.person(number), cut: cut)
    try service.decree([draft], in: visit, now: now, store: store)
  }

  static func person(_ number: Int) -> PersonID {
    PersonID(bits: Bits128(high: 0xA0, low: UInt64(number) + 1))
  }

  static func key(_ kind: UInt8, _ number: Int) throws -> SigningKey {
    try #require(SigningKey(seed: Hash256.plain([kind, UInt8(number)]).bytes))
  }

  /// Enrols a device of a person with a code, through the real calls, and opens the visit on it.
  func device(
    of number: Int,
    key keyNumber: Int,
    at location: OperationStore.Location = .memory
  ) throws -> Device {
    let store = try OperationStore(location, meaning: .assessment)
    return try enrol(store, of: number, key: keyNumber)
  }

  /// Gives a device that has a store another identity, with a code.
  func enrol(_ device: Device, of number: Int, key keyNumber: Int) throws -> Device {
    try enrol(device.store, of: number, key: keyNumber)
  }

  private func enrol(
    _ deviceStore: OperationStore,
    of number: Int,
    key keyNumber: Int
  ) throws -> Device {
    let key = try Self.key(3, keyNumber)
    let code = try service.issueCode(
      for: Self.person(number),
      secret: Array(Hash256.plain([7, UInt8(keyNumber)]).bytes.prefix(10)),
      store: store
    )
    let request = try EnrolRequest(code: code, key: key, deviceName: "device \(keyNumber)")
    let answer = try service.enrol(try EnrolRequest(body: request.body), now: now, store: store)
    let enrolment = try Enrolment(
      answer: answer,
      code: code,
      key: key,
      server: "memory",
      deviceName: "device \(keyNumber)",
      store: deviceStore
    )
    try deviceStore.addVisit(visit)
    return Device(enrolment: enrolment, key: key, store: deviceStore, visit: visit)
  }

  /// A name for the next history that the server begins by itself.
  private var newEpoch: Epoch { Epoch(bits: Bits128(high: 0xE, low: histories + 1)) }

  /// How many histories the server began by itself.
  private(set) var histories: UInt64 = 0

  /// What the server answers to a body, or why it refuses it.
  func answer(
    _ body: [UInt8],
    from device: Device,
    at target: String = "/v1/sync"
  ) throws -> [UInt8] {
    let certificate = try #require(try store.certificate(of: device.enrolment.replica))
    return try answer(
      try FrameReader.frames(of: body).frames,
      from: Caller(certificate: certificate),
      at: target
    )
  }

  private func answer(
    _ frames: [Frame],
    from caller: Caller,
    at target: String
  ) throws(Problem) -> [UInt8] {
    let before = try service.epoch(store)
    defer { if (try? service.epoch(store)) != before { histories += 1 } }
    guard target == "/v1/reconcile" else {
      return Frame.body(
        try service.sync(
          frames,
          from: caller,
          newEpoch: newEpoch,
          now: now,
          store: store,
          pageBatches: pageCount
        )
      )
    }
    return Frame.body(
      try service.reconcile(frames, from: caller, newEpoch: newEpoch, now: now, store: store)
    )
  }

  /// What the server answers to a request, the proof and its nonce checked.
  func answer(_ request: TransportRequest) throws -> TransportAnswer {
    let nonce = nonces.make(at: now)
    guard request.target != "/v1/nonce" else {
      return TransportAnswer(status: 200, body: [], nonce: nonce)
    }
    do throws(Problem) {
      let caller = try service.caller(
        request.authorization.flatMap { RequestProof(header: $0) },
        method: request.method,
        target: request.target,
        body: request.body,
        isCompressed: request.isCompressed,
        nonces: nonces,
        now: now,
        store: store
      )
      let body =
        request.isCompressed
        ? try? Gzip.inflate(request.body, atMost: Limits.bodyBytes) : request.body
      let frames = (try? FrameReader.frames(of: body ?? []).frames) ?? []
      let answer = try answer(frames, from: caller, at: request.target)
      return TransportAnswer(status: 200, body: answer, nonce: nonce)
    } catch {
      return TransportAnswer(status: error.code.status, body: error.body, nonce: nonce)
    }
  }

  /// How many batches a page holds at most.
  var pageCount = Limits.pageBatches

  /// Pulls the first batches of the log to a device, in one round trip, and no more.
  func sync(_ device: Device, upTo count: Int) throws {
    var session = device.session()
    pageCount = count
    defer { pageCount = Limits.pageBatches }
    guard let body = try session.next(store: device.store, now: now, token: device.token()) else {
      return
    }
    try session.receive(try answer(body, from: device), store: device.store, now: now)
  }

  /// Syncs a device to the end.
  @discardableResult
  func sync(_ device: Device, and others: [VisitID] = []) throws -> SyncReport {
    var session = device.session(and: others)
    try carry(&session, of: device)
    return session.report
  }

  /// Carries a session to its end; gives what it asked for.
  @discardableResult
  func carry(_ session: inout SyncSession, of device: Device) throws -> [String] {
    var targets: [String] = []
    while let body = try session.next(store: device.store, now: now, token: device.token()) {
      now += 1
      targets.append(session.target)
      do {
        let answer = try answer(body, from: device, at: session.target)
        try session.receive(answer, store: device.store, now: now)
      } catch let problem as Problem {
        guard try session.receive(problem, store: device.store) else { throw problem }
      }
    }
    return targets
  }
}
