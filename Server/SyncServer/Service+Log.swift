public import Convergence
public import OperationStore
public import SyncProtocol

extension Service {
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
  /// - Throws: ``Problem``: `not-on-visit`, `revoked`, `epoch`, `unavailable`.
  public func page(
    of visit: VisitID,
    after cursor: Cursor?,
    for caller: Caller,
    count: Int = Limits.pageBatches,
    bytes: Int = Limits.pageBytes,
    store: OperationStore
  ) throws(Problem) -> [Frame] {
    try check(.read, on: visit, by: caller, store: store)
    try checkIsNotRevoked(caller, in: visit, store: store)
    let epoch = try epoch(store)
    guard cursor == nil || cursor?.epoch == epoch else {
      throw Problem(.epoch, "The server has another history than the one this cursor counts in.")
    }
    let after = cursor?.position ?? 0
    let authority = try keys.authority(of: epoch)
    return try stored { () throws(StoreError) in
      let end = try store.logDigest(of: visit)
      guard after <= end.position else {
        return try framesOfHead(visit, epoch, authority, digest: end, after: end, hasMore: false)
      }
      let (entries, hasMore) = try store.entries(
        of: visit,
        after: after,
        count: max(1, min(count, Limits.pageBatches)),
        bytes: bytes
      )
      var frames: [Frame] = []
      var introduced: Set<ReplicaID> = []
      for entry in entries {
        frames += try store.certificates(
          before: entry,
          of: visit,
          identity: keys.identity.publicKey,
          introduced: &introduced
        ).map { .certificate($0) }
        let place = Frame.Place(position: entry.position, received: entry.received)
        // Who reads from the start may have closed the visit and hold nothing of it any more.
        frames.append(
          entry.replica == caller.replica && cursor != nil
            ? .own(entry.hash, place) : .batch(entry.sealed, place)
        )
      }
      if after == 0 {
        // The head is signed by a replica that may have written nothing in this visit yet.
        let signer = try store.sealedCertificate(of: authority.publicKey.replicaID)
        if let signer, !frames.contains(.certificate(signer)) {
          frames.append(.certificate(signer))
        }
      }
      let reached = try store.logDigest(of: visit, at: entries.last?.position ?? after)
      return frames
        + (try framesOfHead(
          visit,
          epoch,
          authority,
          digest: end,
          after: reached,
          hasMore: hasMore
        ))
    }
  }

  private func framesOfHead(
    _ visit: VisitID,
    _ epoch: Epoch,
    _ authority: SigningKey,
    digest: LogDigest,
    after reached: LogDigest,
    hasMore: Bool
  ) throws(StoreError) -> [Frame] {
    [
      .page(Page(visit: visit, digest: reached, hasMore: hasMore)),
      try head(of: visit, epoch, authority, digest: digest),
    ]
  }

  /// The signed head of a visit's log.
  func head(
    of visit: VisitID,
    _ epoch: Epoch,
    _ authority: SigningKey,
    digest: LogDigest
  ) throws(StoreError) -> Frame {
    let head = Head(
      visit: visit,
      epoch: epoch,
      digest: digest,
      replica: authority.publicKey.replicaID
    )
    let line = head.line
    do throws(ProtocolError) {
      return .head(line: line, signature: try authority.sign(Hash256(.head, line)))
    } catch {
      throw StoreError(.fault, error.message)
    }
  }
}
