public import Convergence

/// What the bytes of a visit prove: two verdicts that have nothing to do with each other.
///
/// *Integrity*: what is here is genuine and hangs together. *Completeness*: nothing is absent that
/// these bytes prove to exist. What nobody here has ever heard of, no store can tell.
public struct VisitVerdict: Hashable, Sendable {
  /// The visit.
  public let visit: VisitID

  /// How many batches were checked.
  public let batches: Int64

  /// What is not genuine or contradicts the rest, in order; empty where nothing is.
  public let problems: [String]

  /// What is proved to exist and is not here, in order; empty where nothing is.
  public let missing: [String]

  /// Describes a verdict.
  public init(visit: VisitID, batches: Int64, problems: [String], missing: [String] = []) {
    self.visit = visit
    self.batches = batches
    self.problems = problems
    self.missing = missing
  }

  /// Whether nothing is wrong with what is here.
  public var isIntact: Bool { problems.isEmpty }

  /// Whether nothing is known to be absent.
  public var isComplete: Bool { missing.isEmpty }

  /// The verdict as an object.
  public var value: Value {
    .object([
      "batches": .int(batches), "complete": .bool(isComplete), "intact": .bool(isIntact),
      "missing": .list(missing.map { .string($0) }),
      "problems": .list(problems.map { .string($0) }), "visit": .string(visit.text),
    ])
  }
}
