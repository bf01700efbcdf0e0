import Convergence

/// A reference as it stands in an operation.
enum Reference: Hashable {
  /// A counter of the author's own stream.
  case own(Int64)

  /// An index into `who`, and a counter there.
  case other(Int64, Int64)

  /// Reads `c` or `[w,c]`; `nil` for anything else.
  init?(_ value: Value) {
    if let counter = value.int {
      self = .own(counter)
    } else if let parts = value.list, parts.count == 2, let index = parts[0].int,
      let counter = parts[1].int
    {
      self = .other(index, counter)
    } else {
      return nil
    }
  }
}
