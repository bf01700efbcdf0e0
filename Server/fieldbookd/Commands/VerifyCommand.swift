import ArgumentParser
import Convergence
import OperationStore
import SyncProtocol
import SyncServer

/// `fieldbookd verify`.
struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check every visit from its bytes.",
    discussion: """
      Recomputes hashes, signatures, chains, digests and state, and gives two verdicts: integrity, \
      that nothing was changed; completeness, that nothing is absent which the bytes here prove to \
      exist. It does not tell whether a device holds work that never arrived. It can run beside the \
      daemon. Exit status: 0 intact and complete, 1 not intact, 2 intact and something is missing.
      """
  )

  @OptionGroup var data: DataOptions

  @Flag(help: "Print JSON.")
  var json = false

  func run() async throws {
    let folder = try data.folder()
    try await CommandRun.run {
      let (file, verdicts) = try Operator(folder: folder).read { (service, store) throws(Problem) in
        try Self.check(service, store)
      }
      let isIntact = file.isEmpty && verdicts.allSatisfy(\.isIntact)
      let isComplete = verdicts.allSatisfy(\.isComplete)
      if json {
        Output.json(
          .object([
            "complete": .bool(isComplete), "file": .list(file.map { .string($0) }),
            "intact": .bool(isIntact),
            "visits": .list(verdicts.map(\.value)),
          ])
        )
      } else {
        for problem in file { Output.result("store: \(problem)") }
        for verdict in verdicts {
          let word = verdict.isIntact ? "intact" : "NOT INTACT"
          Output.result("\(verdict.visit)  \(word), \(verdict.batches) batches checked")
          for problem in verdict.problems { Output.result("  \(problem)") }
          for missing in verdict.missing { Output.result("  missing: \(missing)") }
        }
        Output.result("integrity: \(isIntact ? "nothing was changed" : "something was changed")")
        let known = isComplete ? "nothing that is known of is missing" : "something is missing"
        Output.result("completeness: \(known)")
      }
      guard isIntact else {
        throw Failure(.failed, "The store is not intact. Copy it away before anything else.")
      }
      guard isComplete else {
        throw Failure(.refused, "Work is missing that others prove to exist: take in their files.")
      }
    }
  }

  private static func check(
    _ service: Service,
    _ store: OperationStore
  ) throws(Problem) -> (file: [String], verdicts: [VisitVerdict]) {
    do throws(StoreError) {
      let file = try store.integrityProblems()
      let visits = try store.visits()
      var verdicts: [VisitVerdict] = []
      for visit in visits {
        verdicts.append(
          try Result { () throws(Problem) in
            try service.verify(visit, store: store, meaning: .server)
          }.mapError { StoreError(.fault, $0.detail) }.get()
        )
      }
      return (file, verdicts)
    } catch {
      throw Problem(.unavailable, error.message)
    }
  }
}
