import ArgumentParser
import Convergence
import OperationStore
import SyncClient
import SyncProtocol

/// `fieldbook verify`.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Prove from bytes that nothing was changed and that nothing known of is missing.",
    discussion: """
      Without a file: every visit on this device. With one: a bundle, from its bytes alone. Two \
      verdicts that have nothing to do with each other: integrity, that what is here is genuine and \
      hangs together; completeness, that nothing is absent which these bytes prove to exist. What \
      nobody here has heard of, no device can tell. Touches no network.

      Exit status: 0 intact and complete, 1 not intact, 2 intact and something is missing.
      """
  )

  @OptionGroup var options: HomeOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "A bundle; - for standard input.", completion: .file())
  var file: String?

  /// What was found, of a store or of a file.
  private struct Outcome {
    var problems: [String] = []
    var missing: [String] = []
    var visits: [VisitVerdict] = []
    var remarks: [String] = []

    var isIntact: Bool { problems.isEmpty && visits.allSatisfy(\.isIntact) }
    var isComplete: Bool { missing.isEmpty && visits.allSatisfy(\.isComplete) }
  }

  func run() throws {
    let device = try options.device()
    let enrolment = try device.enrolment()
    let verification = Verification(identity: enrolment.identity, meaning: .client)
    let outcome = try file.map { try check($0, verification) } ?? check(device, verification)
    tell(outcome)
    guard outcome.isIntact else { throw ExitCode(CommandFailure.Kind.failed.rawValue) }
    guard outcome.isComplete else { throw ExitCode(CommandFailure.Kind.refused.rawValue) }
  }

  private func check(_ file: String, _ verification: Verification) throws -> Outcome {
    let verdict = try verification.verify(BundleFile.read(file))
    var outcome = Outcome()
    outcome.problems = verdict.problems
    outcome.missing = verdict.missing
    outcome.visits = verdict.visits
    if verdict.report.closing != .good, let words = verdict.report.closing.words {
      outcome.remarks.append("\(words) Every batch was checked by itself.")
    }
    return outcome
  }

  private func check(_ device: Device, _ verification: Verification) throws -> Outcome {
    var outcome = Outcome()
    outcome.problems = try device.store.integrityProblems().map { "the store: \($0)" }
    for visit in try device.store.visits() {
      outcome.visits.append(try verification.verify(visit, in: device.store))
    }
    return outcome
  }

  private func tell(_ outcome: Outcome) {
    if output.json {
      let value = Value.object([
        "complete": .bool(outcome.isComplete), "intact": .bool(outcome.isIntact),
        "missing": .list(outcome.missing.map { .string($0) }),
        "problems": .list(outcome.problems.map { .string($0) }),
        "visits": .list(outcome.visits.map(\.value)),
      ])
      return Terminal.outRaw(JSONText.line(value))
    }
    for visit in outcome.visits {
      Terminal.out("\(visit.visit): \(visit.batches) batches checked")
      for problem in visit.problems { line("WRONG: \(problem)") }
      for missing in visit.missing { line("missing: \(missing)") }
    }
    for problem in outcome.problems { line("WRONG: \(problem)") }
    for missing in outcome.missing { line("missing: \(missing)") }
    Terminal.out(
      outcome.isIntact
        ? "Integrity: what is here is genuine and hangs together."
        : "Integrity: NOT INTACT. Copy the folder away, then save what is genuine: fieldbook rescue."
    )
    Terminal.out(
      outcome.isComplete
        ? "Completeness: nothing is absent that these bytes prove to exist."
        : "Completeness: something is absent that these bytes prove to exist. Sync, or ask for files."
    )
    for remark in outcome.remarks { Terminal.say(remark) }
  }

  private func line(_ text: String) {
    Terminal.out(Wrap.indented(Printable.line(text), by: 4, first: "  "))
  }
}
