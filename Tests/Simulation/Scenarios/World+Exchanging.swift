import Convergence
import OperationStore
import SyncClient
import SyncProtocol

extension World {
  /// What became of a sync over a line that a scenario describes.
  struct Exchange {
    let report: SyncReport
    let failure: SyncFailure?
    /// The bodies of all requests and answers, in bytes.
    let length: Int
  }

  /// A device syncs at once, over a line that breaks after so many bytes of bodies, both ways
  /// counted, or that delivers every request twice.
  ///
  /// A request that does not arrive whole is handed to the server as far as it came: the server has
  /// to refuse it. Behind the break nothing passes.
  func exchange(
    _ device: SimulatedDevice,
    cutAfter end: Int? = nil,
    isDoubled: Bool = false
  ) throws -> Exchange {
    guard let store = device.store else { throw BrokenWorld("\(device.name) is down") }
    let server = servers[device.server]
    device.syncCount += 1
    summary.syncs += 1
    let session = SyncSession(
      enrolment: device.enrolment,
      key: device.key,
      visits: device.visits.map { cast.visits[$0].id }.sorted(),
      client: "scenario",
      model: 1
    )
    var conversation = SyncConversation(session: session, key: device.key, nonce: device.nonce)
    let token = names.bits("token \(device.number) \(device.syncCount)")
    var length = 0
    var failure: SyncFailure?
    do throws(SyncFailure) {
      while let request = try conversation.next(
        store: store,
        now: device.reading(at: now),
        token: token
      ) {
        summary.requests += 1
        guard let arriving = pass(request, to: server, &length, end, isDoubled) else {
          throw SyncFailure(.noAnswer, "The line broke.")
        }
        try conversation.receive(arriving, store: store, now: device.reading(at: now))
        device.nonce = conversation.nonce
        if let end, length >= end { throw SyncFailure(.noAnswer, "The line broke.") }
      }
    } catch {
      failure = error
    }
    let report = conversation.report
    summary.delivered += report.operationsReceived + report.operationsSent
    if failure == nil { summary.completedSyncs += 1 }
    try meet(device)
    try checkReading(device)
    try checkPromises(device)
    trace(
      """
      \(device.name) syncs: sent \(report.operationsSent), received \(report.operationsReceived) \
      operations\(failure.map { ", broken off: \($0.code.rawValue)" } ?? "")
      """
    )
    return Exchange(report: report, failure: failure, length: length)
  }

  /// Carries a request and its answer, as far as the line holds; `nil` where no answer comes.
  private func pass(
    _ request: TransportRequest,
    to server: SimulatedServer,
    _ length: inout Int,
    _ end: Int?,
    _ isDoubled: Bool
  ) -> TransportAnswer? {
    now += 50
    let room = end.map { max(0, $0 - length) }
    length += request.body.count
    if let room, room < request.body.count {
      _ = server.answer(
        TransportRequest(
          method: request.method,
          target: request.target,
          body: Array(request.body.prefix(room)),
          contentType: request.contentType,
          authorization: request.authorization
        ),
        now: serverTime
      )
      return nil
    }
    guard let answer = server.answer(request, now: serverTime) else { return nil }
    if isDoubled { _ = server.answer(request, now: serverTime) }
    now += 50
    let left = end.map { max(0, $0 - length) }
    length += answer.body.count
    guard let left, left < answer.body.count else { return answer }
    return TransportAnswer(
      status: answer.status,
      body: Array(answer.body.prefix(left)),
      nonce: answer.nonce
    )
  }
}
