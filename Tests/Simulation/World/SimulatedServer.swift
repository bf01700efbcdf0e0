import AssessmentModel
import Convergence
import OperationStore
import SyncClient
import SyncProtocol
import SyncServer

/// A college's server: the production decisions on a store, asked by messages instead of sockets.
final class SimulatedServer {
  let number: Int
  let service: Service
  let nonces: Nonces
  var machine: Machine
  /// `nil` while it is down.
  var store: OperationStore?
  /// The last backup.
  var backup: SimulatedDisk?

  /// Whether its store was ever put back, with or without telling anybody.
  var wasPutBack = false

  private let names: Names
  private var epochs = 0

  /// A name for a history, another one each time.
  func makeEpoch() -> Epoch {
    epochs += 1
    return Epoch(bits: names.bits("epoch \(number) \(epochs)"))
  }

  init(_ number: Int, names: Names, machine: Machine, now: Int64) throws {
    self.number = number
    self.names = names
    self.machine = machine
    let keys = ServerKeys(identity: try names.key("identity \(number)"))
    service = Service(keys: keys)
    nonces = Nonces(secret: names.bytes("nonces \(number)"))
    let store = try machine.open()
    try Service.initialise(
      store,
      keys: keys,
      name: "College \(number + 1)",
      epoch: Epoch(bits: names.bits("epoch \(number)")),
      now: now
    )
    self.store = store
  }

  /// What the server answers to a request; `nil` while it is down or goes down over it.
  func answer(_ request: TransportRequest, now: Int64) -> TransportAnswer? {
    guard let store else { return nil }
    let nonce = nonces.make(at: now)
    if request.target == "/v1/nonce" {
      return TransportAnswer(status: 200, body: [], nonce: nonce)
    }
    do throws(Problem) {
      let body = try answer(request, now: now, store: store)
      return machine.isDown ? nil : TransportAnswer(status: 200, body: body, nonce: nonce)
    } catch {
      guard !machine.isDown else { return nil }
      return TransportAnswer(status: error.code.status, body: error.body, nonce: nonce)
    }
  }

  private func answer(
    _ request: TransportRequest,
    now: Int64,
    store: OperationStore
  ) throws(Problem) -> [UInt8] {
    let caller = try service.caller(
      request.authorization.flatMap { RequestProof(header: $0) },
      method: request.method,
      target: request.target,
      body: request.body,
      nonces: nonces,
      now: now,
      store: store
    )
    let frames: [Frame]
    do throws(ProtocolError) {
      frames = try FrameReader.frames(of: request.body).frames
    } catch {
      throw Problem(.malformed, error.message)
    }
    guard request.target == "/v1/reconcile" else {
      return Frame.body(
        try service.sync(frames, from: caller, newEpoch: makeEpoch(), now: now, store: store)
      )
    }
    let answer = try service.reconcile(
      frames,
      from: caller,
      newEpoch: makeEpoch(),
      now: now,
      store: store
    )
    return Frame.body(answer)
  }
}
