import Convergence

extension ModelVisit {
  /// A standard as a whole, or at one location.
  private struct Place: Hashable {
    let standard: String
    let location: Dot?
  }

  /// Everything that is said of standards, by standard and location, the whole before locations.
  ///
  /// Worked out from the siblings that stand, by design section 4 and domain section 2.7. Only a
  /// judgement or resolution makes a discussion.
  package func discussions() -> [ModelDiscussion] {
    var judgements: [Place: [PersonID: [ModelSibling]]] = [:]
    var resolutions: [Place: [ModelSibling]] = [:]
    for (key, siblings) in cells {
      let parts = key.text.split(separator: "|", omittingEmptySubsequences: false)
      guard parts.count == 4, parts[0].hasPrefix("standard:") else { continue }
      let place = Place(
        standard: String(parts[0].dropFirst("standard:".count)),
        location: Dot(text: parts[3].dropFirst())
      )
      if parts[1] == "judgement", let person = PersonID(text: parts[2]) {
        judgements[place, default: [:]][person] = siblings
      }
      if parts[1] == "resolution" { resolutions[place] = siblings }
    }
    let places = Set(judgements.keys).union(resolutions.keys).sorted { left, right in
      if left.standard != right.standard { return left.standard < right.standard }
      guard let second = right.location else { return false }
      return left.location.map { $0 < second } ?? true
    }
    return places.map { place in
      let slots = judgements[place] ?? [:]
      return ModelDiscussion(
        standard: place.standard,
        location: place.location,
        words: slots.mapValues(Self.word),
        settlement: Self.settlement(of: slots.values.flatMap(\.self), resolutions[place] ?? []),
        awareness: awareness(in: slots)
      )
    }
  }

  private func awareness(in slots: [PersonID: [ModelSibling]]) -> [ModelDiscussion.Awareness] {
    var found: [ModelDiscussion.Awareness] = []
    for (person, own) in slots {
      for (other, theirs) in slots where other != person {
        guard case .outcome(let word) = Self.word(of: own),
          case .outcome(let otherWord) = Self.word(of: theirs), word != otherWord,
          own.contains(where: { later in theirs.contains { hasSeen(later.dot, $0.dot) } })
        else { continue }
        found.append(.init(person: person, hadSeen: other))
      }
    }
    return found.sorted()
  }

  /// The discussions in which current judgements of different people differ, settled or not.
  package func disagreements() -> [ModelDiscussion] { discussions().filter(\.isDisagreement) }

  /// What one person's slot says.
  ///
  /// Versions that say the same in every member that model 1 knows are one version.
  private static func word(of siblings: [ModelSibling]) -> ModelDiscussion.Word {
    let outcomes = siblings.map { $0.value["is"]?.string ?? "" }
    if outcomes.allSatisfy({ $0 == "not-judged" }) { return .nothing }
    let versions = Set(
      siblings.map { sibling in
        ["is", "under", "because", "reason", "part"].map { sibling.value[$0] }
      }
    )
    if versions.count > 1 { return .several }
    let isPart = outcomes[0] == "not-applicable" && siblings[0].value["part"] != nil
    return isPart ? .part : .outcome(outcomes[0])
  }

  /// What the resolutions of a place make of all judgements that stand there.
  private static func settlement(
    of judgements: [ModelSibling],
    _ resolutions: [ModelSibling]
  ) -> ModelDiscussion.Settlement {
    // Resolutions that were all taken back count as none; beside one that was not, one that was
    // counts as another word (so the production view; no text says either).
    guard resolutions.contains(where: { $0.value["is"] != .string("not-judged") }) else {
      return .none
    }
    guard resolutions.count == 1 else { return .contested }
    let considered = Set(resolutions[0].cites)
    let isStale = judgements.contains { judgement in
      // A judgement that cites others is its author's choice among them (section 4 of the design).
      let isChoice = !judgement.cites.isEmpty && considered.isSuperset(of: judgement.cites)
      return !considered.contains(judgement.dot) && !isChoice
    }
    return isStale ? .stale : .settled(resolutions[0].value["is"]?.string ?? "")
  }
}
