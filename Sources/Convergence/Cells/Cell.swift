/// The values that stand side by side because nobody who had seen one wrote over it.
///
/// Two people write while neither has seen the other: both values stay. Somebody who has seen both
/// writes, naming both: only the new value stays. Arrival order never matters, and writing again
/// what is already here changes nothing.
///
/// A cell is the multi-value register of Shapiro et al., "A comprehensive study of convergent and
/// commutative replicated data types" (2011), with explicit lists of what a write removes instead
/// of version vectors per value: a merge costs O(siblings), and the list says what its author had
/// on the screen.
///
/// A cell remembers the dots that were written over, so that it converges even when a write arrives
/// after the one that removes it. A store that applies operations in causal order may forget them
/// (``init(siblings:)``): whatever could be removed has already come.
public struct Cell: Hashable, Sendable {
  /// The current values, sorted, no dot twice.
  public private(set) var siblings: [Sibling]

  /// The dots that some write removed, sorted, none of them in ``siblings``.
  public private(set) var superseded: [Dot]

  /// A cell nobody wrote to.
  public init() {
    siblings = []
    superseded = []
  }

  /// A cell in which one value stands alone.
  public init(_ sibling: consuming Sibling) {
    siblings = [sibling]
    superseded = []
  }

  /// A cell as a store kept it: the current values, in any order.
  public init(siblings: [Sibling]) {
    self.siblings = siblings.count < 2 ? siblings : siblings.sorted()
    superseded = []
  }

  /// Whether no value stands here.
  public var isEmpty: Bool { siblings.isEmpty }

  /// The value that stands alone, or `nil` where none or several do.
  public var only: Sibling? { siblings.count == 1 ? siblings[0] : nil }

  /// Writes a value over exactly the dots named.
  ///
  /// - Parameters:
  ///   - sibling: The new value. If its dot was removed already, it stays removed.
  ///   - over: The dots it removes; dots that are not here are remembered as removed. Its own dot
  ///     is ignored.
  /// - Complexity: O(siblings + superseded) for each dot in `over`.
  public mutating func write(_ sibling: consuming Sibling, over: [Dot]) {
    // Most cells are written once, by one person.
    if siblings.isEmpty, superseded.isEmpty, over.isEmpty {
      siblings = [sibling]
      return
    }
    // And most others are written over by whoever wrote them.
    if over.count == 1, siblings.count == 1, siblings[0].dot == over[0], over[0] != sibling.dot,
      !superseded.contains(sibling.dot)
    {
      siblings[0] = sibling
      remember(over[0])
      return
    }
    for dot in over where dot != sibling.dot {
      supersede(dot)
    }
    insert(sibling)
  }

  /// Adds everything the other has: the result holds a value if either does and neither has seen
  /// it written over.
  public mutating func merge(_ other: Cell) {
    for dot in other.superseded {
      supersede(dot)
    }
    for sibling in other.siblings {
      insert(sibling)
    }
  }

  /// Adds everything the other has, leaving both as they were.
  public func merging(_ other: Cell) -> Cell {
    var merged = self
    merged.merge(other)
    return merged
  }

  private mutating func supersede(_ dot: Dot) {
    siblings.removeAll { $0.dot == dot }
    remember(dot)
  }

  private mutating func remember(_ dot: Dot) {
    let index = superseded.firstIndex { !($0 < dot) } ?? superseded.endIndex
    if index == superseded.endIndex || superseded[index] != dot {
      superseded.insert(dot, at: index)
    }
  }

  private mutating func insert(_ sibling: Sibling) {
    guard !superseded.contains(sibling.dot) else { return }
    let index = siblings.firstIndex { !($0 < sibling) } ?? siblings.endIndex
    if index == siblings.endIndex || siblings[index].dot != sibling.dot {
      siblings.insert(sibling, at: index)
    }
  }
}
