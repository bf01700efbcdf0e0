public import OperationStore
public import SyncProtocol

extension SyncClient {
  /// The visits that the server assigns to the person.
  ///
  /// A list is asked for with nothing that could carry a certificate. So a device that the server may
  /// not know says hello first, with the certificates of its replica behind it.
  ///
  /// - Parameters:
  ///   - enrolment: Who the device is.
  ///   - key: Its replica's key.
  ///   - store: The device's store.
  ///   - client: The program and its version, for the server's log.
  ///   - model: The model version that the program interprets.
  /// - Returns: The visits, sorted.
  /// - Throws: ``SyncFailure``: `noAnswer`, `refused`, `badAnswer`, `store`.
  public mutating func visits(
    of enrolment: Enrolment,
    key: SigningKey,
    store: OperationStore,
    client: String,
    model: Int64
  ) async throws(SyncFailure) -> [VisitSummary] {
    var condition = try SyncFailure.stored { () throws(StoreError) in try DeviceCondition(store) }
    if condition != .unconfirmed {
      do throws(SyncFailure) {
        return try await visits(key: key)
      } catch {
        guard let problem = error.problem else { throw error }
        let (next, action) = condition.after(.refusal(problem))
        guard action == .repeatWithCertificates else { throw error }
        condition = next
      }
    }
    var session = SyncSession(
      enrolment: enrolment,
      key: key,
      visits: [],
      client: client,
      model: model
    )
    session.condition = condition
    try await hello(&session, key: key, store: store)
    return try await visits(key: key)
  }

  /// Says hello, and nothing else.
  private mutating func hello(
    _ session: inout SyncSession,
    key: SigningKey,
    store: OperationStore
  ) async throws(SyncFailure) {
    guard let body = try session.next(store: store, now: now(), token: token()) else { return }
    let answer = try await proved("POST", "/v1/hello", body: body, key: key)
    try Self.check(answer)
    try session.receive(answer.body, store: store, now: now())
  }
}
