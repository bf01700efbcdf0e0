import Convergence
import OperationStore
import SyncProtocol

extension Service {
  /// What became of the token of a hello.
  enum TokenFate {
    /// It is the one accepted last, or the device repeats itself.
    case accepted(TokenReceipt)

    /// Its receipt counts further than this store does: the store was put back, and believes it.
    case fromLater(TokenReceipt)

    /// Neither: somebody else has used the replica's name.
    case unknown

    /// What the client is given for its next hello.
    var receipt: TokenReceipt? {
      switch self {
      case .accepted(let receipt), .fromLater(let receipt): receipt
      case .unknown: nil
      }
    }
  }

  /// Takes the proposed token if the caller holds the one accepted last, or repeats itself.
  ///
  /// A lost answer leaves the device with the old token and the server with the new one; the device
  /// stored its proposal before it sent it, so it proposes the same again.
  ///
  /// - Parameters:
  ///   - hello: What the caller says.
  ///   - caller: Who.
  ///   - isTold: Whether something else has shown already that this store went back.
  ///   - now: The server's clock, in milliseconds since 1970.
  ///   - store: The store.
  /// - Returns: What became of it, with what the client is given.
  /// - Throws: ``Problem`` `unavailable`.
  func token(
    of hello: Hello,
    from caller: Caller,
    isTold: Bool,
    now: Int64,
    store: OperationStore
  ) throws(Problem) -> TokenFate {
    let brought = hello.held.flatMap { held in
      hello.receipt.flatMap {
        TokenReceipt(text: $0, of: held, caller.replica, under: keys.identity)
      }
    }
    return try stored { () throws(StoreError) in
      let key = caller.replica.text
      let known = try store.document("device", key)
      let accepted = known?["token"]?.string
      let count = known?["count"]?.int ?? 0
      let proposed = Text64.encode(hello.proposed.bytes)
      let isRepeated = accepted == proposed
      let isExpected =
        accepted == nil || isRepeated || accepted == hello.held.map { Text64.encode($0.bytes) }
      let isLater = !isExpected && (brought?.count ?? 0) > count
      // A client that brings no receipt is believed where the store is known to have gone back.
      guard isExpected || isLater || (isTold && brought == nil) else { return .unknown }
      let last = max(count, brought?.count ?? 0)
      let next = isRepeated ? count : min(last, Limits.greatestInteger - 1) + 1
      let (offset, hasOverflowed) = hello.clock.subtractingReportingOverflow(now)
      try store.transaction { () throws(StoreError) in
        try store.setDocument(
          "device",
          key,
          .object([
            "client": .string(hello.client), "count": .int(next),
            "offset": .int(hasOverflowed ? 0 : offset), "seen": .int(now),
            "token": .string(proposed),
          ])
        )
      }
      let receipt = TokenReceipt(
        of: hello.proposed,
        caller.replica,
        count: next,
        under: keys.identity
      )
      return isLater ? .fromLater(receipt) : .accepted(receipt)
    }
  }
}
