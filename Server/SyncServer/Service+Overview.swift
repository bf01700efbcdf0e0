public import Convergence
public import OperationStore
public import SyncProtocol

extension Service {
  /// All visits of the server with their members, sorted.
  ///
  /// - Throws: ``Problem`` `unavailable`.
  public func overviews(_ store: OperationStore) throws(Problem) -> [VisitOverview] {
    try stored { () throws(StoreError) in
      var overviews: [VisitOverview] = []
      for visit in try store.visits() {
        let membership = Membership(authority: try store.authority(of: visit))
        overviews.append(
          VisitOverview(
            visit: visit,
            title: membership.title,
            framework: membership.framework,
            members: membership.members,
            digest: try store.logDigest(of: visit)
          )
        )
      }
      return overviews
    }
  }

  /// The state of a visit.
  ///
  /// - Throws: ``Problem``: `unknown` visit, `unavailable`.
  public func cells(
    of visit: VisitID,
    store: OperationStore
  ) throws(Problem) -> MemoryCells {
    guard try stored({ () throws(StoreError) in try store.visits().contains(visit) }) else {
      throw Problem(.unknown, "There is no visit \(visit) on this server.")
    }
    return try stored { () throws(StoreError) in try store.cells(of: visit) }
  }

  /// What the server holds of a person in a visit: the last batch of each of their streams.
  ///
  /// - Throws: ``Problem`` `unavailable`.
  /// - Complexity: O(length of the log).
  public func cut(
    of person: PersonID,
    in visit: VisitID,
    store: OperationStore
  ) throws(Problem) -> [Dependency] {
    try cut(in: visit, store: store) { $0.person == person }
  }

  /// What the server holds of some replicas in a visit: the last batch of each of their streams.
  ///
  /// - Throws: ``Problem`` `unavailable`.
  /// - Complexity: O(length of the log).
  func cut(
    in visit: VisitID,
    store: OperationStore,
    where isMeant: (Certificate) -> Bool
  ) throws(Problem) -> [Dependency] {
    var ends: [Hash256: Dependency] = [:]
    try forEachEntry(of: visit, store: store) { (entry) throws(Problem) in
      let certificate = try stored { () throws(StoreError) in
        try store.certificate(of: entry.replica)
      }
      guard let certificate, isMeant(certificate) else { return }
      let batch = try Self.batch(of: entry)
      if let previous = batch.previous { ends[previous] = nil }
      ends[entry.hash] = Dependency(
        replica: batch.replica,
        lastCounter: batch.lastCounter,
        hashPrefix: entry.hash.prefix
      )
    }
    return ends.values.sorted()
  }

  /// Reads a batch of the store.
  static func batch(of entry: OperationStore.RawEntry) throws(Problem) -> Batch {
    do throws(ProtocolError) {
      return try Batch(line: entry.sealed.line)
    } catch {
      throw Problem(.unavailable, "A batch in the store does not read: \(error.message).")
    }
  }

  /// The server in numbers.
  ///
  /// - Throws: ``Problem`` `unavailable`.
  public func statistics(_ store: OperationStore) throws(Problem) -> ServerStatistics {
    let name = try name(store)
    let epoch = try epoch(store)
    return try stored { () throws(StoreError) in
      var batches: Int64 = 0
      let visits = try store.visits()
      for visit in visits {
        batches += try store.logDigest(of: visit).position
      }
      return ServerStatistics(
        name: name,
        epoch: epoch,
        identity: keys.identity.publicKey,
        people: try store.documents("person").count,
        devices: try store.certificates().count { $0.person != .authority },
        openCodes: try store.documents("code").count {
          $0.value["used"] == nil && $0.value["void"] == nil
        },
        visits: visits.count,
        batches: batches
      )
    }
  }

  /// Passes over a log page by page, so that memory does not grow with it.
  func forEachEntry(
    of visit: VisitID,
    store: OperationStore,
    _ body: (OperationStore.RawEntry) throws(Problem) -> Void
  ) throws(Problem) {
    var position: Int64 = 0
    var hasMore = true
    while hasMore {
      let page = try stored { () throws(StoreError) in
        try store.entries(
          of: visit,
          after: position,
          count: Limits.pageBatches,
          bytes: Limits.pageBytes
        )
      }
      for entry in page.entries {
        try body(entry)
        position = entry.position
      }
      hasMore = page.hasMore && !page.entries.isEmpty
    }
  }
}
