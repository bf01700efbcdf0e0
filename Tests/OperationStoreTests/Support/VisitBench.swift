import AssessmentModel
import Convergence
import OperationStore
import SyncProtocol
import TestSupport
import Testing

/// A store that is fed the batches of one visit, and asked what it makes of them.
struct VisitBench {
  let store: OperationStore
  let visit: VisitID
  private let batches: [SealedBatch]

  /// What a server answers to one batch.
  struct Answer {
    let code: String
    let outcome: BatchResult.Outcome?
  }

  /// Makes a store with a visit and certificates and no batch.
  init(
    _ batches: [SealedBatch],
    certificates: [SealedCertificate],
    identity: PublicKey = Names.identity.publicKey,
    visit: VisitID = Names.visit,
    at location: OperationStore.Location = .memory
  ) throws {
    let store = try OperationStore(location, meaning: .assessment)
    try store.transaction { () throws(StoreError) in
      try store.addVisit(visit)
      for certificate in certificates {
        try store.admit(certificate, identity: identity)
      }
    }
    self.store = store
    self.visit = visit
    self.batches = batches
  }

  /// Makes a store for what a scene holds.
  init(_ scene: Scene, at location: OperationStore.Location = .memory) throws {
    try self.init(
      scene.entries.map(\.sealed),
      certificates: scene.certificates,
      at: location
    )
  }

  /// Makes a store for what a vector holds.
  init(_ vector: Vector) throws {
    func sealed(_ key: String) throws -> [(line: [UInt8], signature: Signature)] {
      try #require(vector[key]?.list).map { entry in
        let signature = try #require(entry["sig"]?.string.flatMap { Signature(text: $0) })
        return (try Vector.line(entry), signature)
      }
    }
    try self.init(
      sealed("batches").map { SealedBatch(line: $0.line, signature: $0.signature) },
      certificates: sealed("certificates").map {
        SealedCertificate(line: $0.line, signature: $0.signature)
      },
      identity: vector.publicKey("identity"),
      visit: #require(VisitID(text: try vector.string("visit")))
    )
  }

  private func verified(_ index: Int) throws -> VerifiedBatch {
    let batch = try Batch(line: batches[index].line)
    let certificate = try store.certificate(of: batch.replica)
    return try VerifiedBatch(batches[index]) { _ in certificate }
  }

  /// An order in groups of one to twelve, as pages and bodies bring them.
  static func groups(of order: [Int], _ random: inout SeededGenerator) -> [[Int]] {
    var groups: [[Int]] = []
    var left = order[...]
    while !left.isEmpty {
      groups.append(Array(left.prefix(random.int(in: 1...12))))
      left = left.dropFirst(groups.last?.count ?? 0)
    }
    return groups
  }

  /// Presents batches in one transaction, as a page or a body does; answers their codes.
  func admitTogether(_ indices: [Int]) throws -> [String] {
    let verified = try indices.map { try self.verified($0) }
    return try store.transaction { () throws(StoreError) in
      var codes: [String] = []
      for batch in verified {
        codes.append(try store.admit(batch, received: Names.clock).code)
      }
      return codes
    }
  }

  /// Presents the batch of an index.
  @discardableResult
  func admit(_ index: Int) throws -> Answer {
    let verified: VerifiedBatch
    do {
      verified = try self.verified(index)
    } catch let error as ProtocolError {
      return Answer(code: "bad/\(error.code.rawValue)", outcome: nil)
    }
    let outcome = try store.transaction { () throws(StoreError) in
      try store.admit(verified, received: Names.clock)
    }
    if case .bad(let why) = outcome { return Answer(code: "bad/\(why.rawValue)", outcome: outcome) }
    return Answer(code: outcome.code, outcome: outcome)
  }

  /// What `arrivals` of a vector says of one order.
  func arrival(_ order: [Int], isComplete: Bool) throws -> Value {
    var (results, gaps, absent): ([Value], [Value], [Value]) = ([], [], [])
    for index in order {
      let answer = try admit(index)
      results.append(.string(answer.code))
      if case .gap(let next)? = answer.outcome { gaps.append(.int(next)) }
      if case .missing(let deps)? = answer.outcome { absent.append(.list(deps.map(\.value))) }
    }
    return .object([
      "order": .list(order.map { .int(Int64($0)) }), "results": .list(results),
      "gaps": .list(gaps), "absent": .list(absent),
      "log": .string(try store.logDigest(of: visit).hash.text), "complete": .bool(isComplete),
    ])
  }

  /// What `final` of a vector says.
  func final() throws -> Value {
    let notices = try store.notices(of: visit)
    func places(_ effect: Effect) -> Value {
      .list(
        notices.filter { $0.effect == effect }.map {
          .list([.string($0.batch.text), .int(Int64($0.index))])
        }
      )
    }
    let inert = notices.compactMap { notice -> Value? in
      guard case .inert(let reason) = notice.effect else { return nil }
      return .list([
        .string(notice.batch.text), .int(Int64(notice.index)), .string(reason.rawValue),
      ])
    }
    let cells = try store.cells(of: visit)
    return .object([
      "cells": .list(
        cells.sortedKeys.filter { !$0.isMark && !cells[$0].isEmpty }.map { key in
          .list([.string(key.text), .list(cells[key].siblings.map(Self.sibling))])
        }
      ),
      "held": places(.held), "inert": .list(inert), "model": .int(1),
      "state": .string(try store.stateDigest(of: visit).text),
      "uninterpreted": places(.uninterpreted),
    ])
  }

  private static func sibling(_ sibling: Sibling) -> Value {
    var parts: [Value] = [
      .string(sibling.dot.replica.text), .int(sibling.dot.counter),
      .string(sibling.dot.branch.description), .string(sibling.person.text),
      .int(sibling.clock), sibling.value,
    ]
    if !sibling.cites.isEmpty {
      parts.append(.list(sibling.cites.map { .string("#\($0)") }))
    }
    return .list(parts)
  }

  /// Makes the state anew from the log.
  func rederive() throws {
    try store.transaction { () throws(StoreError) in try store.rederive(visit) }
  }
}
