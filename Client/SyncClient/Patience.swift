public import Convergence

/// How often a client tries again, and how long it waits before (section 10 of the protocol).
///
/// It waits a random part of a bound that doubles (*full jitter*, as in M. Brooker, "Exponential
/// Backoff And Jitter", AWS Architecture Blog 2015), so that a team whose network comes back does not
/// return in one wave; behind that, whatever the server asked for.
public struct Patience: Hashable, Sendable {
  /// How many times in a row it tries again.
  public var mostRepeats: Int

  /// The bound of the first wait, in milliseconds; it doubles from one to the next.
  public var firstBound: Int64

  /// The greatest bound, in milliseconds.
  public var greatestBound: Int64

  /// How long a server can make it wait, in seconds: one that asks for more is asked again by then.
  public static let greatestRetryAfter = 600

  /// Tries nothing again.
  public static let none = Patience(mostRepeats: 0, firstBound: 0, greatestBound: 0)

  /// What a person who waits for a command would do: a few times, within half a minute.
  public static let usual = Patience(mostRepeats: 5, firstBound: 500, greatestBound: 8_000)

  /// What goes on in the background until it succeeds.
  public static let endless = Patience(mostRepeats: .max, firstBound: 1_000, greatestBound: 60_000)

  /// Describes patience.
  public init(mostRepeats: Int, firstBound: Int64, greatestBound: Int64) {
    self.mostRepeats = mostRepeats
    self.firstBound = firstBound
    self.greatestBound = greatestBound
  }

  /// How long to wait before the next try.
  ///
  /// - Parameters:
  ///   - repeats: How many tries in a row failed before the one that failed now.
  ///   - retryAfterSeconds: What the server asked for.
  ///   - chance: Random bits.
  /// - Returns: The wait in milliseconds; `nil` when it is to be given up.
  public func wait(
    after repeats: Int,
    retryAfterSeconds: Int? = nil,
    chance: Bits128
  ) -> Int64? {
    guard repeats < mostRepeats else { return nil }
    var bound = max(0, firstBound)
    for _ in 0..<max(0, repeats) where bound < greatestBound {
      let (twice, hasOverflowed) = bound.multipliedReportingOverflow(by: 2)
      bound = hasOverflowed ? greatestBound : twice
      guard bound > 0 else { break }
    }
    bound = min(bound, max(0, greatestBound))
    let jitter = Int64(chance.low % (UInt64(bound) + 1))
    let asked = min(max(0, retryAfterSeconds ?? 0), Self.greatestRetryAfter)
    return Int64(asked) * 1_000 + jitter
  }
}
