public import Convergence
public import SyncProtocol

/// What the authority writes when an operator wants something.
///
/// A server knows visits as logs and not what an assessment is; the program that does passes this
/// in, as it passes in the meaning.
public struct Decrees: Sendable {
  /// Somebody who is put on a visit.
  public struct Member: Hashable, Sendable {
    /// Who.
    public let person: PersonID

    /// The name that others see.
    public let name: String

    /// The word of the role.
    public let role: String

    /// Puts somebody on a visit.
    public init(person: PersonID, name: String, role: String) {
      self.person = person
      self.name = name
      self.role = role
    }
  }

  /// The first operations of a visit: what was asked, who is on it, the server's identity key.
  public let found: @Sendable (AdminCall.NewVisit, [Member], PublicKey) throws(Problem) -> [Draft]

  /// The operations that put somebody on a visit in this state.
  public let put: @Sendable (Member, MemoryCells) throws(Problem) -> [Draft]

  /// The operations that take a person off a visit in this state: who, what of theirs stands, why.
  public let remove:
    @Sendable (PersonID, [Dependency], String, MemoryCells) throws(Problem) -> [Draft]

  /// Joins the three.
  public init(
    found:
      @escaping @Sendable (AdminCall.NewVisit, [Member], PublicKey) throws(Problem) -> [Draft],
    put: @escaping @Sendable (Member, MemoryCells) throws(Problem) -> [Draft],
    remove:
      @escaping @Sendable (PersonID, [Dependency], String, MemoryCells) throws(Problem) -> [Draft]
  ) {
    self.found = found
    self.put = put
    self.remove = remove
  }
}
