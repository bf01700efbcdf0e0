import AssessmentModel
import Convergence

/// One standard on which something has to be settled, for people.
struct DisputePage {
  private let standard: StandardView
  private let view: VisitView
  private let me: PersonID

  /// Prepares the page.
  init(_ standard: StandardView, in view: VisitView, for me: PersonID) {
    self.standard = standard
    self.view = view
    self.me = me
  }

  /// The page.
  var text: String {
    let title = Wrap.indented("\(standard.ref)  \(standard.title)", by: 0)
    let places = standard.places.filter(\.teamView.isOpen).map(lines)
    return ([Terminal.strong(title)] + places).joined(separator: "\n")
  }

  private func lines(of place: PlaceView) -> String {
    let name = place.location.map { "at \(view.location($0)?.title ?? $0.short): " } ?? ""
    var lines = [Terminal.warning(Wrap.indented(name + place.teamView.words, by: 2))]
    for slot in place.slots where slot.standing != .nothing {
      for (index, written) in slot.versions.all.enumerated() {
        let who = view.name(of: slot.person) + (slot.people.contains(me) ? " (you)" : "")
        let number = slot.versions.isSplit ? ", version \(index + 1)" : ""
        let because = written.content.because.map { " \u{2013} \($0)" } ?? ""
        let line = "\(who)\(number): \(Words.judgement(written.content))\(because)"
        lines.append(Wrap.indented(line, by: 6, first: "    "))
      }
    }
    for resolution in place.resolutions.all where resolution.content.outcome != .notJudged {
      let line =
        "Resolution by \(view.name(of: resolution.author)): "
        + "\(resolution.content.outcome.words) \u{2013} \(resolution.content.because)"
      lines.append(Wrap.indented(line, by: 6, first: "    "))
    }
    lines += seen(at: place) + [Wrap.indented(advice(place), by: 4)]
    return lines.joined(separator: "\n")
  }

  private func seen(at place: PlaceView) -> [String] {
    guard place.teamView.disputeKind != nil else { return [] }
    if place.awareness.isEmpty {
      return [Wrap.indented("Nobody had seen another's judgement before giving theirs.", by: 4)]
    }
    return place.awareness.map { awareness in
      let line =
        "\(view.name(of: awareness.person)) had seen \(view.name(of: awareness.hadSeen))'s first."
      return Wrap.indented(line, by: 4)
    }
  }

  private func advice(_ place: PlaceView) -> String {
    let at = place.location.flatMap(view.location).map { " --location \"\($0.title)\"" } ?? ""
    guard place.teamView == .selfConflict else {
      return "Settle: fieldbook resolve \(standard.ref) OUTCOME --because \"\u{2026}\"\(at)"
    }
    let isMine = place.slot(of: me)?.standing == .selfConflict
    return isMine
      ? "Choose: fieldbook choose \(standard.ref) N\(at)" : "Its author has to choose."
  }
}
