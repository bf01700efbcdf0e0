public import Convergence

/// What became of one batch that was pushed (section 10).
public struct BatchResult: Hashable, Sendable {
  /// The answer, with what a client needs to act on it.
  public enum Outcome: Hashable, Sendable {
    /// On disk, at this position.
    case ok(position: Int64)

    /// Was on disk already, at this position.
    case duplicate(position: Int64)

    /// The batch before it is not held; this number is the next one wanted.
    case gap(next: Int64)

    /// These batches that it builds on are not held.
    case missing([Dependency])

    /// Admitted as a branch of a fork, at this position.
    case fork(position: Int64)

    /// Admitted after sign-off, at this position.
    case late(position: Int64)

    /// Admitted, without effect until a person decides, at this position.
    case held(position: Int64)

    /// Not stored: there is no visit of this name here that whoever brought it is or was on.
    case notOnVisit

    /// Not stored, and why.
    case bad(ProtocolError.Code)
  }

  /// The batch: absent where the line did not read far enough to tell.
  public let visit: VisitID?

  /// Whose batch it was.
  public let replica: ReplicaID?

  /// Its number in the stream.
  public let number: Int64?

  /// What became of it.
  public let outcome: Outcome

  /// Describes what became of a batch.
  public init(visit: VisitID?, replica: ReplicaID?, number: Int64?, outcome: Outcome) {
    self.visit = visit
    self.replica = replica
    self.number = number
    self.outcome = outcome
  }

  /// Describes what became of a batch that reads.
  public init(_ batch: Batch, _ outcome: Outcome) {
    self.init(visit: batch.visit, replica: batch.replica, number: batch.number, outcome: outcome)
  }
}

extension BatchResult.Outcome {
  /// The word on the wire.
  public var code: String {
    switch self {
    case .ok: "ok"
    case .duplicate: "dup"
    case .gap: "gap"
    case .missing: "missing"
    case .fork: "fork"
    case .late: "late"
    case .held: "held"
    case .notOnVisit: "not-on-visit"
    case .bad: "bad"
    }
  }

  /// Where the batch stands in the log, if it does.
  public var position: Int64? {
    switch self {
    case .ok(let position), .duplicate(let position), .fork(let position), .late(let position),
      .held(let position):
      position
    case .gap, .missing, .notOnVisit, .bad: nil
    }
  }
}

extension BatchResult {
  /// The value of a `result` frame.
  public var value: Value {
    var members: [Value.Map.Member] = [.init(key: "code", value: .string(outcome.code))]
    if let visit { members.append(.init(key: "visit", value: .string(visit.text))) }
    if let replica { members.append(.init(key: "replica", value: .string(replica.text))) }
    if let number { members.append(.init(key: "b", value: .int(number))) }
    if let position = outcome.position { members.append(.init(key: "at", value: .int(position))) }
    switch outcome {
    case .gap(let next): members.append(.init(key: "next", value: .int(next)))
    case .missing(let deps):
      members.append(.init(key: "deps", value: .list(deps.map(\.value))))
    case .bad(let why): members.append(.init(key: "why", value: .string(why.rawValue)))
    case .ok, .duplicate, .fork, .late, .held, .notOnVisit: break
    }
    return Value.Map(members).map { .map($0) } ?? .list([])
  }

  /// Reads the value of a `result` frame.
  ///
  /// - Throws: ``ProtocolError`` `malformed`, naming the member.
  public init(_ value: Value) throws(ProtocolError) {
    let members = try Members(value, of: "result")
    let positions = 1...Limits.greatestInteger
    let outcome: Outcome
    switch try members.string("code") {
    case "ok": outcome = .ok(position: try members.int("at", in: positions))
    case "dup": outcome = .duplicate(position: try members.int("at", in: positions))
    case "fork": outcome = .fork(position: try members.int("at", in: positions))
    case "late": outcome = .late(position: try members.int("at", in: positions))
    case "held": outcome = .held(position: try members.int("at", in: positions))
    case "gap": outcome = .gap(next: try members.int("next", in: positions))
    case "missing":
      var deps: [Dependency] = []
      for value in try members.list("deps") {
        guard let dependency = Dependency(value) else {
          throw members.mistyped("deps", "a list of [replica, counter, hash]")
        }
        deps.append(dependency)
      }
      outcome = .missing(deps)
    case "not-on-visit": outcome = .notOnVisit
    case "bad":
      guard let why = ProtocolError.Code(rawValue: try members.string("why")) else {
        throw members.mistyped("why", "a known reason")
      }
      outcome = .bad(why)
    default:
      throw members.mistyped("code", "a known code")
    }
    self.init(
      visit: members.has("visit") ? try members.identifier("visit") : nil,
      replica: members.has("replica") ? try members.identifier("replica") : nil,
      number: members.has("b") ? try members.int("b", in: positions) : nil,
      outcome: outcome
    )
  }
}
