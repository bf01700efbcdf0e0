public import Convergence

/// Something a person wrote, with who wrote it.
public struct Written<Content: Hashable & Sendable>: Hashable, Sendable {
  /// The operation that wrote it.
  public let dot: Dot

  /// Who wrote it; ``Convergence/PersonID/authority`` for the server.
  public let author: PersonID

  /// What the author's clock showed, in milliseconds since 1970.
  ///
  /// It decides nothing.
  public let clock: Int64

  /// What was written.
  public let content: Content

  /// The operations that the author said it considered, sorted.
  public let cites: [Dot]

  /// Describes something written.
  public init(dot: Dot, author: PersonID, clock: Int64, content: Content, cites: [Dot] = []) {
    self.dot = dot
    self.author = author
    self.clock = clock
    self.content = content
    self.cites = cites
  }

  /// Reads one sibling of a cell; `nil` if its value says nothing of this kind.
  package init?(_ sibling: Sibling, _ content: (Value) -> Content?) {
    guard let content = content(sibling.value) else { return nil }
    self.init(
      dot: sibling.dot,
      author: sibling.person,
      clock: sibling.clock,
      content: content,
      cites: sibling.cites
    )
  }
}
