import AssessmentModel
import Convergence
import Foundation
import OperationStore
import SyncClient
import SyncProtocol
import SyncServer
import Testing

extension Lab {
  /// What a sync did that went through proofs, nonces and retirements, as the program does it.
  struct Carried {
    var requests = 0
    var retirements: [Retirement] = []
    var report = SyncReport()
  }

  /// Syncs a device to the end; where its replica must retire it goes on as a successor.
  ///
  /// - Parameters:
  ///   - device: The device.
  ///   - lost: The requests, counted from 1, whose answers are lost; after each a new sync begins.
  /// - Returns: What was done.
  /// - Throws: `SyncFailure`, and what the server's service throws.
  @discardableResult
  func carry(_ device: Device, losing lost: Set<Int> = []) throws -> Carried {
    var carried = Carried()
    var isDone = false
    while !isDone {
      var conversation = SyncConversation(
        session: device.session(),
        key: device.key,
        compresses: true
      )
      isDone = true
      while let request = try conversation.next(
        store: device.store,
        now: now,
        token: device.token()
      ) {
        now += 1
        carried.requests += 1
        let answer = try answer(request)
        guard !lost.contains(carried.requests) else {
          isDone = false
          break
        }
        try conversation.receive(answer, store: device.store, now: now)
      }
      carried.report = conversation.report.joined(to: carried.report)
      guard isDone, let reason = conversation.report.retire else { continue }
      carried.retirements.append(try retire(device, because: reason))
      try #require(carried.retirements.count < 4, "it retires again and again")
      isDone = false
    }
    return carried
  }

  /// A device goes on under a name that nobody had.
  @discardableResult
  func retire(_ device: Device, because reason: RetireReason) throws -> Retirement {
    successors += 1
    return try device.retire(because: reason, to: try Self.key(5, successors))
  }

  /// Copies the store of a device that lies in a file.
  func copy(_ device: Device, _ path: String, to other: String, _ number: UInt64) throws -> Device {
    for end in ["", "-wal"] where FileManager.default.fileExists(atPath: path + end) {
      try FileManager.default.copyItem(atPath: path + end, toPath: other + end)
    }
    let store = try OperationStore(.file(other), meaning: .assessment)
    return device.copied(to: store, number)
  }

  /// Hands everything that one device holds to another, as a file would.
  func hand(from: Device, to: Device) throws {
    _ = try from.store.transaction { () throws(StoreError) in
      try from.store.seal(visit, key: from.key, received: now)
    }
    try to.store.transaction { () throws(StoreError) in
      try to.store.seal(visit, key: to.key, received: now)
      var introduced: Set<ReplicaID> = []
      for entry in try from.store.entries(of: visit, after: 0).entries {
        for certificate in try from.store.certificates(
          before: entry,
          of: visit,
          identity: keys.identity.publicKey,
          introduced: &introduced
        ) {
          _ = try to.store.admit(certificate, identity: keys.identity.publicKey)
        }
        guard let certificate = try to.store.certificate(of: entry.replica),
          let batch = try? Batch(line: entry.sealed.line),
          let verified = try? VerifiedBatch(entry.sealed, batch: batch, certificate: certificate)
        else { throw StoreError(.fault, "a handed batch does not read") }
        _ = try to.store.admit(verified, received: now)
      }
    }
  }
}
