import Convergence
import OperationStore

/// The one line about this device: what is not sent yet, and when it last synced.
struct DeviceLine {
  let visit: OpenVisit

  /// Prepares the line.
  init(_ visit: OpenVisit) { self.visit = visit }

  /// The line; it never says that all is sent while anything waits, or was refused.
  var text: String {
    get throws {
      let store = visit.device.store
      let waiting = try Outstanding(store, of: visit.id).words("to send")
      let last = try store.document("device", "synced")?.int
      let when = last.map { "last sync \(Words.time($0))" } ?? "never synced"
      let what =
        if let waiting {
          waiting
        } else if last == nil {
          "nothing to send"
        } else {
          "all sent"
        }
      return Terminal.faint("This device: \(what); \(when).")
    }
  }
}
