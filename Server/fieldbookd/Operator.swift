import Convergence
import Foundation
import OperationStore
import SyncProtocol
import SyncServer

/// Does what a command asks: on the store itself while nobody else holds it, else through the
/// daemon that does.
struct Operator {
  let folder: DataFolder

  /// Carries out a call that may change something, and says so where that showed that the store was
  /// put back.
  func carryOut(_ call: AdminCall) throws -> Value {
    _ = try folder.text(folder.identityKey)
    let before = history
    let answer = try send(call)
    if let before, let after = history, after != before {
      Output.message(
        "This showed something that the server signed and that was not in its log: the store was put "
          + "back or changed. A new history began. Devices bring back what they hold as they sync; "
          + "codes that were not used are void: issue new ones."
      )
    }
    return answer
  }

  /// The history that the store is in; `nil` where it does not say.
  private var history: Epoch? {
    try? read { (service, store) throws(Problem) in try service.epoch(store) }
  }

  private func send(_ call: AdminCall) throws -> Value {
    guard let lock = try FolderLock(folder) else { return try ask(call) }
    defer { lock.release() }
    let administration = Administration(decrees: AssessmentDecrees.all, random: SystemEdge.random)
    return try administration.answer(
      call,
      service: Service(keys: try folder.keys()),
      store: try OperationStore(.file(folder.store), meaning: .server),
      now: SystemEdge.clock()
    )
  }

  /// Reads the store: alone, or beside the daemon that writes it.
  func read<Answer>(_ body: (Service, OperationStore) throws(Problem) -> Answer) throws -> Answer {
    let service = Service(keys: try folder.keys())
    let lock = try FolderLock(folder)
    defer { lock?.release() }
    let isAlone = lock != nil
    let store = try OperationStore(.file(folder.store), meaning: .server, isReadOnly: !isAlone)
    return try store.snapshot { () throws(StoreError) in
      Result { () throws(Problem) in try body(service, store) }
    }.get()
  }

  private func ask(_ call: AdminCall) throws -> Value {
    guard FileManager.default.fileExists(atPath: folder.address),
      let client = LoopbackClient(address: try folder.text(folder.address))
    else {
      throw Failure(.failed, "Another fieldbookd works in \(folder.path). Try again in a moment.")
    }
    let (method, target, body) = call.request
    let answer = try client.send(
      method: method,
      target: target,
      token: try folder.text(folder.adminToken),
      body: method == "GET" ? [] : body.canonical
    )
    guard answer.status == 200 else {
      guard let problem = try? Problem(body: answer.body) else {
        throw Failure(.failed, "The daemon answered with status \(answer.status). See its log.")
      }
      throw problem
    }
    return try StrictJSON.value(of: answer.body)
  }
}
