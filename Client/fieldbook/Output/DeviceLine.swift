import Convergence
import OperationStore

/// The one line about this device: what is not sent yet, and when it last synced.
struct DeviceLine {
  let visit: OpenVisit

  /// Prepares the line.
  init(_ visit: OpenVisit) { self.visit = visit }

  /// The line; it never says that all is synced while anything waits.
  var text: String {
    get throws {
      let store = visit.device.store
      let waiting = try store.unsentCounts(of: visit.id).operations
      let last = try store.document("device", "synced")?.int
      let when = last.map { "last sync \(Words.time($0))" } ?? "never synced"
      let what =
        if waiting > 0 {
          "\(Words.count(waiting, "change")) to send"
        } else if last == nil {
          "nothing to send"
        } else {
          "all sent"
        }
      return Terminal.faint("This device: \(what); \(when).")
    }
  }
}
