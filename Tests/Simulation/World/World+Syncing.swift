import Convergence
import OperationStore
import SyncClient
import SyncProtocol
import TestSupport

extension World {
  /// How long a device waits for an answer, in milliseconds.
  private static let patience: Int64 = 60_000

  /// A device begins to sync all its visits, if it does not already.
  func beginSync(
    _ device: SimulatedDevice,
    random: SeededGenerator,
    server: Int? = nil
  ) throws {
    guard device.store != nil, device.sync == nil else { return }
    let session = SyncSession(
      enrolment: device.enrolment,
      key: device.key,
      visits: device.visits.map { cast.visits[$0].id }.sorted(),
      client: "simulation",
      model: 1
    )
    device.syncCount += 1
    summary.syncs += 1
    device.sync = SimulatedDevice.SyncUnderWay(
      number: device.syncCount,
      conversation: SyncConversation(session: session, key: device.key, nonce: device.nonce),
      random: random,
      server: server ?? device.server,
      isHealed: isHealed
    )
    trace("\(device.name) begins sync \(device.syncCount)")
    try advance(device)
  }

  /// Asks the conversation for its next request and sends it.
  private func advance(_ device: SimulatedDevice) throws {
    guard var sync = device.sync, let store = device.store else { return }
    let token = Bits128(high: sync.random.next(), low: sync.random.next())
    let request: TransportRequest?
    do throws(SyncFailure) {
      request = try sync.conversation.next(store: store, now: device.reading(at: now), token: token)
    } catch {
      device.sync = sync
      return try endSync(device, failure: error)
    }
    sync.requests += 1
    device.sync = sync
    if device.machine.isDown { return try goDown(device) }
    guard let request else { return try endSync(device, failure: nil) }
    send(request, from: device)
  }

  private func send(_ request: TransportRequest, from device: SimulatedDevice) {
    guard var sync = device.sync else { return }
    defer { device.sync = sync }
    summary.requests += 1
    summary.bytes += request.body.count
    let message = Message(
      device: device.number,
      sync: sync.number,
      number: sync.requests,
      server: sync.server,
      request: request,
      isEcho: false
    )
    queue.add(
      .timeout(device: device.number, sync: sync.number, request: sync.requests),
      at: now + Self.patience
    )
    var delay = Int64(sync.random.int(in: 20...200))
    guard !sync.isHealed else {
      return queue.add(.request(message), at: now + delay)
    }
    if plan.weights.strikes(.delay, &sync.random) {
      summary.count(.delay)
      delay += Int64(sync.random.int(in: 1_000...120_000))
    }
    let echo = Message(
      device: message.device,
      sync: message.sync,
      number: message.number,
      server: message.server,
      request: request,
      isEcho: true
    )
    if plan.weights.strikes(.duplicate, &sync.random) {
      summary.count(.duplicate)
      queue.add(.request(echo), at: now + delay + Int64(sync.random.int(in: 0...5_000)))
    }
    if plan.weights.strikes(.reorder, &sync.random) {
      summary.count(.reorder)
      queue.add(.request(echo), at: now + delay + Int64(sync.random.int(in: 60_000...5_400_000)))
    }
    if device.reach == .closed { return }
    if plan.weights.strikes(.drop, &sync.random), sync.random.chance(1, in: 2) {
      summary.count(.drop)
      return trace("\(device.name): request \(sync.requests) is lost")
    }
    queue.add(.request(message), at: now + delay)
  }

  /// A request reaches its server.
  func arrive(_ message: Message) throws {
    let server = servers[message.server]
    let device = devices[message.device]
    let answer = server.answer(message.request, now: serverTime)
    if server.machine.isDown { try goDown(server) }
    guard !message.isEcho, let answer else { return }
    guard var sync = device.sync, sync.number == message.sync, sync.requests == message.number
    else { return }
    defer { device.sync = sync }
    summary.bytes += answer.body.count
    let delay = Int64(sync.random.int(in: 20...200))
    guard !sync.isHealed else {
      return queue.add(.answer(answer, message), at: now + delay)
    }
    if device.reach != .open { return }
    if plan.weights.strikes(.drop, &sync.random) {
      summary.count(.drop)
      return trace("\(device.name): the answer to request \(sync.requests) is lost")
    }
    var arriving = answer
    if !answer.body.isEmpty, plan.weights.strikes(.cut, &sync.random) {
      summary.count(.cut)
      let length = sync.random.below(answer.body.count)
      arriving = TransportAnswer(
        status: answer.status,
        body: Array(answer.body.prefix(length)),
        nonce: answer.nonce
      )
      trace("\(device.name): the answer ends after \(length) of \(answer.body.count) bytes")
    }
    queue.add(.answer(arriving, message), at: now + delay)
  }

  /// An answer reaches its device.
  func arrive(_ answer: TransportAnswer, _ message: Message) throws {
    let device = devices[message.device]
    guard var sync = device.sync, sync.number == message.sync, sync.requests == message.number,
      let store = device.store
    else { return }
    var failure: SyncFailure?
    do throws(SyncFailure) {
      try sync.conversation.receive(answer, store: store, now: device.reading(at: now))
    } catch {
      failure = error
    }
    device.nonce = sync.conversation.nonce
    device.sync = sync
    if device.machine.isDown { return try goDown(device) }
    if let failure { return try endSync(device, failure: failure) }
    try advance(device)
  }

  /// A sync has come to its end, or not.
  func endSync(_ device: SimulatedDevice, failure: SyncFailure?) throws {
    guard let sync = device.sync else { return }
    device.sync = nil
    let report = sync.conversation.report
    summary.delivered += report.operationsReceived + report.operationsSent
    summary.mark(UInt64(report.batchesSent) << 32 | UInt64(report.batchesReceived))
    if device.machine.isDown { return try goDown(device) }
    try meet(device)
    try checkReading(device)
    if failure == nil, let reason = report.retire {
      guard try retire(device, because: reason) else { return }
      return try beginSync(device, random: sync.random, server: sync.server)
    }
    guard let failure else {
      summary.completedSyncs += 1
      return trace(
        """
        \(device.name) ends sync \(sync.number): sent \(report.operationsSent), received \
        \(report.operationsReceived) operations in \(report.roundTrips) round trips
        """
      )
    }
    trace("\(device.name) breaks off sync \(sync.number): \(failure.code.rawValue)")
    guard !isExpected(failure, sync, device) else { return }
    throw Violation(
      .conduct,
      at: now,
      "\(device.name) failed to sync: \(failure.code.rawValue): \(failure.message)"
    )
  }

  private func isExpected(
    _ failure: SyncFailure,
    _ sync: SimulatedDevice.SyncUnderWay,
    _ device: SimulatedDevice
  ) -> Bool {
    switch failure.code {
    case .noAnswer:
      return !isHealed
    case .store:
      return device.machine.disk?.capacity != nil
    case .refused:
      if failure.problem == .credential { return sync.server != device.server }
      // An echo may carry a nonce that is an hour old; the server's disk may be full.
      if failure.problem == .nonce { return !isHealed }
      return failure.problem == .unavailable && servers[sync.server].machine.disk?.capacity != nil
    case .untrustedServer, .badAnswer, .rewound, .notEnrolled, .noProgress:
      return false
    }
  }
}
