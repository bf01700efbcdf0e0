import Convergence
import OperationStore
import Simulation
import TestSupport
import Testing

/// A machine whose power is cut at every single event of its disk, one play each.
struct PowerCuts {
  /// The disk as it is before the script; every play begins with a copy.
  let disk: SimulatedDisk

  /// What a script did before the power was cut, for whoever looks afterwards.
  final class Journal<Entry> {
    var entries: [Entry] = []

    /// The server of the play, where it is another machine.
    var server: Lab?

    /// Its disk: whatever is open on it is good only as long as somebody has it.
    var serverDisk: SimulatedDisk?
  }

  /// Plays a script once undisturbed, and once for each event of the disk and each kind of loss.
  ///
  /// - Parameters:
  ///   - name: What is printed with the number of events.
  ///   - script: What is done; it must open whatever lies on the disk by itself.
  ///   - check: What must hold when the power is back. The script may have come to its end.
  /// - Throws: What does not hold, with the event and the loss.
  func atEveryEvent<Entry>(
    _ name: String,
    script: (_ disk: SimulatedDisk, _ journal: Journal<Entry>) throws -> Void,
    check: (_ disk: SimulatedDisk, _ journal: Journal<Entry>) throws -> Void
  ) throws {
    let undisturbed = disk.copy()
    let whole = Journal<Entry>()
    let before = (undisturbed.writes, undisturbed.syncs)
    try script(undisturbed, whole)
    let count = undisturbed.writes - before.0
    print("\(name): N = \(count) events, \(undisturbed.syncs - before.1) of them syncs")
    try demand(count > 10, "the disk did not count")
    try check(undisturbed, whole)
    try withEvery("event", in: 1...count) { event in
      try withEvery("loss", in: SimulatedDisk.Loss.allCases) { loss in
        try play(event, loss, script, check)
      }
    }
  }

  private func play<Entry>(
    _ event: Int,
    _ loss: SimulatedDisk.Loss,
    _ script: (SimulatedDisk, Journal<Entry>) throws -> Void,
    _ check: (SimulatedDisk, Journal<Entry>) throws -> Void
  ) throws {
    let disk = disk.copy()
    let journal = Journal<Entry>()
    disk.failAfter(event)
    do {
      try script(disk, journal)
    } catch {
      // Whatever fails fails for want of power.
      guard disk.isDown else { throw error }
    }
    var random = SeededGenerator(seed: UInt64(event))
    disk.powerCut(using: &random, loss: loss)
    disk.powerOn()
    try check(disk, journal)
  }
}
