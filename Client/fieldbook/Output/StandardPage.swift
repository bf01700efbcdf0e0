import AssessmentModel
import Convergence

/// Everything about one standard, for people.
struct StandardPage {
  private let standard: StandardView
  private let view: VisitView
  private let me: PersonID
  private let readers: Audience

  /// Prepares the page.
  init(_ standard: StandardView, in view: VisitView, for me: PersonID) {
    self.standard = standard
    self.view = view
    self.me = me
    readers = Readers.of(me, in: view)
  }

  /// The page.
  var text: String {
    ([head] + standard.places.map(place) + [scope, linked, evidence, comments])
      .filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  private var head: String {
    var lines = [Terminal.strong(Wrap.indented("\(standard.ref)  \(standard.title)", by: 0))]
    if let summary = standard.standard?.summary, !summary.isEmpty {
      lines.append(Wrap.indented(summary, by: 2))
    }
    if let printed = standard.standard {
      let counts = printed.suggestions
      var facts =
        "\(Words.count(Int64(counts.suggestions), "suggestion")) (must \(counts.must), should "
        + "\(counts.should), could \(counts.could), none of these \(counts.unstated)); "
        + "\(Words.count(Int64(printed.notes.total), "note")), \(printed.notes.reviewers) for "
        + "reviewers."
      if printed.policyAloneIsNotMet { facts += " A policy alone does not meet it." }
      if printed.intervalChosenByService { facts += " The service chooses how often." }
      lines.append(Wrap.indented(facts, by: 2))
    }
    return lines.joined(separator: "\n")
  }

  private func place(_ place: PlaceView) -> String {
    let name = place.location.map { "At \(view.location($0)?.title ?? $0.short)" } ?? "Team"
    var lines = [Terminal.strong("\(name): \(place.teamView.words)")]
    for slot in place.slots { lines += self.lines(of: slot, at: place) }
    for awareness in place.awareness {
      let (name, other) = (view.name(of: awareness.person), view.name(of: awareness.hadSeen))
      let seen = "\(name) had seen \(other)'s."
      lines.append(Wrap.indented(seen, by: 2))
    }
    for resolution in place.resolutions.all { lines += self.lines(of: resolution, at: place) }
    return lines.joined(separator: "\n")
  }

  private func lines(of slot: JudgementSlot, at place: PlaceView) -> [String] {
    let name = view.name(of: slot.person) + (slot.people.contains(me) ? " (you)" : "")
    var lines = slot.versions.all.enumerated().flatMap { index, written in
      let number = slot.versions.isSplit ? "version \(index + 1): " : ""
      let line =
        "\(name): \(number)\(Words.judgement(written.content)), \(Words.time(written.clock))"
      return [Wrap.indented(line, by: 4, first: "  ")]
        + (written.content.because.map { [Wrap.indented($0, by: 6)] } ?? [])
    }
    if slot.standing == .selfConflict {
      let advice =
        slot.people.contains(me)
        ? "You wrote these on several devices at once. Choose: fieldbook choose \(standard.ref) N."
        : "Written on several devices at once; \(view.name(of: slot.person)) has to choose."
      lines.append(Wrap.indented(advice, by: 4))
    }
    return lines
  }

  private func lines(of written: Written<Resolution>, at place: PlaceView) -> [String] {
    if written.content.outcome == .notJudged {
      let taken = "Resolution taken back by \(view.name(of: written.author)): "
      return [Wrap.indented(taken + written.content.because, by: 4, first: "  ")]
    }
    let judgement = Judgement(
      outcome: written.content.outcome,
      edition: written.content.edition,
      reason: written.content.reason
    )
    var line = "Resolved by \(view.name(of: written.author)): \(Words.judgement(judgement)), "
    line += Words.time(written.clock)
    var lines = [
      Wrap.indented(line, by: 4, first: "  "), Wrap.indented(written.content.because, by: 6),
    ]
    if place.isUnverified(written) {
      lines.append(Wrap.indented("Not yet verified by somebody who did not judge it.", by: 4))
    }
    for missed in place.judgements(notCoveredBy: written) {
      let line = "Stale: it did not consider what \(view.name(of: missed.author)) says now."
      lines.append(Wrap.indented(line, by: 4))
    }
    return lines
  }

  private var scope: String {
    guard !standard.scope.isEmpty else { return "" }
    var lines = [Terminal.strong("Scope")]
    for written in standard.scope.all {
      let decision = written.content
      let extent = decision.extent == .part ? " in part" : ""
      let reason = decision.reason.map { ", \($0.words)" } ?? ""
      let line =
        "\(view.name(of: written.author)): \(decision.applies ? "applies" : "does not apply")"
        + "\(extent)\(reason). \(decision.because)"
      lines.append(Wrap.indented(line, by: 4, first: "  "))
    }
    if standard.isJudgedButOutOfScope {
      lines.append("  Judged although out of scope: review the decision.")
    }
    return lines.joined(separator: "\n")
  }

  private var linked: String {
    guard !standard.linked.isEmpty else { return "" }
    var table = Table(indent: 2)
    for other in standard.linked {
      let title = view.standard(id: other.id)?.title ?? ""
      table.add(other.ref, other.teamView.words + (other.isContrary ? " (contrary)" : ""), title)
    }
    return Terminal.strong("Linked standards") + "\n" + table.text
  }

  private var evidence: String {
    let items = standard.evidence.filter { $0.audience.admits(readers) }
    guard !items.isEmpty else { return "" }
    return Terminal.strong("Evidence") + "\n" + EvidenceTable(items, in: view).text
  }

  private var comments: String {
    let shown = standard.comments.filter { $0.audience.admits(readers) }
    guard !shown.isEmpty else { return "" }
    return Terminal.strong("Comments") + "\n" + CommentList(shown, in: view).text
  }
}
