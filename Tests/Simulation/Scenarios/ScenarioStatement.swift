import AssessmentModel

/// One line of a scenario: something that happens, or something that must be seen.
struct ScenarioStatement: Hashable, Sendable {
  /// Which program writes.
  enum Program: Hashable, Sendable {
    case current
    /// One that writes what today's refuses.
    case older
    /// One that writes what today's does not know.
    case newer
  }

  /// How well the line of a sync works.
  enum Line: Hashable, Sendable {
    case good
    /// It breaks at every n-th byte: one run for each.
    case cut(every: Int)
    /// Every request arrives twice.
    case doubled
  }

  /// Where something must be seen.
  enum Place: Hashable, Sendable {
    /// On the device of everybody on the visit, and on the server.
    case everywhere
    case device(Int)
    case server
  }

  /// What a line says.
  enum Action: Hashable, Sendable {
    case edit(ScenarioEdit, device: Int, by: Program)
    /// An edit that the product has to refuse, with a code if one is named.
    case refused(ScenarioEdit, device: Int, code: String?)
    case sync([Int], Line)
    /// One run for each order; then, unless it is only once, everybody until all is in.
    case everyOrder([Int], isOnce: Bool)
    /// Everybody until all is in.
    case settle
    case offline([Int])
    case online([Int])
    /// So many milliseconds off from now on.
    case clockOff(device: Int, Int64)
    /// So many milliseconds from what it shows now.
    case clockMoved(device: Int, Int64)
    case wait(Int64)
    case remove(person: Int)
    /// A backup of the server is made.
    case backUp
    /// The server is put back to its backup, with or without telling anybody.
    case putBack(isTold: Bool)
    case expect(Expectation, Place)
  }

  /// The line, from 1.
  let line: Int

  /// What stands there.
  let source: String

  let action: Action
}
