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

  /// Why an operation is held.
  public struct Hold: Hashable, Sendable {
    /// The word that programs read, such as `removed`.
    public let word: String

    /// The words that people read.
    public let words: String

    /// Whether a person can release it.
    public let canBeReleased: Bool

    /// Describes a reason.
    public init(word: String, words: String, canBeReleased: Bool) {
      self.word = word
      self.words = words
      self.canBeReleased = canBeReleased
    }
  }

  /// Operations of one replica that a person decides on: a range along the chain of a batch.
  public struct Range: Hashable, Sendable {
    /// The first counter.
    public let first: Int64

    /// The last counter, at the end of the batch.
    public let last: Int64

    /// Half the hash of the batch.
    public let hashPrefix: Bits128

    /// Names operations.
    public init(first: Int64, last: Int64, hashPrefix: Bits128) {
      self.first = first
      self.last = last
      self.hashPrefix = hashPrefix
    }
  }

  /// The first operations of a visit: what was asked, who is on it, the server's identity key.
  public let found: @Sendable (AdminCall.NewVisit, [Member], PublicKey) throws(Problem) -> [Draft]

  /// The operations that put somebody on a visit in this state, or give them another role: who, what
  /// the server holds of them.
  public let put: @Sendable (Member, [Dependency], MemoryCells) throws(Problem) -> [Draft]

  /// The operations that take a person off a visit in this state: who, what of theirs stands, why.
  public let remove:
    @Sendable (PersonID, [Dependency], String, MemoryCells) throws(Problem) -> [Draft]

  /// Why an operation of a person is held, by what the authority says.
  public let hold: @Sendable (Dot, PersonID, Authority) -> Hold

  /// The operations that say what is released (`release`) or stays held (`refuse`) of a replica: all
  /// that was decided so far, why.
  public let decide:
    @Sendable (String, ReplicaID, [Range], String, MemoryCells) throws(Problem) -> [Draft]

  /// The operations that make two people one: who, with whom, why.
  public let join: @Sendable (PersonID, PersonID, String, MemoryCells) throws(Problem) -> [Draft]

  /// Joins them.
  ///
  /// What is left out is said in words that know nothing of visits, or refused.
  public init(
    found:
      @escaping @Sendable (AdminCall.NewVisit, [Member], PublicKey) throws(Problem) -> [Draft],
    put: @escaping @Sendable (Member, [Dependency], MemoryCells) throws(Problem) -> [Draft],
    remove:
      @escaping @Sendable (PersonID, [Dependency], String, MemoryCells) throws(Problem) -> [Draft],
    hold: @escaping @Sendable (Dot, PersonID, Authority) -> Hold = { _, _, _ in
      Hold(word: "held", words: "held", canBeReleased: true)
    },
    decide:
      @escaping @Sendable (String, ReplicaID, [Range], String, MemoryCells) throws(Problem)
      -> [Draft] = { (_, _, _, _, _) throws(Problem) in throw Decrees.unsupported },
    join:
      @escaping @Sendable (PersonID, PersonID, String, MemoryCells) throws(Problem) -> [Draft] = {
        (_, _, _, _) throws(Problem) in throw Decrees.unsupported
      }
  ) {
    self.found = found
    self.put = put
    self.remove = remove
    self.hold = hold
    self.decide = decide
    self.join = join
  }

  /// What is answered for what the program around the server has no words for.
  public static var unsupported: Problem {
    Problem(.malformed, "This server does not know how to say that.")
  }
}
