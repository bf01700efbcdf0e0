import AssessmentModel
import Convergence

extension Contents {
  /// One row for each standard and for each thing that is said, under a row of headings.
  ///
  /// `kind` is `standard`, `judgement`, `resolution`, `scope`, `evidence` or `comment`. Numbers are
  /// counted from the rows of kind `standard`: one for each.
  var rows: [[String]] {
    [Self.columns] + visit.standards.flatMap(rows) + evidence.flatMap(rows)
      + comments.map { comment in
        row([
          "kind": "comment", "ref": words(comment.about), "person": name(comment.author),
          "text": words(comment), "audience": comment.audience.rawValue,
          "clock": ClockLabel.iso(comment.clock), "operation": "#\(comment.dot)",
          "cites": comment.replyTo.map { "#\($0)" } ?? "",
        ])
      }
  }

  private static let columns = [
    "kind", "section", "ref", "title", "location", "person", "role", "outcome", "view", "reason",
    "part", "text", "edition", "status", "audience", "cites", "remarks", "clock", "operation",
  ]

  private func row(_ values: [String: String]) -> [String] {
    Self.columns.map { values[$0] ?? "" }
  }

  private func rows(_ standard: StandardView) -> [[String]] {
    let section = standard.standard.flatMap { visit.framework?.section(id: $0.section)?.code } ?? ""
    let common = ["section": section, "ref": standard.ref, "title": standard.title]
    func row(_ values: [String: String]) -> [String] {
      self.row(common.merging(values) { $1 })
    }
    var remarks: [String] = []
    if standard.isNotApplicable { remarks.append("not applicable") }
    if standard.isJudgedButOutOfScope { remarks.append("judged but out of scope") }
    if standard.whole.isIncomplete { remarks.append("reason missing") }
    var rows = [
      row([
        "kind": "standard", "view": standard.teamView.name,
        "outcome": standard.teamView.settledOutcome?.rawValue ?? "",
        "remarks": remarks.joined(separator: "; "),
      ])
    ]
    for place in standard.places {
      for slot in place.slots {
        for version in slot.versions.all {
          rows.append(row(values(version, slot, place)))
        }
      }
      for resolution in place.resolutions.all {
        rows.append(row(values(resolution, place)))
      }
    }
    for decision in standard.scope.all {
      rows.append(
        row([
          "kind": "scope", "person": name(decision.author), "role": role(decision.author),
          "outcome": decision.content.applies ? "applies" : "does-not-apply",
          "part": decision.content.extent.rawValue, "text": decision.content.because,
          "reason": decision.content.reason?.rawValue ?? "",
          "clock": ClockLabel.iso(decision.clock), "operation": "#\(decision.dot)",
        ])
      )
    }
    return rows
  }

  private func values(
    _ version: Written<Judgement>,
    _ slot: JudgementSlot,
    _ place: PlaceView
  ) -> [String: String] {
    [
      "kind": "judgement", "location": place.location.map { self.place($0) } ?? "",
      "person": name(version.author), "role": role(version.author),
      "outcome": version.content.outcome.rawValue, "view": place.teamView.name,
      "reason": version.content.reason?.rawValue ?? "", "part": version.content.part ?? "",
      "text": version.content.because ?? "", "edition": version.content.edition,
      "remarks": slot.standing == .selfConflict ? "self-conflict" : "",
      "cites": version.cites.map { "#\($0)" }.joined(separator: " "),
      "clock": ClockLabel.iso(version.clock), "operation": "#\(version.dot)",
    ]
  }

  private func values(
    _ resolution: Written<Resolution>,
    _ place: PlaceView
  ) -> [String: String] {
    [
      "kind": "resolution", "location": place.location.map { self.place($0) } ?? "",
      "person": name(resolution.author), "role": role(resolution.author),
      "outcome": resolution.content.outcome.rawValue, "view": place.teamView.name,
      "reason": resolution.content.reason?.rawValue ?? "", "text": resolution.content.because,
      "edition": resolution.content.edition,
      "remarks": place.isUnverified(resolution) ? "unverified" : "",
      "cites": resolution.cites.map { "#\($0)" }.joined(separator: " "),
      "clock": ClockLabel.iso(resolution.clock), "operation": "#\(resolution.dot)",
    ]
  }

  /// An evidence item once for each standard that it supports, or once if it supports none.
  private func rows(_ item: EvidenceView) -> [[String]] {
    let refs = item.supportedStandards.map(ref(ofStandard:))
    return (refs.isEmpty ? [""] : refs).map { ref in
      row([
        "kind": "evidence", "ref": ref, "person": name(item.author), "text": item.name,
        "status": words(item.status) { $0.rawValue }, "audience": item.audience.rawValue,
        "remarks": archived(item), "clock": ClockLabel.iso(item.clock),
        "operation": "#\(item.dot)",
      ])
    }
  }

  private func role(_ person: PersonID) -> String {
    visit.member(person)?.role?.rawValue ?? ""
  }
}
