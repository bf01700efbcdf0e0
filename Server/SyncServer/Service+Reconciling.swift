import Convergence
public import OperationStore
public import SyncProtocol

extension Service {
  /// Compares what a device holds with what the server holds, stream by stream (section 9.10).
  ///
  /// A device that brings a head which this server signed in its present history, and which does not
  /// stand in its log any more, proves that the store was put back or rewritten without telling
  /// anybody. Then, and only then, a new history begins by itself.
  ///
  /// - Parameters:
  ///   - request: The frames of the request.
  ///   - caller: Who asks.
  ///   - newEpoch: 16 random bytes, for a new history if one must begin.
  ///   - now: The server's clock, in milliseconds since 1970.
  ///   - store: The store.
  /// - Returns: The frames of the answer, `end` included; it is true once the store's transactions are
  ///   on disk.
  /// - Throws: ``Problem`` `unavailable`.
  public func reconcile(
    _ request: [Frame],
    from caller: Caller,
    newEpoch: Epoch,
    now: Int64,
    store: OperationStore
  ) throws(Problem) -> [Frame] {
    var answer: [Frame]?
    try stored { () throws(StoreError) in
      // What is proved, and what is answered after it, is of one moment.
      try store.transaction { () throws(StoreError) in
        do throws(Problem) {
          try introduce(caller, store: store)
          if try provesReturn(request, store: store) {
            try beginHistory(newEpoch, now: now, store: store)
          }
          try noteForgottenHistories(request, now: now, store: store)
          var frames: [Frame] = [.history(try epoch(store))]
          for case .streams(let list) in request {
            frames.append(.held(try held(list, for: caller, store: store)))
          }
          frames += try ownStreams(asked: request, by: caller, store: store)
          answer = frames + [.end]
        } catch {
          throw StoreError(.fault, error.detail)
        }
      }
    }
    guard let answer else { throw Problem(.unavailable, "The server's store gave no answer.") }
    return answer
  }

  /// Whether a request brings a head that this server signed in its present history and cannot
  /// stand by.
  private func provesReturn(
    _ request: [Frame],
    store: OperationStore
  ) throws(Problem) -> Bool {
    let epoch = try epoch(store)
    let authority = try keys.authority(of: epoch).publicKey
    var count = 0
    for case .head(let line, let signature) in request {
      count += 1
      guard count <= Limits.headsPerRequest else { return false }
      guard let head = try? Head(line: line), head.epoch == epoch,
        head.replica == authority.replicaID,
        authority.verifies(signature, of: Hash256(.head, line))
      else { continue }
      let stands = try stored { () throws(StoreError) in
        guard try store.visits().contains(head.visit) else { return false }
        guard head.digest.position <= (try store.logDigest(of: head.visit)).position else {
          return false
        }
        return try store.logDigest(of: head.visit, at: head.digest.position) == head.digest
      }
      if !stands { return true }
    }
    return false
  }

  /// Notes histories of this server that the store knows nothing of, proved by heads of them.
  ///
  /// The store was put back to before they began. Their devices were told so by the epoch and compare
  /// everything already; but the tokens that they hold are newer than those in the store, and must not
  /// look like copied devices.
  private func noteForgottenHistories(
    _ request: [Frame],
    now: Int64,
    store: OperationStore
  ) throws(Problem) {
    let present = try epoch(store)
    var count = 0
    for case .head(let line, let signature) in request {
      count += 1
      guard count <= Limits.headsPerRequest else { return }
      guard let head = try? Head(line: line), head.epoch != present,
        try stored({ () throws(StoreError) in
          try store.document("history", head.epoch.text)
        }) == nil
      else { continue }
      let authority = try keys.authority(of: head.epoch).publicKey
      guard head.replica == authority.replicaID,
        authority.verifies(signature, of: Hash256(.head, line))
      else { continue }
      try stored { () throws(StoreError) in
        for device in try store.documents("device") {
          try store.setDocument("device", device.key, nil)
        }
        let number = try store.documents("history").count + 1
        try store.setDocument(
          "history",
          head.epoch.text,
          .object(["number": .int(Int64(number)), "until": .int(now), "visits": .list([])])
        )
      }
    }
  }

  /// Which ends of a list are here; none for whoever does not belong to the visit.
  private func held(
    _ list: StreamList,
    for caller: Caller,
    store: OperationStore
  ) throws(Problem) -> HeldStreams {
    let role = try role(of: caller, on: list.visit, store: store)
    guard Action.push.isAllowed(role: role) else {
      return HeldStreams(visit: list.visit, places: [])
    }
    return try stored { () throws(StoreError) in
      var places: [Int] = []
      for (place, end) in list.ends.enumerated() where try store.holds(end, of: list.visit) {
        places.append(place)
      }
      return HeldStreams(visit: list.visit, places: places)
    }
  }

  /// The server's own ends, those that it holds with their chains, of each visit that was asked about
  /// and that the caller may read.
  private func ownStreams(
    asked request: [Frame],
    by caller: Caller,
    store: OperationStore
  ) throws(Problem) -> [Frame] {
    var frames: [Frame] = []
    var done: Set<VisitID> = []
    for case .streams(let list) in request where done.insert(list.visit).inserted {
      let role = try role(of: caller, on: list.visit, store: store)
      guard Action.read.isAllowed(role: role) else { continue }
      let ends = try stored { () throws(StoreError) -> [StreamEnd] in
        guard try !isRevoked(caller.certificate, in: list.visit, store: store) else { return [] }
        var ends: [StreamEnd] = []
        for end in try store.streamEnds(of: list.visit)
        where try store.holds(end, of: list.visit) { ends.append(end) }
        return ends
      }
      frames += StreamList.lists(of: list.visit, ends).map { .streams($0) }
    }
    return frames
  }
}
