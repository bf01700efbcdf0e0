import ArgumentParser
import Simulation

/// Lists what can go wrong.
struct FaultsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "faults",
    abstract: "Lists what can go wrong, for --faults."
  )

  func run() {
    for fault in Fault.allCases { Terminal.out(Page.row(fault.rawValue, fault.words)) }
    Terminal.out("")
    Terminal.out(Page.row("all", "everything, as where nothing is said"))
    Terminal.out(Page.row("none", "nothing goes wrong"))
    Terminal.out(Page.row("-cut,-drop", "everything but these"))
  }
}
