import ArgumentParser
import OperationStore
import Simulation

/// Runs the body of a command and turns what it throws into words and an exit status, in one place.
enum CommandRun {
  /// A promise was broken, or a scenario failed.
  static let broken = ExitCode(1)

  /// The run could not be carried out.
  static let failed = ExitCode(2)

  static func run(_ body: () async throws -> Void) async throws {
    do {
      try await body()
    } catch let failure as Failure {
      throw report(failure.description)
    } catch let error as BrokenWorld {
      throw report("the simulator itself is at fault: \(error)")
    } catch let error as StoreError {
      throw report("\(error.code): \(error.message)")
    }
  }

  private static func report(_ message: String) -> ExitCode {
    Terminal.say("simulate: \(message)")
    return failed
  }
}
