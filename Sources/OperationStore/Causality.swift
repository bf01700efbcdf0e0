public import Convergence
import SyncProtocol

/// Who had seen what: for any two operations of a visit, whether the later one's author had the
/// earlier one at hand.
public struct Causality: Sendable {
  private var pasts: [Dot: VersionVector] = [:]

  /// Where the operations stand that more than one place carries.
  private var places: [Dot: [Dot]] = [:]

  init(_ derivation: Derivation) {
    for step in derivation.steps {
      if step.operation.dot != step.place || step.effect == nil {
        places[step.operation.dot, default: []].append(step.place)
      }
      if step.position == nil {
        // What is not sealed was written with everything at hand.
        pasts[step.place] = derivation.heads.values.reduce(into: VersionVector()) { all, head in
          all.merge(head.seen)
        }
      } else {
        pasts[step.place] = derivation.seenAfter[step.batch]
      }
    }
  }

  /// Whether the author of one operation had another at hand when writing it.
  ///
  /// An operation has seen itself and what its replica wrote before it.
  ///
  /// - Parameters:
  ///   - later: The operation that may have seen.
  ///   - earlier: The operation that may have been seen.
  /// - Returns: False as well where either is unknown.
  public func hasSeen(_ later: Dot, _ earlier: Dot) -> Bool {
    let (laters, earliers) = (standing(later), standing(earlier))
    return laters.contains { later in earliers.contains { hasSeen(place: later, place: $0) } }
  }

  private func standing(_ dot: Dot) -> [Dot] {
    (places[dot] ?? []) + (pasts[dot] == nil ? [] : [dot])
  }

  private func hasSeen(place later: Dot, place earlier: Dot) -> Bool {
    guard let past = pasts[later], pasts[earlier] != nil else { return false }
    if later.stream == earlier.stream { return earlier.counter <= later.counter }
    return past.includes(earlier)
  }
}
