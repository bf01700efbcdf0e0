public import Convergence

/// What a server writes first into a visit: title, framework, model, identity, members, service.
public struct VisitFounding: Hashable, Sendable {
  /// Somebody who is on the visit from the start.
  public struct Member: Hashable, Sendable {
    /// Who.
    public let person: PersonID

    /// As what.
    public let role: Role

    /// The name that others see.
    public let name: String

    /// Puts somebody on the visit.
    public init(person: PersonID, role: Role, name: String) {
      self.person = person
      self.role = role
      self.name = name
    }
  }

  /// The title.
  public let title: String

  /// The framework that it is judged by.
  public let framework: FrameworkPin

  /// The model version; ``Convergence/Meaning/assessment`` is 1.
  public let model: Int64

  /// The server's public identity key, in ``Convergence/Text64``.
  public let identityKey: String

  /// The first members.
  public let members: [Member]

  /// The name of the service, if it is known.
  public let serviceName: String?

  /// Describes a new visit.
  public init(
    title: String,
    framework: FrameworkPin,
    model: Int64 = Meaning.assessment.version,
    identityKey: String,
    members: [Member],
    serviceName: String? = nil
  ) {
    self.title = title
    self.framework = framework
    self.model = model
    self.identityKey = identityKey
    self.members = members
    self.serviceName = serviceName
  }

  /// The operations that found the visit, for the server's own replica to write: title, framework,
  /// model and identity first, then members by person, then the service.
  ///
  /// - Throws: ``EditError`` if a text is empty or too long, a key or hash is not 32 bytes of
  ///   ``Convergence/Text64``, or a person stands twice.
  public func drafts() throws(EditError) -> [Draft] {
    let roster = Roster(cells: MemoryCells())
    let title = try EditText.checked(title, "title")
    var drafts = [
      try roster.set(.visit, "title", to: .string(title)),
      try roster.set(.visit, "framework", to: framework.value),
      try roster.set(.visit, "model", to: .int(model)),
      try roster.set(.visit, "identity", to: .members(("key", .string(identityKey)))),
    ]
    let sorted = members.sorted { $0.person < $1.person }
    for (left, right) in zip(sorted, sorted.dropFirst()) where left.person == right.person {
      throw EditError(.value, "\(left.name) and \(right.name) are one person. Name each once.")
    }
    for member in sorted {
      drafts.append(try roster.put(member.person, as: member.role, name: member.name))
    }
    if let serviceName {
      drafts.append(try roster.setServiceName(serviceName))
    }
    return drafts
  }
}
