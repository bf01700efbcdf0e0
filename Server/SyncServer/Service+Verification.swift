public import Convergence
public import OperationStore
public import SyncProtocol

extension Service {
  /// Checks a visit from its bytes: hashes, signatures, chains, dependencies, digests and state.
  ///
  /// The log is admitted once more, into an empty store in memory, by the very rules under which it
  /// came in; whatever differs from what the store says is a problem.
  ///
  /// - Parameters:
  ///   - visit: The visit.
  ///   - store: The store.
  ///   - meaning: What operations mean.
  /// - Returns: The verdict.
  /// - Throws: ``Problem``: `unknown` visit; `unavailable` where the store cannot be read.
  /// - Complexity: O(length of the log), about 0.1 ms a batch.
  public func verify(
    _ visit: VisitID,
    store: OperationStore,
    meaning: Meaning
  ) throws(Problem) -> VisitVerdict {
    guard try stored({ () throws(StoreError) in try store.visits().contains(visit) }) else {
      throw Problem(.unknown, "There is no visit \(visit) on this server.")
    }
    let copy = try stored { () throws(StoreError) in
      try OperationStore(.memory, meaning: meaning)
    }
    var problems = try copyCertificates(from: store, to: copy)
    var count: Int64 = 0
    try stored { () throws(StoreError) in
      try copy.transaction { () throws(StoreError) in
        try copy.addVisit(visit)
      }
    }
    try forEachEntry(of: visit, store: store) { (entry) throws(Problem) in
      count += 1
      if let problem = try readmit(entry, of: visit, to: copy) {
        problems.append("position \(entry.position): \(problem)")
      }
    }
    try stored { () throws(StoreError) in
      // Where batches do not stand, neither digest can follow: nothing is gained by saying so.
      guard problems.isEmpty else { return }
      if try copy.logDigest(of: visit) != store.logDigest(of: visit) {
        problems.append("the digest of the log does not follow from its batches")
      }
      if try copy.stateDigest(of: visit) != store.stateDigest(of: visit) {
        problems.append("the state does not follow from the log; it can be derived again")
      }
    }
    return VisitVerdict(visit: visit, batches: count, problems: problems)
  }

  /// Why a batch cannot stand where it stands; `nil` if it can.
  private func readmit(
    _ entry: OperationStore.RawEntry,
    of visit: VisitID,
    to copy: OperationStore
  ) throws(Problem) -> String? {
    let verified: VerifiedBatch
    do throws(ProtocolError) {
      verified = try VerifiedBatch(entry.sealed) { try? copy.certificate(of: $0) }
    } catch {
      return error.description
    }
    guard verified.hash == entry.hash else { return "the bytes have another hash" }
    guard verified.batch.visit == visit else { return "the batch belongs to another visit" }
    let outcome = try stored { () throws(StoreError) in
      try copy.transaction { () throws(StoreError) in
        try copy.admit(verified, received: entry.received)
      }
    }
    guard outcome.position == entry.position else {
      return "the batch cannot be admitted here: \(outcome.code)"
    }
    return nil
  }

  /// Takes over every certificate that is valid, those first that others rest on.
  private func copyCertificates(
    from store: OperationStore,
    to copy: OperationStore
  ) throws(Problem) -> [String] {
    try stored { () throws(StoreError) in
      var left: [SealedCertificate] = []
      for certificate in try store.certificates() {
        if let sealed = try store.sealedCertificate(of: certificate.replica) { left.append(sealed) }
      }
      var isMoving = true
      while isMoving {
        isMoving = false
        var refused: [SealedCertificate] = []
        for sealed in left {
          let result = try copy.transaction { () throws(StoreError) in
            try copy.admit(sealed, identity: keys.identity.publicKey)
          }
          if case .success = result { isMoving = true } else { refused.append(sealed) }
        }
        left = refused
        if left.isEmpty { isMoving = false }
      }
      return left.map { sealed in
        let replica = (try? Certificate(line: sealed.line))?.replica
        return "the certificate of \(replica.map(\.text) ?? "a replica") is not valid"
      }
    }
  }
}
