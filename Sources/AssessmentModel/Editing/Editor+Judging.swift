public import Convergence

extension Editor {
  /// Says what one makes of a standard, in one's own slot.
  ///
  /// - Parameters:
  ///   - standard: Which standard.
  ///   - outcome: What one makes of it; ``Outcome/notJudged`` withdraws.
  ///   - because: The rationale.
  ///   - reason: Why it is not applicable; needed then (R2), and only then.
  ///   - part: What of the standard this covers, if not all.
  ///   - location: The location it speaks of; `nil` for the whole.
  /// - Returns: What to write.
  /// - Throws: ``EditError``; nothing was written then.
  public func judge(
    _ standard: StandardID,
    _ outcome: Outcome,
    because: String? = nil,
    reason: NotApplicableReason? = nil,
    part: String? = nil,
    at location: Dot? = nil
  ) throws(EditError) -> Draft {
    try check(standard)
    try check(reason, for: outcome)
    if let location { _ = try item(location, "location") }
    if outcome == .notJudged, mySlot(standard, location).standing == .nothing {
      let message = "You have not judged this, so there is nothing to withdraw."
      throw EditError(.nothingToWithdraw, message)
    }
    let judgement = Judgement(
      outcome: outcome,
      edition: try edition(),
      because: try EditText.checked(because, "rationale"),
      reason: reason,
      part: try EditText.checked(part, "part")
    )
    return try set(
      .standard(standard),
      "judgement",
      slot: me.text,
      location: location,
      to: judgement.value
    )
  }

  /// Takes one's own judgement back.
  ///
  /// What others wrote about it stays (C13).
  ///
  /// - Throws: ``EditError`` if there is none.
  public func withdraw(
    _ standard: StandardID,
    because: String? = nil,
    at location: Dot? = nil
  ) throws(EditError) -> Draft {
    try judge(standard, .notJudged, because: because, at: location)
  }

  /// The versions that the person has to choose between; empty unless there are several.
  public func choices(_ standard: StandardID, at location: Dot? = nil) -> [Written<Judgement>] {
    let versions = mySlot(standard, location).versions.all
    return versions.count > 1 ? versions : []
  }

  /// Chooses one of the versions that one wrote on several devices at once (C15).
  ///
  /// The draft cites what was chosen among, so that a resolution that considered all of it still
  /// covers the choice.
  ///
  /// - Parameters:
  ///   - dot: The version that is to stand; one of ``choices(_:at:)``.
  ///   - standard: Which standard.
  ///   - location: The location; `nil` for the whole.
  /// - Returns: What to write.
  /// - Throws: ``EditError`` if there are not several, or the dot is none of them.
  public func choose(
    _ dot: Dot,
    for standard: StandardID,
    at location: Dot? = nil
  ) throws(EditError) -> Draft {
    let slots = mySlots(standard, location)
    let dots = slots.flatMap(\.cell.siblings).map(\.dot).sorted()
    guard dots.count > 1 else {
      let message = "You have no two versions of your own here, so there is nothing to choose."
      throw EditError(.nothingToChoose, message)
    }
    for (person, cell) in slots {
      guard let chosen = cell.siblings.first(where: { $0.dot == dot }) else { continue }
      return try set(
        .standard(standard),
        "judgement",
        slot: person.text,
        location: location,
        to: chosen.value,
        cites: dots
      )
    }
    throw EditError(.nothingToChoose, "#\(dot) is none of your versions. List them and choose.")
  }

  /// Chooses as ``choose(_:for:at:)`` does, and withdraws what one wrote in the slot of oneself under
  /// another enrolment.
  ///
  /// - Returns: What to write, in this order.
  /// - Throws: ``EditError`` if there are not several, or the dot is none of them.
  public func choosing(
    _ dot: Dot,
    for standard: StandardID,
    at location: Dot? = nil
  ) throws(EditError) -> [Draft] {
    let choice = try choose(dot, for: standard, at: location)
    var drafts: [Draft] = []
    for (person, cell) in mySlots(standard, location)
    where !cell.siblings.contains(where: { $0.dot == dot }) {
      let versions = Versions(cell, Judgement.init).all
      guard versions.contains(where: { $0.content.outcome != .notJudged }) else { continue }
      drafts.append(
        try set(
          .standard(standard),
          "judgement",
          slot: person.text,
          location: location,
          to: Judgement(outcome: .notJudged, edition: try edition()).value,
          cites: choice.cites
        )
      )
    }
    return drafts + [choice]
  }

  /// Settles what the team makes of a standard.
  ///
  /// It cites everything that is said of it now and turns stale by itself as soon as any of that
  /// changes.
  ///
  /// - Parameters:
  ///   - standard: Which standard.
  ///   - outcome: What it is settled as; ``Outcome/notJudged`` takes the resolution back.
  ///   - because: Why.
  ///   - reason: Why it is not applicable; needed then (R2), and only then.
  ///   - location: The location; `nil` for the whole.
  /// - Returns: What to write.
  /// - Throws: ``EditError`` if nobody has judged, or there is no resolution to take back.
  public func resolve(
    _ standard: StandardID,
    as outcome: Outcome,
    because: String,
    reason: NotApplicableReason? = nil,
    at location: Dot? = nil
  ) throws(EditError) -> Draft {
    try check(standard)
    try check(reason, for: outcome)
    let record = RecordID.standard(standard)
    let places = CellIndex(cells, of: record).places(of: record) { _, _ in false }
    let place = places.first { $0.location == location }
    if outcome == .notJudged {
      guard place?.resolutions.isEmpty == false else {
        throw EditError(.nothingResolved, "Nothing was resolved here that could be taken back.")
      }
    } else if place?.isJudged != true {
      let message = "Nobody has judged this yet, so there is nothing to resolve. Judge it first."
      throw EditError(.nothingJudged, message)
    }
    let resolution = Resolution(
      outcome: outcome,
      edition: try edition(),
      because: try EditText.checked(because, "explanation"),
      reason: reason
    )
    let considered = (place?.slots ?? []).flatMap(\.versions.all)
    return try set(
      record,
      "resolution",
      location: location,
      to: resolution.value,
      cites: considered.map(\.dot)
    )
  }

  /// Decides whether a standard concerns the service at all.
  ///
  /// - Parameters:
  ///   - standard: Which standard.
  ///   - applies: Whether it does.
  ///   - extent: How much of it this speaks of.
  ///   - reason: Why it does not; needed then (R2), and only then.
  ///   - because: Why, in words.
  /// - Returns: What to write.
  /// - Throws: ``EditError``; nothing was written then.
  public func decideScope(
    _ standard: StandardID,
    applies: Bool,
    extent: Extent = .whole,
    reason: NotApplicableReason? = nil,
    because: String
  ) throws(EditError) -> Draft {
    try check(standard)
    try check(reason, for: applies ? .met : .notApplicable)
    let decision = ScopeDecision(
      applies: applies,
      extent: extent,
      reason: reason,
      because: try EditText.checked(because, "explanation")
    )
    return try set(.standard(standard), "applicable", to: decision.value)
  }

  private func mySlot(_ standard: StandardID, _ location: Dot?) -> JudgementSlot {
    JudgementSlot(mySlots(standard, location), Joins(cells)) { _, _ in false }
  }

  /// One's own slot, and those of oneself under other enrolments where anything stands.
  private func mySlots(
    _ standard: StandardID,
    _ location: Dot?
  ) -> [(person: PersonID, cell: Cell)] {
    func cell(_ person: PersonID) -> Cell {
      cells[
        CellKey(.standard(standard), "judgement", slot: person.text, location: location)
      ]
    }
    let others = Joins(cells).all(oneWith: me).filter { $0 != me && !cell($0).isEmpty }
    return [(person: me, cell: cell(me))] + others.map { (person: $0, cell: cell($0)) }
  }

  private func check(
    _ reason: NotApplicableReason?,
    for outcome: Outcome
  ) throws(EditError) {
    if outcome == .notApplicable, reason == nil {
      let reasons = NotApplicableReason.allCases.map(\.rawValue).joined(separator: ", ")
      let message = "Not applicable needs a reason. Give one of: \(reasons)."
      throw EditError(.reasonRequired, message)
    }
    if outcome != .notApplicable, reason != nil {
      let message = "Only what is not applicable takes a reason. Put it into the rationale instead."
      throw EditError(.reasonNotAllowed, message)
    }
  }
}
