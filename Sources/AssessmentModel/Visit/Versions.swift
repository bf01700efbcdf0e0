package import Convergence

/// What stands in one field: one version, none, or several that were written side by side.
///
/// Two people write while neither has seen the other: both versions stand, in the order of (person,
/// replica, counter), until somebody who sees both writes over them. No clock chooses.
public struct Versions<Content: Hashable & Sendable>: Hashable, Sendable {
  /// The versions, sorted by (person, replica, counter).
  public let all: [Written<Content>]

  /// Versions in any order.
  public init(_ all: [Written<Content>]) {
    self.all = all.sorted { ($0.author, $0.dot) < ($1.author, $1.dot) }
  }

  /// Nothing written.
  public init() { all = [] }

  /// Whether nothing stands here.
  public var isEmpty: Bool { all.isEmpty }

  /// What was written, each thing once, in order.
  public var contents: [Content] {
    var contents: [Content] = []
    for version in all where !contents.contains(version.content) {
      contents.append(version.content)
    }
    return contents
  }

  /// What all versions say alike; `nil` if nothing stands here or they differ.
  public var only: Content? {
    let contents = contents
    return contents.count == 1 ? contents[0] : nil
  }

  /// Whether versions that differ stand side by side, for a person to settle.
  public var isSplit: Bool { contents.count > 1 }

  /// Reads the siblings of a cell, leaving out what says nothing of this kind.
  package init(_ cell: Cell, _ content: (Value) -> Content?) {
    all = cell.siblings.compactMap { Written($0, content) }
  }
}
