import ArgumentParser
import Simulation

/// Lists what can go wrong.
struct FaultsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "faults",
    abstract: "Lists what can go wrong, for --faults."
  )

  func run() {
    for fault in Fault.allCases {
      let state = fault.pendingIssue.map { " (off until issue \($0) builds the defence)" } ?? ""
      Terminal.out(Page.row(fault.rawValue, fault.words + state))
    }
    Terminal.out("")
    Terminal.out(Page.row("usual", "all that are on by default"))
    Terminal.out(Page.row("none", "nothing goes wrong"))
    Terminal.out(Page.row("all", "everything, also what nothing defends against yet"))
    Terminal.out(Page.row("usual,-cut", "the usual ones without one of them"))
  }
}
