public import Convergence

/// Somebody who is or was on the visit.
public struct TeamMember: Hashable, Sendable {
  /// What the server's operations say of one person.
  public struct Entry: Hashable, Sendable {
    /// The role; `nil` for somebody who was removed.
    public let role: Role?

    /// The name, if one is given.
    public let name: String?

    /// Describes an entry.
    public init(role: Role?, name: String?) {
      self.role = role
      self.name = name
    }

    init?(_ value: Value) {
      guard let word = value["role"]?.string else { return nil }
      let role = Role(rawValue: word)
      guard role != nil || word == "none" else { return nil }
      self.init(role: role, name: value["name"]?.string)
    }
  }

  /// Who.
  public let person: PersonID

  /// Role and name; several where two of the server's replicas said different things.
  public let entries: Versions<Entry>

  /// The declaration of interest; `none` where the person declares to have none.
  public let interest: Versions<String>

  /// The standards that the lead assigned, by ID; several lists where two leads wrote at once.
  public let assigned: Versions<[String]>

  package init(
    person: PersonID,
    entries: Versions<Entry>,
    interest: Versions<String>,
    assigned: Versions<[String]>
  ) {
    self.person = person
    self.entries = entries
    self.interest = interest
    self.assigned = assigned
  }

  /// The name to show: the first that is given, else the ID.
  public var name: String { entries.all.lazy.compactMap(\.content.name).first ?? person.text }

  /// The role, if the server says one thing only and did not remove the person.
  public var role: Role? { entries.only?.role }

  /// Whether the person was removed from the visit.
  public var isRemoved: Bool { entries.all.contains { $0.content.role == nil } }
}
