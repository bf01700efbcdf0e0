package import AssessmentModel
package import Convergence
package import TestSupport

/// What a reviewer makes of the screen in front of them: turns an ``Edit`` into drafts.
package struct Desk {
  /// What is on the screen.
  package let editor: Editor

  /// The framework of the visit.
  package let framework: Framework

  /// The comments that the person has come across, in the order of meeting them.
  package let comments: [Dot]

  /// Those that were written here.
  package let ownComments: [Dot]

  /// The evidence that the person has come across, in the order of meeting it.
  package let evidence: [Dot]

  /// The locations that the person has come across.
  package let locations: [Dot]

  /// Sits down.
  package init(
    editor: Editor,
    framework: Framework,
    comments: [Dot] = [],
    ownComments: [Dot] = [],
    evidence: [Dot] = [],
    locations: [Dot] = []
  ) {
    self.editor = editor
    self.framework = framework
    // What was held back is in the log and not on the screen; and on a device that was put back, what
    // was met before may be gone, and its name go to something else.
    func shown(_ items: [Dot], as type: String) -> [Dot] {
      items.filter { dot in
        Item(dot: dot, existence: editor.cells[Item.existenceKey(of: dot)])?.type == type
      }
    }
    self.comments = shown(comments, as: "comment")
    self.ownComments = shown(ownComments, as: "comment")
    self.evidence = shown(evidence, as: "evidence")
    self.locations = shown(locations, as: "location")
  }

  /// What the edit writes; nothing where it makes no sense here.
  ///
  /// - Throws: `EditError` where the product refuses what should be allowed.
  package func drafts(
    for edit: Edit,
    using random: inout SeededGenerator
  ) throws -> [Draft] {
    guard !framework.standards.isEmpty else { return [] }
    switch edit {
    case .judge(let count): return try run(of: count, &random)
    case .changeMind: return try changeMind(&random)
    case .withdraw: return try withdraw(&random)
    case .comment: return try comment(&random)
    case .amendComment: return try amendComment(&random)
    case .evidence: return try addEvidence(&random)
    case .workOnEvidence: return try workOnEvidence(&random)
    case .location: return try location(&random)
    case .choose: return try choose(&random)
    case .resolve(let count): return try resolve(count, &random)
    case .newer: return [newer(&random)]
    }
  }

  /// A run through the standards of the framework, from one that chance picks.
  private func run(of count: Int, _ random: inout SeededGenerator) throws -> [Draft] {
    let start = random.below(framework.standards.count)
    var drafts: [Draft] = []
    for offset in 0..<min(max(count, 0), framework.standards.count) {
      let standard = framework.standards[(start + offset) % framework.standards.count]
      drafts.append(try judgement(of: standard.id, at: nil, &random))
    }
    return drafts
  }

  private func judgement(
    of standard: StandardID,
    at location: Dot?,
    _ random: inout SeededGenerator
  ) throws -> Draft {
    let outcome: Outcome = random.pick([.met, .met, .met, .notMet, .notMet, .notApplicable])
    let isPart = outcome != .notApplicable && random.chance(1, in: 12)
    return try editor.judge(
      standard,
      outcome,
      because: random.chance(4, in: 5) ? Words.sentence(&random) : nil,
      reason: outcome == .notApplicable ? random.pick(NotApplicableReason.allCases) : nil,
      part: isPart ? "note \(random.int(in: 1...9))" : nil,
      at: location
    )
  }

  private func mine(_ standard: StandardID) -> [Sibling] {
    let key = CellKey(.standard(standard), "judgement", slot: editor.me.text)
    return editor.cells[key].siblings
  }

  /// A standard that fits, looked for from one that chance picks.
  private func standard(
    _ random: inout SeededGenerator,
    where fits: (StandardID) -> Bool
  ) -> StandardID? {
    let start = random.below(framework.standards.count)
    for offset in 0..<framework.standards.count {
      let id = framework.standards[(start + offset) % framework.standards.count].id
      if fits(id) { return id }
    }
    return nil
  }

  private func changeMind(_ random: inout SeededGenerator) throws -> [Draft] {
    guard let standard = standard(&random, where: { !mine($0).isEmpty }) else { return [] }
    return [try judgement(of: standard, at: nil, &random)]
  }

  private func withdraw(_ random: inout SeededGenerator) throws -> [Draft] {
    let found = standard(&random) { standard in
      mine(standard).contains { $0.value["is"]?.string != Outcome.notJudged.rawValue }
    }
    return try found.map { [try editor.withdraw($0, because: Words.sentence(&random))] } ?? []
  }

  private func choose(_ random: inout SeededGenerator) throws -> [Draft] {
    guard let standard = standard(&random, where: { mine($0).count > 1 }) else { return [] }
    let versions = mine(standard).map(\.dot)
    return [try editor.choose(random.pick(versions), for: standard)]
  }

  private func comment(_ random: inout SeededGenerator) throws -> [Draft] {
    if let comment = comments.last, random.chance(1, in: 4) {
      return [try editor.reply(Words.sentence(&random), to: comment)]
    }
    let standard = random.pick(framework.standards)
    return [try editor.comment(Words.sentence(&random), about: .standard(standard.id))]
  }

  private func amendComment(_ random: inout SeededGenerator) throws -> [Draft] {
    guard !ownComments.isEmpty else { return [] }
    let comment = random.pick(ownComments)
    return random.chance(2, in: 3)
      ? [try editor.editComment(comment, Words.sentence(&random))]
      : [try editor.withdrawComment(comment, because: Words.sentence(&random))]
  }

  private func addEvidence(_ random: inout SeededGenerator) throws -> [Draft] {
    let standards = (0..<random.int(in: 0...3)).map { _ in random.pick(framework.standards).id }
    return [
      try editor.addEvidence(
        Words.sentence(&random),
        status: random.pick(EvidenceStatus.allCases),
        supports: standards
      )
    ]
  }

  private func workOnEvidence(_ random: inout SeededGenerator) throws -> [Draft] {
    guard !evidence.isEmpty else { return [] }
    let item = random.pick(evidence)
    let standard = random.pick(framework.standards).id
    switch random.below(5) {
    case 0: return [try editor.support(standard, with: item)]
    case 1:
      let links = CellKey(.item(item), "supports", slot: standard.text)
      let isLinked = editor.cells[links].siblings.contains { $0.value.bool == true }
      return isLinked ? [try editor.unsupport(standard, with: item)] : []
    case 2: return [try editor.setText(.title, Words.sentence(&random), of: item)]
    case 3 where editor.cells[CellKey(.item(item), "archived")].isEmpty:
      return [try editor.archive(item, because: Words.sentence(&random))]
    default: return [try editor.setStatus(random.pick(EvidenceStatus.allCases), of: item)]
    }
  }

  private func location(_ random: inout SeededGenerator) throws -> [Draft] {
    guard let place = locations.last, random.chance(3, in: 4) else {
      return [try editor.addLocation(Words.sentence(&random), kind: .satellite)]
    }
    return [try judgement(of: random.pick(framework.standards).id, at: place, &random)]
  }

  private func resolve(_ count: Int, _ random: inout SeededGenerator) throws -> [Draft] {
    var drafts: [Draft] = []
    let view = VisitView(cells: editor.cells, framework: framework) { _, _ in false }
    for standard in random.shuffle(view.open) where drafts.count < count {
      guard let id = standard.standard?.id else { continue }
      let place = standard.places.first { $0.teamView.isOpen && $0.isJudged }
      guard let place else { continue }
      drafts.append(
        try editor.resolve(
          id,
          as: random.pick([.met, .notMet]),
          because: Words.sentence(&random),
          at: place.location
        )
      )
    }
    return drafts
  }

  /// What a later model version understands: this one keeps it, and passes it on.
  private func newer(_ random: inout SeededGenerator) -> Draft {
    let standard = random.pick(framework.standards).id
    return Draft(
      Addition(
        type: "tally",
        within: .standard(standard),
        fields: [Addition.Field(name: "question", value: .string(Words.sentence(&random)))]
      )
    )
  }
}
