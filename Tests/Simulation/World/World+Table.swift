import Convergence
import OperationStore

extension World {
  /// One device as a live table shows it.
  package struct Row: Hashable, Sendable {
    /// The device.
    package let name: String

    /// Up, down, offline, syncing.
    package let state: String

    /// How far its clock is from the right time.
    package let clock: String

    /// Operations that it holds, of all its visits.
    package let held: Int64

    /// Operations that its server has not acknowledged.
    package let unsent: Int64

    /// Syncs begun.
    package let syncs: Int
  }

  /// Every device as it is now, in the order of their numbers.
  package func table() -> [Row] {
    devices.map { device in
      var (held, unsent): (Int64, Int64) = (0, 0)
      if let store = device.store {
        for visit in device.visits.map({ cast.visits[$0].id }) {
          let vector = (try? store.vector(of: visit)) ?? VersionVector()
          held += vector.entries.reduce(0) { $0 + $1.lastCounter }
          unsent += (try? store.unsentCounts(of: visit).operations) ?? 0
        }
      }
      return Row(
        name: device.name,
        state: state(of: device),
        clock: clock(of: device),
        held: held,
        unsent: unsent,
        syncs: device.syncCount
      )
    }
  }

  private func state(of device: SimulatedDevice) -> String {
    if device.store == nil { return "no power" }
    if device.sync != nil { return "syncing" }
    switch device.reach {
    case .open: return "up"
    case .noAnswers: return "no answers"
    case .closed: return "offline"
    }
  }

  private func clock(of device: SimulatedDevice) -> String {
    let error = (device.reading(at: now) - serverTime) / 1_000
    if error == 0 { return "right" }
    let (size, way) = (abs(error), error > 0 ? "fast" : "slow")
    if size < 120 { return "\(size) s \(way)" }
    if size < 7_200 { return "\(size / 60) min \(way)" }
    if size < 172_800 { return "\(size / 3_600) h \(way)" }
    return "\(size / 86_400) days \(way)"
  }
}
