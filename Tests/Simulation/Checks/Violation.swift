/// Something that must never be, found in a run.
package struct Violation: Error, Hashable, CustomStringConvertible {
  /// Which promise was broken.
  package enum Promise: String, CaseIterable, Hashable, Sendable {
    /// What a device or server said it had stored is still there, with the same content.
    case acknowledged

    /// Hashes, signatures, chains and digests are right, from bytes.
    case bytes

    /// Each stream stands in order, and nothing before what it was written upon.
    case order

    /// A cursor never claims what is not held.
    case cursor

    /// What a device once showed, it shows from then on.
    case reading

    /// With good links, everything is sent and read within a few rounds.
    case convergence

    /// Whoever holds the same operations shows the same.
    case sameState = "same-state"

    /// The state is what the slow obvious model says.
    case model

    /// Every judgement is visible, or its own author has replaced it.
    case judgements

    /// Every disagreement is listed, and none is invented.
    case disagreements

    /// The product allows what a reviewer may do, and answers with errors of its own.
    case conduct
  }

  /// Which promise was broken.
  package let promise: Promise

  /// When, in milliseconds of virtual time.
  package let time: Int64

  /// What was found, in a sentence that names visit, device and operation.
  package let message: String

  /// Describes what was found.
  package init(_ promise: Promise, at time: Int64 = 0, _ message: String) {
    self.promise = promise
    self.time = time
    self.message = message
  }

  /// The promise and the sentence.
  package var description: String { "\(promise.rawValue) at \(Moment(time)): \(message)" }
}
