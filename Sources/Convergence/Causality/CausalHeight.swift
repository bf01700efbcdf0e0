/// How long the longest chain of operations is that leads up to an operation.
///
/// Entries of a log are listed by (height, replica, counter): whatever was seen stands before what
/// saw it, and no clock takes part. Heights are derived from the log on each machine and never sent.
public enum CausalHeight {
  /// The height of the first operation of a batch.
  ///
  /// - Parameters:
  ///   - previous: The height of the last operation of the batch before it, or 0.
  ///   - seen: The heights of the last operations of the batches it names as seen.
  /// - Returns: 1 + the greatest of them; the operations after the first rise by 1 each. It stops
  ///   at `Int64.max` rather than overflow.
  public static func ofFirst(previous: Int64, seen: some Sequence<Int64>) -> Int64 {
    let greatest = seen.reduce(previous) { max($0, $1) }
    return greatest == .max ? .max : greatest + 1
  }
}
