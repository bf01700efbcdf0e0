/// What happened in a run, in numbers.
package struct Summary: Hashable, Sendable {
  /// Operations that reviewers wrote.
  package var written = 0

  /// Operations that a device or server took in from another, summed over all of them.
  package var delivered = 0

  /// Edits that found nothing to do.
  package var idleEdits = 0

  /// Edits that the product refused, as it should.
  package var refusedEdits = 0

  /// Syncs begun, and those that came to their end.
  package var syncs = 0
  package var completedSyncs = 0

  /// Requests that a device made, and bytes both ways.
  package var requests = 0
  package var bytes = 0

  /// How often each fault struck.
  package var struck: [Fault: Int] = [:]

  /// Rounds of syncing that the healed phase took.
  package var healingRounds = 0

  /// Standards that were open (disputed, stale, contested or self-conflict) at the end.
  package var open = 0

  /// Operations without effect at the end: held, inert, uninterpreted.
  package var withoutEffect = 0

  /// Held batches that an organiser decided on.
  package var decisions = 0

  /// When the run ended, in milliseconds of virtual time.
  package var end: Int64 = 0

  /// A number that two runs share only if everything in them was the same.
  package var fingerprint: UInt64 = 0xCBF2_9CE4_8422_2325

  /// Takes a number into the fingerprint (FNV-1a over its bytes).
  mutating func mark(_ number: UInt64) {
    for shift in stride(from: 0, to: 64, by: 8) {
      fingerprint = (fingerprint ^ (number >> UInt64(shift) & 0xFF)) &* 0x100_0000_01B3
    }
  }

  /// Counts a fault.
  mutating func count(_ fault: Fault) { struck[fault, default: 0] += 1 }

  /// The faults that struck, in the order of ``Fault``.
  package var listedFaults: [(fault: Fault, count: Int)] {
    Fault.allCases.compactMap { fault in struck[fault].map { (fault, $0) } }
  }
}
