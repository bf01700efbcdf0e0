import Convergence
public import OperationStore
public import SyncProtocol

extension Service {
  /// Admits the batches of a push, each as far as it can be, in one transaction.
  ///
  /// Who may bring batches of a visit is decided after the authority's own among them were admitted:
  /// a server that was put back may have lost the visit, or that somebody joined it, and gets that
  /// back with the rest. What a stranger brings is answered batch by batch, and nothing of it stays.
  ///
  /// If they show that the server's own authority forked, a new history begins
  /// (``leaveFork(in:newEpoch:now:store:)``).
  ///
  /// - Parameters:
  ///   - push: The batches.
  ///   - caller: Who brings them.
  ///   - newEpoch: 16 random bytes, for a new history if one must begin.
  ///   - now: The server's clock, in milliseconds since 1970.
  ///   - store: The store.
  /// - Returns: One result for each batch, in order. They are true once the transaction is on disk.
  /// - Throws: ``Problem`` `unavailable`.
  public func admit(
    _ push: Push,
    from caller: Caller,
    newEpoch: Epoch,
    now: Int64,
    store: OperationStore
  ) throws(Problem) -> [BatchResult] {
    try introduce(caller, store: store)
    return try stored { () throws(StoreError) in
      try store.transaction { () throws(StoreError) in
        for certificate in push.certificates {
          _ = try store.admit(certificate, identity: keys.identity.publicKey)
        }
        var results: [Int: BatchResult] = [:]
        let brought = push.names
        for visit in push.visits {
          let batches = push.batches(of: visit)
          let outcomes = try admit(
            batches.map(\.batch),
            of: visit,
            from: caller,
            newEpoch,
            now,
            store
          )
          for (entry, outcome) in zip(batches, outcomes) {
            try noteAbsent(behind: entry.batch, outcome, brought: brought, now: now, store: store)
            results[entry.place] = BatchResult(entry.batch.batch, outcome)
          }
        }
        return push.items.enumerated().compactMap { place, item in
          switch item {
          case .refused(let result): result
          case .ready: results[place]
          }
        }
      }
    }
  }

  /// Admits batches of one visit, if the caller turns out to belong to it.
  private func admit(
    _ batches: [VerifiedBatch],
    of visit: VisitID,
    from caller: Caller,
    _ newEpoch: Epoch,
    _ now: Int64,
    _ store: OperationStore
  ) throws(StoreError) -> [BatchResult.Outcome] {
    if try mayPush(caller, to: visit, store) {
      let waiting = try store.waitingCount(of: visit)
      let outcomes = try admit(batches, of: visit, newEpoch, now, store)
      // What came by file and waited for these is in now, without a push of its own.
      if waiting > 0 { try revokeNewcomers(in: visit, now: now, store: store) }
      return outcomes
    }
    let strangers = batches.map { _ in BatchResult.Outcome.notOnVisit }
    // Only the authority's own words can make room for anybody.
    guard batches.contains(where: { $0.person == .authority }) else { return strangers }
    var isStranger = false
    do throws(StoreError) {
      return try store.transaction { () throws(StoreError) in
        if batches.contains(where: { $0.person == .authority && $0.batch.number == 1 }) {
          try store.addVisit(visit)
        }
        let outcomes = try admit(batches, of: visit, newEpoch, now, store)
        guard try mayPush(caller, to: visit, store) else {
          isStranger = true
          throw StoreError(.refused, "")
        }
        return outcomes
      }
    } catch {
      guard isStranger else { throw error }
      return strangers
    }
  }

  private func admit(
    _ batches: [VerifiedBatch],
    of visit: VisitID,
    _ newEpoch: Epoch,
    _ now: Int64,
    _ store: OperationStore
  ) throws(StoreError) -> [BatchResult.Outcome] {
    var outcomes: [BatchResult.Outcome] = []
    for batch in batches {
      // A certificate that another person's displaced is as good as none.
      let isCertified = try store.certificate(of: batch.batch.replica) != nil
      guard isCertified else {
        outcomes.append(.bad(.certificate))
        continue
      }
      let outcome = try store.admit(batch, received: now)
      outcomes.append(
        try revoking(outcome, of: batch, newEpoch: newEpoch, now: now, store: store)
      )
    }
    if outcomes.contains(where: Self.isNew) {
      try leaveFork(in: visit, newEpoch: newEpoch, now: now, store: store)
    }
    return outcomes
  }

  private func mayPush(
    _ caller: Caller,
    to visit: VisitID,
    _ store: OperationStore
  ) throws(StoreError) -> Bool {
    guard try store.visits().contains(visit) else { return false }
    let role = Membership(authority: try store.authority(of: visit)).role(of: caller.person)
    return Action.push.isAllowed(role: role)
  }
}

extension Push {
  /// The batches of a visit that are ready, with their places in the body.
  func batches(of visit: VisitID) -> [(place: Int, batch: VerifiedBatch)] {
    items.enumerated().compactMap { place, item in
      guard case .ready(let batch) = item, batch.batch.visit == visit else { return nil }
      return (place, batch)
    }
  }
}
