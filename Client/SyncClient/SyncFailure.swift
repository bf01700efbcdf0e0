import OperationStore
public import SyncProtocol

/// Why a sync or an enrolment did not come to its end.
///
/// Whatever was written before stays written.
public struct SyncFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// What to act on.
  public enum Code: String, Hashable, Sendable, CaseIterable {
    /// No answer of a Fieldbook server came back; try later.
    case noAnswer = "no-answer"

    /// The server is not the one this device trusts.
    case untrustedServer = "untrusted-server"

    /// The server refused the request; the problem says why.
    case refused

    /// The server sent what does not read or does not follow from its own log.
    case badAnswer = "bad-answer"

    /// The server's log went back in time or differs from what it said before.
    case rewound

    /// The device's own store failed.
    case store

    /// The device is not enrolled.
    case notEnrolled = "not-enrolled"

    /// The same batches came back undone again and again.
    case noProgress = "no-progress"
  }

  /// What kind of failure it is.
  public let code: Code

  /// What happened and what to do, for a person.
  public let message: String

  /// The server's refusal, if it gave one.
  public let problem: Problem.Code?

  /// How long the server asks to wait, in seconds, if it does.
  public let retryAfterSeconds: Int?

  /// Why no answer came back, if none did.
  public let transport: TransportFailure.Code?

  /// Describes a failure.
  public init(
    _ code: Code,
    _ message: String,
    problem: Problem.Code? = nil,
    retryAfterSeconds: Int? = nil,
    transport: TransportFailure.Code? = nil
  ) {
    self.code = code
    self.message = message
    self.problem = problem
    self.retryAfterSeconds = retryAfterSeconds
    self.transport = transport
  }

  /// The server's refusal of a whole request.
  init(_ problem: Problem, retryAfterSeconds: Int? = nil) {
    self.init(
      .refused,
      problem.detail,
      problem: problem.code,
      retryAfterSeconds: retryAfterSeconds
    )
  }

  /// No answer of a Fieldbook server came back.
  init(_ failure: TransportFailure) {
    self.init(.noAnswer, failure.message, transport: failure.code)
  }

  /// Whether the same may succeed in a moment.
  ///
  /// - Parameter wasAnswered: Whether the server answered before, so that the line is known to work:
  ///   who stands in a basement is told at once that nobody answers.
  /// - Returns: Whether it is worth another try.
  func mayPass(wasAnswered: Bool) -> Bool {
    if problem == .busy || problem == .unavailable { return true }
    return wasAnswered && (transport == .unreachable || transport == .timeout)
  }

  /// The code and the message.
  public var description: String { "\(code.rawValue): \(message)" }

  static func stored<Result>(
    _ body: () throws(StoreError) -> Result
  ) throws(SyncFailure) -> Result {
    do throws(StoreError) {
      return try body()
    } catch {
      throw SyncFailure(.store, error.message)
    }
  }
}
