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
  ///   - now: The server's clock, in milliseconds since 1970.
  ///   - store: The store.
  ///   - pageBatches: The most batches of a page.
  /// - Returns: The answer, `end` included; it is true once the store's transactions are on disk.
  /// - Throws: ``Problem``: `malformed`, `upgrade`, and `not-on-visit` for a stranger, where nothing was
  ///   stored; `epoch`, `unavailable`, where results may have been lost with the answer.
  public func sync(
    _ frames: [Frame],
    from caller: Caller,
    now: Int64,
    store: OperationStore,
    pageBatches: Int = Limits.pageBatches
  ) throws(Problem) -> [Frame] {
    var answer = try SyncAnswer(frames, pageBatches: pageBatches)
    answer.add(try greet(answer.hello, from: caller, now: now, store: store))
    let push = try push(frames, store: store)
    if !push.isEmpty {
      answer.add(try admit(push, from: caller, now: now, store: store))
    }
    while let request = answer.nextPage() {
      if let page = try page(request, for: caller, store: store) { answer.add(page: page) }
    }
    return answer.frames
  }

  /// Answers the hello of a sync, which names visits: all must be the caller's, or have been.
  ///
  /// - Throws: ``Problem``: `not-on-visit` before anything is stored; `unavailable`.
  func greet(
    _ hello: Hello,
    from caller: Caller,
    now: Int64,
    store: OperationStore
  ) throws(Problem) -> HelloAnswer {
    for progress in hello.visits {
      try check(.push, on: progress.visit, by: caller, store: store)
    }
    return try answer(hello, from: caller, now: now, store: store)
  }

  /// A page in the answer of a sync: none where the caller may bring work and read no more.
  ///
  /// The work of a removed member was stored by then, and their other visits follow: a refusal here
  /// would lose the results of all of it.
  ///
  /// - Throws: ``Problem``: `not-on-visit` for a stranger; `epoch`, `unavailable`.
  func page(
    _ request: PageRequest,
    for caller: Caller,
    store: OperationStore
  ) throws(Problem) -> [Frame]? {
    let role = try role(of: caller, on: request.visit, store: store)
    guard Action.read.isAllowed(role: role) || !Action.push.isAllowed(role: role) else {
      return nil
    }
    guard
      try stored({ () throws(StoreError) in
        try !isRevoked(caller.certificate, in: request.visit, store: store)
      })
    else { return nil }
    return try page(
      of: request.visit,
      after: request.cursor,
      for: caller,
      count: request.count,
      bytes: request.bytes,
      store: store
    )
  }

  /// Reads and checks the batches of a request with the certificates of the store.
  private func push(_ frames: [Frame], store: OperationStore) throws(Problem) -> Push {
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
