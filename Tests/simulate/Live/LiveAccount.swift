/// What one device did in a run against a running server.
struct LiveAccount: Sendable {
  /// How long each sync that came to its end took, in microseconds.
  var durations: [Int64] = []

  /// Syncs that did not come to their end, by the reason.
  var failures: [String: Int] = [:]

  /// Operations written, by number of the own stream: the device said that they are stored.
  var lastCounter: Int64 = 0

  /// Edits that found nothing to do.
  var idleEdits = 0

  /// Edits that the product rightly refused, such as those before the first sync.
  var refusedEdits = 0

  /// Steps of the day that were not reached.
  var undone = 0

  /// Round trips of all syncs.
  var roundTrips = 0

  /// Operations that came in.
  var received = 0

  /// Bytes of bodies, up and down.
  var bytesSent = 0
  var bytesReceived = 0

  /// What the product should not have done.
  var surprises: [String] = []

  /// Puts what another device did to it.
  mutating func add(_ other: LiveAccount) {
    durations += other.durations
    failures.merge(other.failures, uniquingKeysWith: +)
    idleEdits += other.idleEdits
    refusedEdits += other.refusedEdits
    undone += other.undone
    roundTrips += other.roundTrips
    received += other.received
    bytesSent += other.bytesSent
    bytesReceived += other.bytesReceived
    surprises += other.surprises
  }

  /// The duration that so many of a hundred syncs did not exceed, in microseconds.
  func duration(ofHundred share: Int) -> Int64? {
    guard !durations.isEmpty else { return nil }
    let sorted = durations.sorted()
    let rank = (sorted.count * share + 99) / 100
    return sorted[max(0, min(rank, sorted.count) - 1)]
  }
}
