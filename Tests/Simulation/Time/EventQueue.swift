/// What happens next in virtual time: the earliest event, and of equal ones the one queued first.
///
/// A binary heap, so that a run of a million events spends its time elsewhere.
package struct EventQueue<Event> {
  private struct Entry {
    let time: Int64
    let order: Int
    let event: Event

    func comesBefore(_ other: Entry) -> Bool {
      time == other.time ? order < other.order : time < other.time
    }
  }

  private var heap: [Entry] = []
  private var added = 0

  /// Nothing will happen yet.
  package init() {}

  /// Whether nothing is left to happen.
  package var isEmpty: Bool { heap.isEmpty }

  /// When the next event happens; `nil` if none will.
  package var nextTime: Int64? { heap.first?.time }

  /// Queues an event.
  ///
  /// - Complexity: O(log *n*).
  package mutating func add(_ event: Event, at time: Int64) {
    heap.append(Entry(time: time, order: added, event: event))
    added += 1
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard heap[child].comesBefore(heap[parent]) else { break }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  /// Takes the next event.
  ///
  /// - Complexity: O(log *n*).
  package mutating func next() -> (time: Int64, event: Event)? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    if !heap.isEmpty {
      heap[0] = last
      sink()
    }
    return (first.time, first.event)
  }

  private mutating func sink() {
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < heap.count && heap[child].comesBefore(heap[least]) {
        least = child
      }
      guard least != parent else { return }
      heap.swapAt(least, parent)
      parent = least
    }
  }
}
