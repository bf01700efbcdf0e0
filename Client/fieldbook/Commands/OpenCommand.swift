import ArgumentParser
import Convergence
import OperationStore

/// `fieldbook open`.
struct OpenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open",
    abstract: "Choose the visit that the commands after this one are about.",
    discussion: """
      The first time, the visit is put on this device; `fieldbook sync` then fetches what is in it.
      """
  )

  @OptionGroup var options: HomeOptions

  @Argument(help: "Its identifier, the start of it, or its title.")
  var visit: String

  func run() throws {
    let device = try options.device()
    let visit = try KnownVisit.find(self.visit, in: KnownVisit.all(device.store))
    let store = device.store
    try store.transaction { () throws(StoreError) in
      try store.addVisit(visit.id)
      try store.setDocument("device", "current", .string(visit.id.text))
    }
    Terminal.out("Open: \(Printable.line(visit.title)) (\(visit.id))")
    if !visit.isOpened { Terminal.say("Fetch what is in it: fieldbook sync.") }
  }
}
