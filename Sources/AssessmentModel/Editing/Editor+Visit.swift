public import Convergence

extension Editor {
  /// A field of the service that holds words.
  public enum ServiceText: String, Hashable, Sendable, CaseIterable {
    /// Its name.
    case name

    /// The body that runs it.
    case provider
  }

  /// Declares what might make one partial.
  ///
  /// - Parameter interest: In words; `nil` declares that there is none.
  /// - Returns: What to write.
  /// - Throws: ``EditError``; nothing was written then.
  public func declareInterest(_ interest: String?) throws(EditError) -> Draft {
    let words = try EditText.checked(interest ?? "none", "declaration") as String
    return try set(
      .visit,
      "interest",
      slot: me.text,
      to: .members(("declares", .string(words)))
    )
  }

  /// Assigns standards to a person, in place of those that they had.
  ///
  /// - Throws: ``EditError``; nothing was written then.
  public func assign(_ standards: [StandardID], to person: PersonID) throws(EditError) -> Draft {
    for standard in standards { try check(standard) }
    let ids = Set(standards).sorted().map { Value.string($0.text) }
    return try set(
      .visit,
      "assigned",
      slot: person.text,
      to: .members(("standards", .list(ids)))
    )
  }

  /// Adds a location at which the service works.
  ///
  /// - Throws: ``EditError``; nothing was written then.
  public func addLocation(_ name: String, kind: LocationKind? = nil) throws(EditError) -> Draft {
    var fields = [
      Addition.Field(name: "name", value: .string(try EditText.checked(name, "name")))
    ]
    if let kind { fields.append(Addition.Field(name: "kind", value: .string(kind.rawValue))) }
    return try checked(Draft(Addition(type: "location", within: .service, fields: fields)))
  }

  /// Names a location anew.
  ///
  /// - Throws: ``EditError``; nothing was written then.
  public func renameLocation(_ location: Dot, _ name: String) throws(EditError) -> Draft {
    let item = try item(location, "location")
    let name = try EditText.checked(name, "name")
    return try set(.item(item.dot), "name", to: .string(name))
  }

  /// Names the service, or the body that runs it.
  ///
  /// - Throws: ``EditError``; nothing was written then.
  public func setService(_ field: ServiceText, _ text: String) throws(EditError) -> Draft {
    let text = try EditText.checked(text, field.rawValue)
    return try set(.service, field.rawValue, to: .string(text))
  }

  /// Says in which nation the service is.
  ///
  /// - Throws: ``EditError``; nothing was written then.
  public func setNation(_ nation: Nation) throws(EditError) -> Draft {
    try set(.service, "nation", to: .string(nation.rawValue))
  }
}
