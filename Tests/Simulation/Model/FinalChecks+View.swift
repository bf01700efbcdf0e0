package import AssessmentModel
import Convergence
package import TestSupport

extension FinalChecks {
  /// Every judgement with effect is on the screen, or was written over by its own author and nobody
  /// else; and nothing is on the screen that nobody wrote.
  ///
  /// - Parameters:
  ///   - model: The model of everything that exists.
  ///   - view: What the production code makes of a store.
  ///   - name: Whose store it is, for the sentence.
  /// - Throws: ``BrokenLaw``.
  package static func everyJudgementVisibleOrSuperseded(
    model: ModelVisit,
    view: VisitView,
    named name: String = ""
  ) throws(BrokenLaw) {
    try everyJudgementVisibleOrSuperseded(
      model.judgements(),
      view: view,
      "visit \(model.visit), \(name)"
    )
  }

  /// The same of judgements with what became of them.
  package static func everyJudgementVisibleOrSuperseded(
    _ judgements: [ModelJudgement],
    view: VisitView,
    _ what: String
  ) throws(BrokenLaw) {
    var unexplained: [ShownJudgement: String] = [:]
    for standard in view.standards {
      for place in standard.places {
        for slot in place.slots {
          for version in slot.versions.all {
            let shown = ShownJudgement(
              standard: standard.id,
              location: place.location,
              slot: slot.person.text,
              dot: version.dot,
              person: version.author,
              outcome: version.content.outcome.rawValue,
              because: version.content.because
            )
            unexplained[shown] = "\(standard.id), \(version.dot)"
          }
        }
      }
    }
    for judgement in judgements {
      let one =
        "\(what): the judgement \(judgement.dot) of \(judgement.person) on "
        + judgement.standard
      let shown = ShownJudgement(judgement)
      let isShown = unexplained.removeValue(forKey: shown) != nil
      switch judgement.fate {
      case .visible:
        try demand(isShown, "\(one) stands and is not shown")
      case .superseded(let successors):
        for successor in successors where successor.person != judgement.person {
          throw BrokenLaw("\(one) was written over by \(successor.person) in \(successor.dot)")
        }
        try demand(!isShown, "\(one) was written over and is shown")
      case .withoutEffect(let effect):
        try demand(!isShown, "\(one) is \(effect) and is shown")
      }
    }
    if let invented = unexplained.values.min() {
      throw BrokenLaw("\(what): a judgement is shown that nobody made like that: \(invented)")
    }
  }

  /// Every disagreement is on the screen under its right name and in the list of what is open, none
  /// is invented, and one person's versions are never counted as dissent.
  ///
  /// - Parameters:
  ///   - model: The model of everything that exists.
  ///   - view: What the production code makes of a store.
  ///   - name: Whose store it is, for the sentence.
  /// - Throws: ``BrokenLaw``.
  package static func disagreementsListed(
    model: ModelVisit,
    view: VisitView,
    named name: String = ""
  ) throws(BrokenLaw) {
    let what = "visit \(model.visit), \(name)"
    var places: [String: PlaceView] = [:]
    for standard in view.standards {
      for place in standard.places {
        places[key(standard.id, place.location)] = place
      }
    }
    var listed = listing(view)
    for discussion in model.discussions() {
      let one = "\(what): \(discussion.place)"
      guard let place = places.removeValue(forKey: key(discussion.standard, discussion.location))
      else { throw BrokenLaw("\(one) is discussed and is not shown") }
      try demandEqual(place.teamView.name, discussion.name, "\(one): what the team makes of it")
      try demandEqual(
        place.slots.filter { $0.standing == .selfConflict }.map(\.person),
        discussion.selfConflicts,
        "\(one): who has to choose between versions of their own"
      )
      var expected: [String] = []
      if ["disputed", "stale", "contested"].contains(discussion.name) {
        expected.append(discussion.name)
      }
      for person in discussion.selfConflicts { expected.append("self-conflict \(person)") }
      let found = listed.removeValue(forKey: key(discussion.standard, discussion.location)) ?? []
      try demandEqual(found.sorted(), expected.sorted(), "\(one): what is listed as open")
    }
    for (key, place) in places.sorted(by: { $0.key < $1.key }) {
      try demand(
        place.teamView == .notJudged,
        "\(what): nothing stands at \(key), and it is shown as \(place.teamView.name)"
      )
    }
    if let invented = listed.keys.min() {
      throw BrokenLaw("\(what): nothing stands at \(invented), and it is listed as open")
    }
  }

  /// What is shown of who had seen whose judgement before differing from it.
  ///
  /// - Parameters:
  ///   - model: The model of everything that exists.
  ///   - view: What the production code makes of a store, with the store's own word for who had
  ///     seen what.
  ///   - name: Whose store it is, for the sentence.
  /// - Throws: ``BrokenLaw``.
  package static func awarenessEqualsModel(
    model: ModelVisit,
    view: VisitView,
    named name: String = ""
  ) throws(BrokenLaw) {
    for discussion in model.discussions() {
      let shown =
        view.standard(id: discussion.standard)?.places
        .first { $0.location == discussion.location }?.awareness ?? []
      let found = shown.map {
        ModelDiscussion.Awareness(person: $0.person, hadSeen: $0.hadSeen)
      }
      try demandEqual(
        found.sorted(),
        discussion.awareness,
        "visit \(model.visit), \(name): \(discussion.place): who had seen whose judgement"
      )
    }
  }

  /// A judgement as a screen shows it.
  fileprivate struct ShownJudgement: Hashable {
    let standard: String
    let location: Dot?
    let slot: String
    let dot: Dot
    let person: PersonID
    let outcome: String
    let because: String?
  }

  private static func key(_ standard: String, _ location: Dot?) -> String {
    location.map { "\(standard) at \($0)" } ?? standard
  }

  /// What a view lists as open between people or between one person's versions, by place.
  private static func listing(_ view: VisitView) -> [String: [String]] {
    var listed: [String: [String]] = [:]
    for item in view.incomplete {
      guard [.disputed, .stale, .contested, .selfConflict].contains(item.kind),
        item.record.type == "standard", let id = item.record.id
      else { continue }
      let people =
        item.kind == .selfConflict
        ? item.people.map { "self-conflict \($0)" } : [item.kind.rawValue]
      listed[key(String(id), item.location), default: []] += people
    }
    return listed
  }
}

extension FinalChecks.ShownJudgement {
  /// How the judgement has to be shown.
  fileprivate init(_ judgement: ModelJudgement) {
    standard = judgement.standard
    location = judgement.location
    slot = judgement.slot
    dot = judgement.dot
    person = judgement.person
    outcome = judgement.value["is"]?.string ?? ""
    because = judgement.value["because"]?.string
  }
}
