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
  var now: Int64 = 1_795_244_400_000

  static let epoch = Epoch(bits: Bits128(high: 9, low: 9))

  init(people: Int = 3) throws {
    keys = ServerKeys(identity: try Lab.key(1, 0), authority: try Lab.key(2, 0))
    service = Service(keys: keys)
    store = try OperationStore(.memory, meaning: .assessment)
    try Service.initialise(store, keys: keys, name: "Lab", epoch: Self.epoch, now: now)
    for number in 0..<people {
      try service.addPerson(Self.person(number), name: "Person \(number)", store: store)
    }
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

  static func person(_ number: Int) -> PersonID {
    PersonID(bits: Bits128(high: 0xA0, low: UInt64(number) + 1))
  }

  static func key(_ kind: UInt8, _ number: Int) throws -> SigningKey {
    try #require(SigningKey(seed: Hash256.plain([kind, UInt8(number)]).bytes))
  }

  /// Enrols a device of a person with a code, through the real calls, and opens the visit on it.
  func device(of number: Int, key keyNumber: Int) throws -> Device {
    let key = try Self.key(3, keyNumber)
    let code = try service.issueCode(
      for: Self.person(number),
      secret: Array(Hash256.plain([7, UInt8(keyNumber)]).bytes.prefix(10)),
      store: store
    )
    let request = try EnrolRequest(code: code, key: key, deviceName: "device \(keyNumber)")
    let answer = try service.enrol(try EnrolRequest(body: request.body), now: now, store: store)
    let store = try OperationStore(.memory, meaning: .assessment)
    let enrolment = try Enrolment(
      answer: answer,
      code: code,
      key: key,
      server: "memory",
      deviceName: "device \(keyNumber)",
      store: store
    )
    try store.addVisit(visit)
    return Device(enrolment: enrolment, key: key, store: store, visit: visit)
  }

  /// What the server answers to the body of a sync.
  func answer(_ body: [UInt8], from device: Device) throws -> [UInt8] {
    let frames = try FrameReader.frames(of: body).frames
    guard case .hello(let value)? = frames.first else {
      throw Problem(.malformed, "The first frame of a sync is a hello.")
    }
    let hello = try Hello(value)
    let certificate = try #require(try store.certificate(of: device.enrolment.replica))
    let caller = Caller(certificate: certificate)
    let greeting = try service.answer(hello, from: caller, now: now, store: store)
    var answer: [Frame] = [.hello(greeting.value)]
    let held = Dictionary(
      try store.certificates().map { ($0.replica, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    let push = Push(frames, identity: keys.identity.publicKey) { held[$0] }
    answer += try service.admit(push, from: caller, now: now, store: store).map { .result($0) }
    for progress in hello.visits {
      answer += try service.page(
        of: progress.visit,
        after: progress.cursor,
        for: caller,
        count: pageCount,
        store: store
      )
    }
    return Frame.body(answer + [.end])
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
  func sync(_ device: Device) throws -> SyncReport {
    var session = device.session()
    while let body = try session.next(store: device.store, now: now, token: device.token()) {
      now += 1
      try session.receive(try answer(body, from: device), store: device.store, now: now)
    }
    return session.report
  }
}
