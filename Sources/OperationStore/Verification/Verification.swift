public import Convergence
public import SyncProtocol

/// Checks from bytes alone, offline: hashes, signatures, certificates, chains, deps, digests, and
/// that the state follows from the log.
///
/// A log is admitted once more, into an empty store in memory, by the very rules under which it came
/// in; whatever differs from what the store says is a problem. Devices, servers and bundles are all
/// checked by this one.
public struct Verification {
  private let identity: PublicKey
  private let meaning: Meaning

  /// Prepares to check.
  ///
  /// - Parameters:
  ///   - identity: The server's identity key, the root of trust.
  ///   - meaning: What operations mean.
  public init(identity: PublicKey, meaning: Meaning) {
    self.identity = identity
    self.meaning = meaning
  }

  /// Checks a visit of a store.
  ///
  /// - Returns: Both verdicts.
  /// - Throws: ``StoreError``: `unknownVisit`; others where the store cannot be read.
  /// - Complexity: O(length of the log), about 0.1 ms a batch.
  public func verify(
    _ visit: VisitID,
    in store: OperationStore
  ) throws(StoreError) -> VisitVerdict {
    _ = try store.known(visit)
    let copy = try OperationStore(.memory, meaning: meaning)
    try copy.transaction { () throws(StoreError) in try copy.addVisit(visit) }
    var problems = try copyCertificates(from: store, to: copy)
    var position: Int64 = 0
    var count: Int64 = 0
    var hasMore = true
    while hasMore {
      let page = try store.entries(of: visit, after: position)
      try copy.transaction { () throws(StoreError) in
        for entry in page.entries {
          count += 1
          if let problem = try readmit(entry, of: visit, to: copy) {
            problems.append("position \(entry.position): \(problem)")
          }
        }
      }
      position = page.entries.last?.position ?? position
      hasMore = page.hasMore && !page.entries.isEmpty
    }
    // Where batches do not stand, neither digest can follow: nothing is gained by saying so.
    if problems.isEmpty { problems = try checkDigests(of: visit, store, copy) }
    return VisitVerdict(
      visit: visit,
      batches: count,
      problems: problems,
      missing: try missing(in: visit, store)
    )
  }

  /// Checks a bundle, without any store.
  ///
  /// - Throws: ``StoreError`` if memory gives out.
  public func verify(_ contents: BundleContents) throws(StoreError) -> BundleVerdict {
    let copy = try OperationStore(.memory, meaning: meaning)
    let report = try BundleImport(identity: identity, key: nil, person: nil, now: 0)
      .take(contents, into: copy)
    var visits: [VisitVerdict] = []
    for part in report.parts {
      var problems: [String] = []
      if let obstacle = part.obstacle { problems.append(obstacle) }
      for refusal in report.refused where refusal.replica != nil {
        problems.append("at byte \(refusal.offset)+\(refusal.inner): \(refusal.message)")
      }
      var missing: [String] = []
      if part.lost > 0 {
        missing.append(
          "\(BundleReport.count(part.lost, "batch")) that the file should hold are not whole in it"
        )
      }
      missing += try self.missing(in: part.visit, copy)
      visits.append(
        VisitVerdict(visit: part.visit, batches: part.new, problems: problems, missing: missing)
      )
    }
    return BundleVerdict(report: report, visits: visits)
  }

  // MARK: Integrity

  /// Why a batch cannot stand where it stands; `nil` if it can.
  private func readmit(
    _ entry: OperationStore.RawEntry,
    of visit: VisitID,
    to copy: OperationStore
  ) throws(StoreError) -> String? {
    let verified: VerifiedBatch
    do throws(ProtocolError) {
      let batch = try Batch(line: entry.sealed.line)
      guard batch.visit == visit, batch.replica == entry.replica, batch.number == entry.number
      else { return "the batch belongs elsewhere" }
      let certificate = try? copy.certificate(of: batch.replica)
      verified = try VerifiedBatch(entry.sealed) { _ in certificate }
    } catch {
      return error.description
    }
    guard verified.hash == entry.hash else { return "the bytes have another hash" }
    let outcome = try copy.admit(verified, received: entry.received)
    guard outcome.position == entry.position else {
      return "the batch cannot be admitted here: \(outcome.code)"
    }
    return nil
  }

  private func checkDigests(
    of visit: VisitID,
    _ store: OperationStore,
    _ copy: OperationStore
  ) throws(StoreError) -> [String] {
    var problems: [String] = []
    if try copy.logDigest(of: visit) != store.logDigest(of: visit) {
      problems.append("the digest of the log does not follow from its batches")
    }
    let derived: Hash256
    if try store.unsentCounts(of: visit).openOperations == 0 {
      derived = try copy.stateDigest(of: visit)
    } else {
      // What is not sealed is part of the state on the screen, and of no log yet.
      derived = try store.derivation(of: visit, row: try store.known(visit).row).stateDigest
    }
    if try derived != store.stateDigest(of: visit) {
      problems.append("the state does not follow from the log; it can be derived again")
    }
    return problems
  }

  /// Takes over every certificate that is valid, those first that others rest on.
  private func copyCertificates(
    from store: OperationStore,
    to copy: OperationStore
  ) throws(StoreError) -> [String] {
    var left: [SealedCertificate] = []
    for certificate in try store.certificates() {
      if let sealed = try store.sealedCertificate(of: certificate.replica) { left.append(sealed) }
    }
    let identity = identity
    try copy.transaction { () throws(StoreError) in
      var isMoving = true
      while isMoving, !left.isEmpty {
        isMoving = false
        var refused: [SealedCertificate] = []
        for sealed in left {
          let result = try copy.admit(sealed, identity: identity)
          if case .success = result { isMoving = true } else { refused.append(sealed) }
        }
        left = refused
      }
    }
    return left.map { sealed in
      let replica = (try? Certificate(line: sealed.line))?.replica
      return "the certificate of \(replica.map(\.text) ?? "a replica") is not valid"
    }
  }

  // MARK: Completeness

  private func missing(
    in visit: VisitID,
    _ store: OperationStore
  ) throws(StoreError) -> [String] {
    var missing: [String] = []
    let names = ReplicaNames(store)
    let waiting = try store.waiting(of: visit)
    for need in Set(waiting.flatMap(\.needs)).sorted() {
      missing.append("\(need.words(name: names.name)): other work that is kept here builds on it")
    }
    guard let workspace = try store.workspace(visit) else { return missing }
    for named in try store.cutEntries(in: workspace)
    where try !store.holds(named, in: workspace) {
      missing.append(
        "what \(names.name(named.replica)) wrote up to change \(named.lastCounter): the server "
          + "says that it held it"
      )
    }
    if let (stated, read) = try store.unread(of: visit) {
      missing.append(
        "the server showed a log of \(stated) batches, and \(read) of them were read: sync again"
      )
    }
    return missing
  }
}

extension OperationStore {
  /// What the authority's cuts name, sorted.
  fileprivate func cutEntries(in workspace: Workspace) throws(StoreError) -> [Dependency] {
    var entries: Set<Dependency> = []
    for cell in workspace.authority.cells.values {
      for sibling in cell.siblings {
        for entry in sibling.value["cut"]?.list ?? [] {
          if let named = Dependency(entry) { entries.insert(named) }
        }
      }
    }
    return entries.sorted()
  }

  /// How far the server's log went by the head that it signed last, and how far it was read, where
  /// that is less.
  fileprivate func unread(
    of visit: VisitID
  ) throws(StoreError) -> (stated: Int64, read: Int64)? {
    guard let line = try document("head", visit.text)?["line"]?.string,
      let head = try? Head(line: Array(line.utf8)), let cursor = try cursor(of: visit),
      cursor.cursor.epoch == head.epoch, cursor.cursor.position < head.digest.position
    else { return nil }
    return (head.digest.position, cursor.cursor.position)
  }
}

extension Derivation {
  /// The digest of the state with everything in it, sealed or not.
  fileprivate var stateDigest: Hash256 {
    let uninterpreted = steps.filter { $0.position != nil && $0.effect == .uninterpreted }
      .map { StateDigest.Uninterpreted(batch: $0.batch, index: $0.index) }
    return StateDigest.hash(of: cells, uninterpreted: uninterpreted)
  }
}
