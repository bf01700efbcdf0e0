public import OperationStore
public import SyncProtocol

extension Service {
  /// Hello, push and first pages, in one answer, as one plain call (section 9.7).
  ///
  /// The running server makes the same calls, some on its reader, the push with others' in one commit.
  ///
  /// - Parameters:
  ///   - frames: The request.
  ///   - caller: Who asks.
  ///   - newEpoch: 16 random bytes, for a new history if one must begin.
  ///   - now: The server's clock, in milliseconds since 1970.
  ///   - store: The store.
  ///   - pageBatches: The most batches of a page.
  /// - Returns: The answer, `end` included; it is true once the store's transactions are on disk.
  /// - Throws: ``Problem``: `malformed`, `upgrade` and `epoch`, where nothing was stored;
  ///   `unavailable`, or `epoch` because a new history began, where results may have been lost with
  ///   the answer.
  public func sync(
    _ frames: [Frame],
    from caller: Caller,
    newEpoch: Epoch,
    now: Int64,
    store: OperationStore,
    pageBatches: Int = Limits.pageBatches
  ) throws(Problem) -> [Frame] {
    var answer = try SyncAnswer(frames, pageBatches: pageBatches)
    answer.add(try greet(answer.hello, from: caller, now: now, store: store))
    let push = try push(frames, store: store)
    if !push.isEmpty {
      answer.add(
        try admit(push, from: caller, newEpoch: newEpoch, now: now, store: store)
      )
    }
    while let request = answer.nextPage() {
      if let page = try page(request, for: caller, store: store) { answer.add(page: page) }
    }
    return answer.frames
  }

  /// Answers a hello by itself, with the signed head of each visit of the person (section 9.3).
  ///
  /// - Throws: ``Problem`` `unavailable`.
  public func hello(
    _ hello: Hello,
    from caller: Caller,
    now: Int64,
    store: OperationStore
  ) throws(Problem) -> [Frame] {
    let answer = try answer(hello, from: caller, now: now, store: store)
    // Who is told of a loss first may be revoked all the same, and is given no head.
    var isRevoked = answer.state == .revoked
    if answer.state == .rewound { isRevoked = try self.isRevoked(caller, hello, store: store) }
    guard !isRevoked else { return [.hello(answer.value), .end] }
    let authority = try keys.authority(of: answer.epoch)
    let visits = try visits(of: caller, store: store)
    return try stored { () throws(StoreError) in
      var frames: [Frame] = [.hello(answer.value)]
      if let signer = try store.sealedCertificate(of: authority.publicKey.replicaID) {
        frames.append(.certificate(signer))
      }
      for visit in visits {
        frames.append(try head(of: visit.visit, answer.epoch, authority, digest: visit.digest))
      }
      return frames + [.end]
    }
  }

  /// Answers the hello of a sync, if it counts in the present history.
  ///
  /// - Throws: ``Problem``: `epoch` before anything is stored; `unavailable`.
  func greet(
    _ hello: Hello,
    from caller: Caller,
    now: Int64,
    store: OperationStore
  ) throws(Problem) -> HelloAnswer {
    let epoch = try epoch(store)
    for case let cursor? in hello.visits.map(\.cursor) where cursor.epoch != epoch {
      throw Problem(.epoch, "The server has another history than the one these cursors count in.")
    }
    // One wait for the disk for the token and for what was heard.
    var answer: Result<HelloAnswer, Problem>?
    try stored { () throws(StoreError) in
      try store.transaction { () throws(StoreError) in
        do throws(Problem) {
          answer = .success(try self.answer(hello, from: caller, now: now, store: store))
        } catch {
          answer = .failure(error)
          return
        }
        try noteIntake(hello, from: caller, now: now, store: store)
      }
    }
    guard let answer else { throw Problem(.unavailable, "The hello was not answered.") }
    return try answer.get()
  }

  /// A page in the answer of a sync: none where the caller may not read, or there is no such visit.
  ///
  /// What the caller brought was decided by then, and their other visits follow: a refusal here would
  /// lose the results of all of it.
  ///
  /// - Throws: ``Problem``: `epoch`, `unavailable`.
  func page(
    _ request: PageRequest,
    for caller: Caller,
    store: OperationStore
  ) throws(Problem) -> [Frame]? {
    let role = try role(of: caller, on: request.visit, store: store)
    guard Action.read.isAllowed(role: role) else { return nil }
    guard
      try stored({ () throws(StoreError) in
        try !isRevoked(caller.certificate, in: request.visit, store: store)
      })
    else { return nil }
    let frames = try page(
      of: request.visit,
      after: request.cursor,
      for: caller,
      count: request.count,
      bytes: request.bytes,
      store: store
    )
    let intake = try intake(of: request.visit, besides: caller.replica, store: store)
    return intake.fingerprint == request.intake ? frames : frames + [.intake(intake)]
  }

  /// Reads and checks the batches of a request with the certificates of the store.
  func push(_ frames: [Frame], store: OperationStore) throws(Problem) -> Push {
    // A store that fails must not make a certificate look unknown: the batch would be answered `bad`.
    var failure: StoreError?
    let push = Push(frames, identity: keys.identity.publicKey) { replica in
      do throws(StoreError) {
        return try store.certificate(of: replica)
      } catch {
        failure = error
        return nil
      }
    }
    try stored { () throws(StoreError) in
      if let failure { throw failure }
    }
    return push
  }
}
