import AssessmentModel

/// How the parts of a framework are written in its data.
extension JSONField {
  /// A section; how many standards it claims is read apart.
  func section() throws(CatalogueError) -> FrameworkSection {
    FrameworkSection(
      id: try field("id").sectionID(),
      code: try field("code").string(),
      title: try field("title").text(),
      modality: try field("modality").value(of: Modality.self),
      order: try field("order").count(),
      links: try field("links").links()
    )
  }

  /// A standard, whose modality its section decides.
  func standard(
    modalities: [SectionID: Modality]
  ) throws(CatalogueError) -> Standard {
    let sectionField = try field("section")
    let section = try sectionField.sectionID()
    guard let modality = modalities[section] else {
      throw sectionField.error(.unknownSection, "There is no section \(section). Name one.")
    }
    return Standard(
      id: try field("id").standardID(),
      ref: try field("ref").text(),
      printedRef: try field("refPrinted").string(),
      isRefInferred: try field("refInferred").bool(),
      otherRefs: try field("otherRefs").strings(),
      section: section,
      modality: modality,
      order: try field("order").count(),
      title: try field("title").text(),
      summary: try field("summary").text(),
      applicability: try field("applicability").applicability(),
      evidence: try field("evidence").values(of: OutcomeEvidence.self),
      suggestions: try field("suggestions").suggestionCounts(),
      notes: try field("notes").noteCounts(),
      intervalChosenByService: try field("intervalChosenByService").bool(),
      policyAloneWarnings: try field("policyAloneIsNotMet").places(),
      nations: try field("nations").nations(),
      links: try field("links").links()
    )
  }

  private func applicability() throws(CatalogueError) -> ApplicabilityRule {
    ApplicabilityRule(
      condition: try field("condition").value(of: ApplicabilityRule.Condition.self),
      basis: try field("basis").value(of: ApplicabilityRule.Basis.self),
      allowsPart: try field("part").bool()
    )
  }

  private func suggestionCounts() throws(CatalogueError) -> SuggestionCounts {
    SuggestionCounts(
      suggestions: try field("count").count(),
      subItems: try field("subItems").count(),
      must: try field("must").count(),
      should: try field("should").count(),
      could: try field("could").count(),
      unstated: try field("unstated").count()
    )
  }

  private func noteCounts() throws(CatalogueError) -> NoteCounts {
    NoteCounts(
      services: try field("services").count(),
      reviewers: try field("reviewers").count(),
      webLinks: try field("webLinks").count(),
      standards: try field("standards").count()
    )
  }

  private func places() throws(CatalogueError) -> [StandardPlace] {
    var places: [StandardPlace] = []
    for element in try elements() { places.append(try element.standardPlace()) }
    return places
  }

  private func nations() throws(CatalogueError) -> [NationCondition] {
    var conditions: [NationCondition] = []
    for element in try elements() {
      conditions.append(
        NationCondition(
          place: try element.field("at").standardPlace(),
          nations: try element.field("nations").values(of: Nation.self)
        )
      )
    }
    return conditions
  }

  private func links() throws(CatalogueError) -> [StandardLink] {
    var links: [StandardLink] = []
    for element in try elements() {
      links.append(
        StandardLink(
          place: try element.field("at").standardPlace(),
          target: try element.linkTarget(),
          state: try element.field("state").value(of: StandardLink.State.self),
          printed: try element.field("printed").string()
        )
      )
    }
    return links
  }

  private func linkTarget() throws(CatalogueError) -> StandardLink.Target {
    let to = try field("to")
    let text = try to.string()
    switch try field("kind").value(of: LinkKind.self) {
    case .standard: return text.isEmpty ? .nowhere : .standard(try to.standardID())
    case .section: return .section(try to.sectionID())
    case .wildcard:
      guard text.hasSuffix("*") else { throw to.error(.unknownValue, "End the wildcard with *.") }
      return .wildcard(prefix: String(text.dropLast()))
    case .note:
      guard case .note(let number) = try to.standardPlace().part else {
        throw to.error(.unknownValue, "Name a note, such as n4.")
      }
      return .note(number)
    }
  }

  /// A hash in lower-case hexadecimal.
  func sha256() throws(CatalogueError) -> String {
    let text = try string()
    let isHash =
      text.utf8.count == 64
      && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    guard isHash else { throw error(.unknownValue, "Write 64 lower-case hexadecimal digits.") }
    return text
  }
}
