import Synchronization

/// When the day of a live run is over: at its hour, when enough was written, or at Ctrl-C.
final class LiveBounds: Sendable {
  private let written = Atomic<Int>(0)
  private let syncs = Atomic<Int>(0)
  private let failures = Atomic<Int>(0)
  private let start = ContinuousClock.now
  private let seconds: Int

  /// The most operations that one run writes.
  static let operationLimit = 20_000

  /// How long somebody sleeps before looking up.
  private static let nap = Duration.milliseconds(100)

  /// How often progress is told.
  private static let glance = 5

  /// The day begins now.
  init(seconds: Int) { self.seconds = seconds }

  /// Whether nobody should begin anything any more.
  var isOver: Bool {
    Interrupt.count > 0 || operations >= Self.operationLimit
      || ContinuousClock.now > start + .seconds(seconds)
  }

  /// Operations written so far.
  var operations: Int { written.load(ordering: .relaxed) }

  /// Somebody wrote.
  func wrote(_ count: Int) { written.add(count, ordering: .relaxed) }

  /// Somebody synced.
  func synced(isComplete: Bool) {
    if isComplete {
      syncs.add(1, ordering: .relaxed)
    } else {
      failures.add(1, ordering: .relaxed)
    }
  }

  /// Waits for a moment of the day; answers whether it came before the end.
  func wait(until moment: Duration) async -> Bool {
    while !isOver {
      let left = start + moment - ContinuousClock.now
      guard left > .zero else { return true }
      try? await Task.sleep(for: min(left, Self.nap))
    }
    return false
  }

  /// Tells how far the day is, now and then, until it is over.
  func tellProgress() async {
    var next = Self.glance
    while await wait(until: .seconds(next)) {
      let (done, failed) = (syncs.load(ordering: .relaxed), failures.load(ordering: .relaxed))
      Terminal.say("\(next) s: \(operations) operations, \(done) syncs, \(failed) failed")
      next += Self.glance
    }
  }
}
