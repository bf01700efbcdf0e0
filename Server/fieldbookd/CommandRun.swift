import ArgumentParser
import OperationStore
import SyncProtocol

/// Runs the body of a command and turns what it throws into words and an exit status, in one place.
enum CommandRun {
  static func run(_ body: () async throws -> Void) async throws {
    SystemEdge.keepFilesPrivate()
    do {
      try await body()
    } catch let failure as Failure {
      throw report(failure)
    } catch let problem as Problem {
      throw report(Failure(problem))
    } catch let error as StoreError {
      throw report(Failure(error))
    } catch let error as ProtocolError {
      throw report(Failure(.failed, error.message))
    }
  }

  private static func report(_ failure: Failure) -> ExitCode {
    Output.message("fieldbookd: \(failure)")
    return ExitCode(failure.kind.rawValue)
  }
}
