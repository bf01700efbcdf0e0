import AssessmentModel
import Convergence
import OperationStore
import SyncProtocol
import Testing

/// A store that is fed what a vector of a visit holds.
struct VisitBench {
  let store: OperationStore
  let visit: VisitID
  private let batches: [SealedBatch]

  /// What a server answers to one batch.
  struct Answer {
    let code: String
    let outcome: BatchResult.Outcome?
  }

  /// Makes an empty store with the vector's visit and certificates.
  init(_ vector: Vector) throws {
    let store = try OperationStore(.memory, meaning: .assessment)
    let visit = try #require(VisitID(text: try vector.string("visit")))
    let identity = try vector.publicKey("identity")
    batches = try #require(vector["batches"]?.list).map { entry in
      let signature = try #require(entry["sig"]?.string.flatMap { Signature(text: $0) })
      return SealedBatch(line: try Vector.line(entry), signature: signature)
    }
    let certificates = try #require(vector["certificates"]?.list).map { entry in
      let signature = try #require(entry["sig"]?.string.flatMap { Signature(text: $0) })
      return SealedCertificate(line: try Vector.line(entry), signature: signature)
    }
    try store.transaction { () throws(StoreError) in
      try store.addVisit(visit)
      for certificate in certificates {
        try store.admit(certificate, identity: identity)
      }
    }
    self.store = store
    self.visit = visit
  }

  /// Presents the batch of an index.
  func admit(_ index: Int) throws -> Answer {
    let verified: VerifiedBatch
    do {
      let batch = try Batch(line: batches[index].line)
      let certificate = try store.certificate(of: batch.replica)
      verified = try VerifiedBatch(batches[index]) { _ in certificate }
    } catch let error as ProtocolError {
      return Answer(code: "bad/\(error.code.rawValue)", outcome: nil)
    }
    let outcome = try store.transaction { () throws(StoreError) in
      try store.admit(verified, received: 1_795_244_400_000)
    }
    if case .bad(let why) = outcome { return Answer(code: "bad/\(why.rawValue)", outcome: outcome) }
    return Answer(code: outcome.code, outcome: outcome)
  }
}
