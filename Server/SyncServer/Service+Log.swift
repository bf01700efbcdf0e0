public import Convergence
public import OperationStore
public import SyncProtocol

extension Service {
  /// Admits the batches of a push, each as far as it can be, in one transaction.
  ///
  /// - Parameters:
  ///   - push: The batches.
  ///   - caller: Who brings them.
  ///   - now: The server's clock, in milliseconds since 1970.
  ///   - store: The store.
  /// - Returns: One result for each batch, in order. They are true once the transaction is on disk.
  /// - Throws: ``Problem``: `not-on-visit` and nothing was stored; `unavailable`.
  public func admit(
    _ push: Push,
    from caller: Caller,
    now: Int64,
    store: OperationStore
  ) throws(Problem) -> [BatchResult] {
    for visit in push.visits {
      let isHeld = try stored { () throws(StoreError) in try store.visits().contains(visit) }
      // A visit nobody here knows is answered batch by batch: `bad`, `visit`.
      if isHeld { try check(.push, on: visit, by: caller, store: store) }
    }
    return try stored { () throws(StoreError) in
      try store.transaction { () throws(StoreError) in
        for certificate in push.certificates {
          _ = try store.admit(certificate, identity: keys.identity.publicKey)
        }
        var results: [BatchResult] = []
        let brought = push.names
        for item in push.items {
          switch item {
          case .refused(let result): results.append(result)
          case .ready(let verified):
            let outcome: BatchResult.Outcome
            if try store.certificate(of: verified.batch.replica) == nil {
              outcome = .bad(.certificate)
            } else {
              outcome = try store.admit(verified, received: now)
              try noteAbsent(behind: verified, outcome, brought: brought, now: now, store: store)
            }
            results.append(BatchResult(verified.batch, outcome))
          }
        }
        return results
      }
    }
  }

  /// One page of a visit's log (section 9.6).
  ///
  /// - Parameters:
  ///   - visit: The visit.
  ///   - cursor: How far the caller has read; `nil` for the start.
  ///   - caller: Who asks; its own batches are named, not sent.
  ///   - count: The most batches.
  ///   - bytes: The most bytes of lines.
  ///   - store: The store.
  /// - Returns: Certificates, batches, the page's end and the signed head.
  /// - Throws: ``Problem``: `not-on-visit`, `epoch`, `unavailable`.
  public func page(
    of visit: VisitID,
    after cursor: Cursor?,
    for caller: Caller,
    count: Int = Limits.pageBatches,
    bytes: Int = Limits.pageBytes,
    store: OperationStore
  ) throws(Problem) -> [Frame] {
    try check(.read, on: visit, by: caller, store: store)
    let epoch = try epoch(store)
    guard cursor == nil || cursor?.epoch == epoch else {
      throw Problem(.epoch, "The server has another history than the one this cursor counts in.")
    }
    let after = cursor?.position ?? 0
    return try stored { () throws(StoreError) in
      let end = try store.logDigest(of: visit)
      guard after <= end.position else {
        return try framesOfHead(visit, epoch: epoch, digest: end, after: end, hasMore: false)
      }
      let (entries, hasMore) = try store.entries(
        of: visit,
        after: after,
        count: max(1, min(count, Limits.pageBatches)),
        bytes: bytes
      )
      var frames: [Frame] = []
      // Where work is lost, any batch may be the first that the reader sees of a replica.
      let hasGaps = try store.hasDeclaredGaps(in: visit)
      var introduced: Set<ReplicaID> = []
      for entry in entries {
        if entry.number == 1 || (hasGaps && !introduced.contains(entry.replica)) {
          introduced.insert(entry.replica)
          frames += try store.certificateChain(
            of: entry.replica,
            identity: keys.identity.publicKey
          ).map { .certificate($0) }
        }
        let place = Frame.Place(position: entry.position, received: entry.received)
        frames.append(
          entry.replica == caller.replica
            ? .own(entry.hash, place) : .batch(entry.sealed, place)
        )
      }
      let reached = try store.logDigest(of: visit, at: entries.last?.position ?? after)
      return frames
        + (try framesOfHead(visit, epoch: epoch, digest: end, after: reached, hasMore: hasMore))
    }
  }

  private func framesOfHead(
    _ visit: VisitID,
    epoch: Epoch,
    digest: LogDigest,
    after reached: LogDigest,
    hasMore: Bool
  ) throws(StoreError) -> [Frame] {
    [
      .page(Page(visit: visit, digest: reached, hasMore: hasMore)),
      try head(of: visit, epoch: epoch, digest: digest),
    ]
  }

  /// The signed head of a visit's log.
  func head(
    of visit: VisitID,
    epoch: Epoch,
    digest: LogDigest
  ) throws(StoreError) -> Frame {
    let head = Head(
      visit: visit,
      epoch: epoch,
      digest: digest,
      replica: keys.authority.publicKey.replicaID
    )
    let line = head.line
    do throws(ProtocolError) {
      return .head(line: line, signature: try keys.authority.sign(Hash256(.head, line)))
    } catch {
      throw StoreError(.fault, error.message)
    }
  }
}
