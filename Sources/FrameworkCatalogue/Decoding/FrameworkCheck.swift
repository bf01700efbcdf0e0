import AssessmentModel

/// Finds everything in a framework's data that contradicts something else in it.
struct FrameworkCheck {
  /// The longest summary, in characters: it must stand on one line beside a ref.
  static let maximumSummary = 110

  private let document: FrameworkDocument

  init(_ document: FrameworkDocument) {
    self.document = document
  }

  /// The faults, in the order of the file; those about the whole document come last.
  func faults() -> [CatalogueError] {
    var faults = identityFaults()
    for standard in document.standards { faults += self.faults(of: standard) }
    for section in document.sections { faults += self.faults(of: section) }
    return faults + totalFaults()
  }

  private func identityFaults() -> [CatalogueError] {
    var faults: [CatalogueError] = []
    var sections: Set<SectionID> = []
    for (index, section) in document.sections.enumerated() {
      let name = section.id.text
      if !sections.insert(section.id).inserted {
        faults.append(fault(.duplicateID, name, "id", "Another section has this ID. Change one."))
      }
      if section.order != index + 1 {
        faults.append(
          fault(.wrongOrder, name, "order", "Write \(index + 1), its place in the list.")
        )
      }
    }
    var standards: Set<StandardID> = []
    var owners: [RefKey: StandardID] = [:]
    for (index, standard) in document.standards.enumerated() {
      let name = standard.id.text
      if !standards.insert(standard.id).inserted {
        faults.append(fault(.duplicateID, name, "id", "Another standard has this ID. Change one."))
      }
      if standard.order != index + 1 {
        faults.append(
          fault(.wrongOrder, name, "order", "Write \(index + 1), its place in the list.")
        )
      }
      for key in Set(standard.allRefs.map { RefKey($0) }) {
        if let owner = owners.updateValue(standard.id, forKey: key), owner != standard.id {
          faults.append(
            fault(.duplicateRef, name, "ref", "\(key.text) also finds \(owner). Change one.")
          )
        }
      }
    }
    return faults
  }

  private func faults(of standard: Standard) -> [CatalogueError] {
    let name = standard.id.text
    var faults: [CatalogueError] = []
    if standard.isRefInferred != standard.printedRef.isEmpty {
      faults.append(
        fault(
          .refContradiction,
          name,
          "refInferred",
          "A ref is inferred if, and only if, none is printed."
        )
      )
    }
    if standard.summary.count > Self.maximumSummary {
      faults.append(
        fault(.unfitText, name, "summary", "Shorten it to \(Self.maximumSummary) characters.")
      )
    }
    if standard.evidence.isEmpty, document.framework.judgedUnit == .standard {
      faults.append(fault(.evidenceMissing, name, "evidence", "Say how its outcome shows."))
    }
    if !addsUp(standard.suggestions) {
      faults.append(
        fault(
          .countsDisagree,
          name,
          "suggestions",
          "The strengths do not fit the count. Count again."
        )
      )
    }
    for place in standard.policyAloneWarnings where !exists(place, in: standard) {
      faults.append(outOfRange(place, name, "policyAloneIsNotMet"))
    }
    for condition in standard.nations {
      if !exists(condition.place, in: standard) {
        faults.append(outOfRange(condition.place, name, "nations"))
      }
      if condition.nations.isEmpty {
        faults.append(fault(.unfitText, name, "nations", "Name at least one nation."))
      }
    }
    for link in standard.links {
      if !exists(link.place, in: standard) { faults.append(outOfRange(link.place, name, "links")) }
      if let reason = contradiction(in: link, of: standard) {
        faults.append(fault(.brokenLink, name, "links", "At \(link.place): \(reason)"))
      }
    }
    return faults
  }

  private func faults(of section: FrameworkSection) -> [CatalogueError] {
    var faults: [CatalogueError] = []
    for link in section.links {
      if link.place.part != .introduction {
        faults.append(outOfRange(link.place, section.id.text, "links"))
      }
      if let reason = contradiction(in: link, of: nil) {
        faults.append(
          fault(.brokenLink, section.id.text, "links", "At \(link.place): \(reason)")
        )
      }
    }
    return faults
  }

  private func totalFaults() -> [CatalogueError] {
    var faults: [CatalogueError] = []
    for (section, size) in zip(document.sections, document.sectionSizes) {
      let found = document.standards.count { $0.section == section.id }
      if found != size {
        faults.append(
          fault(.countsDisagree, section.id.text, "standards", "It says \(size) and has \(found).")
        )
      }
    }
    let found = FrameworkTotals(of: document.standards)
    if found != document.totals {
      faults.append(
        fault(.countsDisagree, "", "totals", "It says \(document.totals) and has \(found).")
      )
    }
    return faults
  }

  /// Whether strengths can belong to that many suggestions, of which some use two of the words.
  private func addsUp(_ counts: SuggestionCounts) -> Bool {
    let worded = [counts.must, counts.should, counts.could]
    let most = worded.reduce(counts.unstated, &+)
    let least = counts.unstated &+ (worded.max() ?? 0)
    return least <= counts.suggestions && counts.suggestions <= most
  }

  private func exists(_ place: StandardPlace, in standard: Standard) -> Bool {
    switch place.part {
    case .introduction: false
    case .statement, .outcome: document.framework.judgedUnit == .standard
    case .suggestion(let number):
      number <= standard.suggestions.suggestions
        && (place.item == nil || standard.suggestions.subItems > 0)
    case .note(let number): number <= standard.notes.total
    }
  }

  /// Why a link does not do what its state says; `nil` if it does.
  private func contradiction(in link: StandardLink, of standard: Standard?) -> String? {
    let framework = document.framework
    switch link.target {
    case .standard(let id):
      guard framework.standard(id: id) != nil else { return "there is no standard \(id)." }
      let expected: StandardLink.State = id == standard?.id ? .toItself : .resolved
      return link.state == expected ? nil : "the state must be \(expected.rawValue)."
    case .section(let id):
      guard framework.section(id: id) != nil else { return "there is no section \(id)." }
      return link.state == .resolved ? nil : "the state must be resolved."
    case .wildcard(let prefix):
      guard framework.standards.contains(where: { $0.ref.hasPrefix(prefix) }) else {
        return "no ref begins with \(prefix)."
      }
      return link.state == .resolved ? nil : "the state must be resolved."
    case .note(let number):
      guard let standard else { return "a section has no notes." }
      // A stale pointer may also lead beyond the last note: that is one way to see it is stale.
      guard link.state != .stale else { return nil }
      guard number <= standard.notes.total else { return "there is no note \(number)." }
      return link.state == .resolved ? nil : "the state must be resolved or stale."
    case .nowhere:
      guard link.state == .dangling else { return "the state must be dangling." }
      guard framework.standard(ref: link.printed) == nil, !link.printed.isEmpty else {
        return "\"\(link.printed)\" does not dangle."
      }
      return nil
    }
  }

  private func outOfRange(
    _ place: StandardPlace,
    _ standard: String,
    _ field: String
  ) -> CatalogueError {
    fault(.placeOutOfRange, standard, field, "There is no place \(place) here.")
  }

  private func fault(
    _ code: CatalogueError.Code,
    _ standard: String,
    _ field: String,
    _ message: String
  ) -> CatalogueError {
    CatalogueError(
      code: code,
      place: CatalogueError.Place(file: document.file, standard: standard, field: field),
      message: message
    )
  }
}
