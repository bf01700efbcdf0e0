import Convergence

/// Why a whole request was refused: `application/problem+json` (RFC 9457) with a stable code.
public struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
  /// The stable codes (section 10), each with its HTTP status.
  public enum Code: String, Hashable, Sendable, CaseIterable {
    /// The request does not read.
    case malformed

    /// The nonce is missing or too old.
    case nonce

    /// The proof of the key does not hold, or the replica is not known.
    case credential

    /// The enrolment code is unknown or used.
    case code

    /// The person is not and never was on the visit.
    case notOnVisit = "not-on-visit"

    /// The device was revoked.
    case revoked

    /// No such visit, framework or call.
    case unknown

    /// The cursor belongs to another history of the server.
    case epoch

    /// Over a limit, which is named.
    case tooLarge = "too-large"

    /// The client speaks a version that the server no longer does.
    case upgrade

    /// Over the budget; try later.
    case busy

    /// The server cannot do it now; try later.
    case unavailable

    /// The HTTP status.
    public var status: Int {
      switch self {
      case .malformed: 400
      case .nonce, .credential: 401
      case .code, .notOnVisit, .revoked: 403
      case .unknown: 404
      case .epoch: 409
      case .tooLarge: 413
      case .upgrade: 426
      case .busy: 429
      case .unavailable: 503
      }
    }

    /// A few words for a person.
    public var title: String {
      switch self {
      case .malformed: "The request does not read"
      case .nonce: "The nonce is missing or too old"
      case .credential: "The device is not known here"
      case .code: "The enrolment code is unknown or used"
      case .notOnVisit: "Not a member of this visit"
      case .revoked: "The device was revoked"
      case .unknown: "There is no such thing here"
      case .epoch: "The server has another history"
      case .tooLarge: "Too large"
      case .upgrade: "This client is too old"
      case .busy: "Too many requests"
      case .unavailable: "Not available now"
      }
    }
  }

  /// What to act on.
  public let code: Code

  /// What is wrong and what to do, for a person; no text of an assessment.
  public let detail: String

  /// The limit that was passed.
  public let limit: Int64?

  /// Describes a refusal.
  public init(_ code: Code, _ detail: String, limit: Int64? = nil) {
    self.code = code
    self.detail = detail
    self.limit = limit
  }

  /// The code and the detail.
  public var description: String { "\(code.rawValue): \(detail)" }

  /// The body.
  public var body: [UInt8] {
    var members: [(key: String, value: Value)] = [
      ("type", .string("about:blank")), ("title", .string(code.title)),
      ("status", .int(Int64(code.status))), ("code", .string(code.rawValue)),
      ("detail", .string(detail)),
    ]
    if let limit { members.append(("limit", .int(limit))) }
    return JSONLine.object(members)
  }

  /// Reads a body.
  ///
  /// - Throws: ``ProtocolError`` `malformed` if it is not one of ours.
  public init(body: [UInt8]) throws(ProtocolError) {
    let members = try Members(StrictJSON.value(of: body), of: "problem")
    guard let code = Code(rawValue: try members.string("code")) else {
      throw members.mistyped("code", "a known code")
    }
    self.init(
      code,
      try members.string("detail", atMost: Limits.smallLineBytes),
      limit: members.has("limit") ? try members.int("limit") : nil
    )
  }
}
