public import Convergence

/// Whether everything that a store says of a visit follows from the bytes it holds.
///
/// It is a verdict of integrity: that nothing was changed. Whether a batch is missing that somebody
/// once had cannot be seen from one store alone.
public struct VisitVerdict: Hashable, Sendable {
  /// The visit.
  public let visit: VisitID

  /// How many batches were checked.
  public let batches: Int64

  /// What is wrong, in order; empty where nothing is.
  public let problems: [String]

  /// Whether nothing is wrong.
  public var isIntact: Bool { problems.isEmpty }

  /// The verdict as an object.
  public var value: Value {
    .object([
      "batches": .int(batches), "intact": .bool(isIntact),
      "problems": .list(problems.map { .string($0) }), "visit": .string(visit.text),
    ])
  }
}
