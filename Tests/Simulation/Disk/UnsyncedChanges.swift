/// What was done to a file since it was last synced, with the bytes that were there before.
///
/// It is an undo log: writing costs one copy of what is overwritten, syncing costs nothing, and only
/// a power cut has to work.
struct UnsyncedChanges {
  /// One write, or one cut of the file's end.
  struct Change {
    /// Where the write begins, or where the file ends since.
    let offset: Int

    /// How many bytes were written; `nil` if the file was cut.
    let written: Int?

    /// How long the file was.
    let sizeBefore: Int

    /// How many bytes of `saved` are what stood at the offset.
    let savedCount: Int
  }

  private(set) var changes: [Change] = []
  private var saved: [UInt8] = []

  /// Notes that so many bytes are about to be written.
  mutating func willWrite(_ count: Int, at offset: Int, to content: FileContent) {
    let end = min(offset + count, content.size)
    note(offset..<max(offset, end), written: count, of: content)
  }

  /// Notes that the size is about to be set.
  mutating func willResize(to size: Int, _ content: FileContent) {
    note(size..<max(size, content.size), written: nil, of: content)
  }

  private mutating func note(_ range: Range<Int>, written: Int?, of content: FileContent) {
    content.copy(range, to: &saved)
    changes.append(
      Change(
        offset: range.lowerBound,
        written: written,
        sizeBefore: content.size,
        savedCount: range.count
      )
    )
  }

  /// Forgets what was before: the disk has what is now.
  mutating func sync() {
    // A large checkpoint must not hold its memory for ever.
    let isLarge = saved.capacity > 1 << 20
    changes.removeAll(keepingCapacity: !isLarge)
    saved.removeAll(keepingCapacity: !isLarge)
  }

  /// Undoes all of it and forgets it.
  ///
  /// - Parameter content: The file, which becomes what was last synced.
  /// - Returns: The changes in their order, each with the bytes that it wrote.
  mutating func undo(_ content: inout FileContent) -> [(change: Change, bytes: [UInt8])] {
    var undone: [(change: Change, bytes: [UInt8])] = []
    for change in changes.reversed() {
      var bytes: [UInt8] = []
      if let written = change.written {
        content.copy(change.offset..<change.offset + written, to: &bytes)
      }
      undone.append((change, bytes))
      content.resize(to: change.sizeBefore)
      content.write(saved.suffix(change.savedCount), at: change.offset)
      saved.removeLast(change.savedCount)
    }
    sync()
    return undone.reversed()
  }
}
