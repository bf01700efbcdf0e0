/// Why a replica must not be used any more (sections 3.6, 3.7 and 10).
///
/// In the order of what they tell: what comes later explains what comes before it.
public enum RetireReason: String, Hashable, Sendable, CaseIterable {
  /// The server refused a batch of it for good.
  case refused

  /// Somebody else presented its token: its store was copied or put back.
  case cloned

  /// Two different batches of it stand under one number.
  case forked

  /// The server holds batches of it that the device itself has not.
  case restored

  /// The reason that tells more.
  package func joined(_ other: RetireReason?) -> RetireReason {
    guard let other, let mine = Self.allCases.firstIndex(of: self),
      let theirs = Self.allCases.firstIndex(of: other)
    else { return self }
    return mine >= theirs ? self : other
  }
}
