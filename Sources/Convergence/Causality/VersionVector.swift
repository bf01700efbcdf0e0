/// What somebody has seen: for each stream, how far.
///
/// Streams are numbered from 1 without a gap, so one number a stream says everything. A stream that
/// is absent counts as 0, on *both* sides of a comparison: `{a: 1}` is before `{a: 1, b: 1}`.
///
/// On a fork, the trunk and each branch are streams of their own; whoever holds a branch also
/// holds an entry for the trunk before it.
///
/// After Parker et al., "Detection of mutual inconsistency in distributed systems" (1983), with
/// dots as in Almeida et al., "Scalable and accurate causality tracking" (2014).
public struct VersionVector: Hashable, Sendable {
  /// One stream and the counter of its last operation that was seen.
  public struct Entry: Hashable, Sendable {
    /// The stream.
    public let stream: StreamID

    /// The last operation seen, inclusive; at least 1.
    public fileprivate(set) var lastCounter: Int64

    /// Pairs a stream with its last counter.
    public init(stream: StreamID, lastCounter: Int64) {
      self.stream = stream
      self.lastCounter = lastCounter
    }
  }

  /// The streams seen, in their order, none twice, each with a counter of at least 1.
  public private(set) var entries: [Entry]

  /// Nothing seen.
  public init() { entries = [] }

  /// Takes entries in any order; of several for one stream the greatest stands, and counters below
  /// 1 say nothing.
  public init(_ entries: some Sequence<Entry>) {
    self.init()
    for entry in entries {
      extend(entry.stream, to: entry.lastCounter)
    }
  }

  /// The last counter seen of a stream, or 0.
  ///
  /// - Complexity: O(log *n*).
  public func lastCounter(of stream: StreamID) -> Int64 {
    let index = position(of: stream)
    guard index < entries.count, entries[index].stream == stream else { return 0 }
    return entries[index].lastCounter
  }

  /// Whether the operation was seen.
  ///
  /// - Complexity: O(log *n*).
  public func includes(_ dot: Dot) -> Bool {
    dot.counter <= lastCounter(of: dot.stream)
  }

  /// Whether everything that `other` has seen was seen here too.
  ///
  /// - Complexity: O(*n* + *m*).
  public func includes(_ other: VersionVector) -> Bool {
    var index = entries.startIndex
    for entry in other.entries {
      while index < entries.count, entries[index].stream < entry.stream {
        index += 1
      }
      guard index < entries.count, entries[index].stream == entry.stream,
        entries[index].lastCounter >= entry.lastCounter
      else { return false }
    }
    return true
  }

  /// How this stands to another; unknown streams count as 0 on both sides.
  ///
  /// - Complexity: O(*n* + *m*).
  public func relation(to other: VersionVector) -> CausalRelation {
    switch (includes(other), other.includes(self)) {
    case (true, true): .equal
    case (false, true): .before
    case (true, false): .after
    case (false, false): .concurrent
    }
  }

  /// Records that a stream was seen up to a counter; an earlier counter changes nothing.
  ///
  /// - Complexity: O(*n*) where the stream is new, O(log *n*) otherwise.
  public mutating func extend(_ stream: StreamID, to lastCounter: Int64) {
    guard lastCounter >= 1 else { return }
    let index = position(of: stream)
    if index < entries.count, entries[index].stream == stream {
      entries[index].lastCounter = max(entries[index].lastCounter, lastCounter)
    } else {
      entries.insert(Entry(stream: stream, lastCounter: lastCounter), at: index)
    }
  }

  /// Adds everything that `other` has seen: the least vector that includes both.
  ///
  /// - Complexity: O(*m* log *n*) comparisons, and O(*n*) moves for each stream that is new.
  public mutating func merge(_ other: VersionVector) {
    for entry in other.entries {
      extend(entry.stream, to: entry.lastCounter)
    }
  }

  /// The least vector that includes both.
  public func merging(_ other: VersionVector) -> VersionVector {
    var merged = self
    merged.merge(other)
    return merged
  }

  /// Where a stream is, or would be inserted.
  private func position(of stream: StreamID) -> Int {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = low + (high - low) / 2
      if entries[middle].stream < stream {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }
}
