/// What a device shows as the time: wrong by any amount, drifting, set anew by its owner.
///
/// Times are milliseconds. Nothing in the product may depend on it; the simulator lies with it as
/// real tablets do.
package struct DeviceClock: Hashable, Sendable {
  /// When virtual time begins, in milliseconds since 1970: a Monday morning.
  package static let dawn: Int64 = 1_795_420_800_000

  /// What the clock showed when it was set last.
  private var shown: Int64

  /// When it was set last, in virtual time.
  private var setAt: Int64 = 0

  /// How many millionths it runs fast; negative if slow.
  package var driftPerMillion: Int64

  /// A clock that is right, apart from an error and a drift.
  package init(error: Int64 = 0, driftPerMillion: Int64 = 0) {
    shown = Self.dawn + error
    self.driftPerMillion = driftPerMillion
  }

  /// What it shows at a moment of virtual time.
  package func reading(at time: Int64) -> Int64 {
    let passed = time - setAt
    return shown + passed + passed / 1_000 * driftPerMillion / 1_000
  }

  /// Somebody sets it.
  package mutating func set(to reading: Int64, at time: Int64) {
    shown = reading
    setAt = time
  }
}
