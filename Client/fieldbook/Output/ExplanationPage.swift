import AssessmentModel
import Convergence
import OperationStore

/// Why a standard stands as it does.
struct ExplanationPage {
  private let standard: StandardView
  private let view: VisitView
  private let entries: [OperationStore.HistoryEntry]
  private let causality: Causality
  private let authority: Authority
  private let words: OperationWords
  private let devices: DeviceNames

  /// Prepares the page.
  init(
    _ standard: StandardView,
    in view: VisitView,
    history: (entries: [OperationStore.HistoryEntry], causality: Causality),
    authority: Authority,
    devices: DeviceNames,
    readers: Audience
  ) {
    self.devices = devices
    self.standard = standard
    self.view = view
    entries = history.entries
    causality = history.causality
    self.authority = authority
    words = OperationWords(view, for: readers)
  }

  /// The page for people.
  var text: String {
    let title = Terminal.strong(Wrap.indented("\(standard.ref)  \(standard.title)", by: 0))
    return ([title] + standard.places.map(place) + [effects]).filter { !$0.isEmpty }
      .joined(separator: "\n\n")
  }

  /// The document for programs.
  var value: Value {
    .object([
      "id": .string(standard.id),
      "places": .list(
        standard.places.map { place in
          .members(
            ("judgements", .list(pairs(at: place).map(\.value))),
            ("location", place.location.map { .string("\($0)") }),
            ("rule", .string(rule(place.teamView))),
            ("teamView", .string(place.teamView.name))
          )
        }
      ),
      "ref": .string(standard.ref),
      "withoutEffect": .list(
        withoutEffect.map { entry in
          .object([
            "dot": .string("\(entry.operation.dot)"),
            "name": .string(view.name(of: entry.operation.person)),
            "why": .string(entry.withoutEffect(under: authority) ?? ""),
          ])
        }
      ),
    ])
  }

  private func place(_ place: PlaceView) -> String {
    let name = place.location.map { "At \(view.location($0)?.title ?? $0.short): " } ?? ""
    var lines = [Terminal.strong(Wrap.indented(name + place.teamView.words, by: 0))]
    lines.append(Wrap.indented("Rule: \(rule(place.teamView))", by: 2))
    for slot in place.slots {
      for written in slot.versions.all {
        let because = written.content.because.map { ": \($0)" } ?? ""
        let device = devices.distinct(written.dot, of: slot.person).map { ", \($0)" } ?? ""
        let line =
          "\(view.name(of: slot.person)) says \(Words.judgement(written.content))\(because) "
          + "(\(Words.time(written.clock))\(device), \(written.dot.short))"
        lines.append(Wrap.indented(line, by: 4, first: "  "))
      }
    }
    for pair in pairs(at: place) { lines.append(Wrap.indented(pair.words, by: 4, first: "  ")) }
    for resolution in place.resolutions.all { lines += self.lines(of: resolution, at: place) }
    return lines.joined(separator: "\n")
  }

  /// Whether one judgement was written by somebody who had another at hand.
  private struct Pair {
    let words: String
    let value: Value
  }

  /// Every judgement that stands, against every other person's.
  private func pairs(at place: PlaceView) -> [Pair] {
    place.slots.flatMap { slot in
      slot.versions.all.flatMap { written in
        place.slots.filter { $0.person != slot.person }.flatMap { other in
          other.versions.all.map { pair(written, $0) }
        }
      }
    }
  }

  private func pair(_ later: Written<Judgement>, _ earlier: Written<Judgement>) -> Pair {
    let hadSeen = causality.hasSeen(later.dot, earlier.dot)
    let (name, other) = (view.name(of: later.author), view.name(of: earlier.author))
    let verb = hadSeen ? "had seen" : "had not seen"
    return Pair(
      words: "When \(name) wrote that, they \(verb) \(other)'s judgement (\(earlier.dot.short)).",
      value: .object([
        "dot": .string("\(later.dot)"), "hadSeen": .bool(hadSeen),
        "name": .string(name), "other": .string("\(earlier.dot)"), "otherName": .string(other),
        "outcome": .string(later.content.outcome.rawValue),
      ])
    )
  }

  private func lines(of written: Written<Resolution>, at place: PlaceView) -> [String] {
    let name = view.name(of: written.author)
    let head =
      written.content.outcome == .notJudged
      ? "\(name) took the resolution back: \(written.content.because)"
      : "\(name) resolved it as \(written.content.outcome.words): \(written.content.because)"
    var lines = [Wrap.indented(head, by: 4, first: "  ")]
    for dot in written.cites {
      lines.append(Wrap.indented("It considered \(citation(dot)).", by: 4))
    }
    for missed in place.judgements(notCoveredBy: written)
    where written.content.outcome != .notJudged {
      let line =
        "Stale, because it did not consider what \(view.name(of: missed.author)) says now: "
        + "\(Words.judgement(missed.content)) (\(missed.dot.short))."
      lines.append(Wrap.indented(line, by: 4))
    }
    if place.isUnverified(written) {
      lines.append(Wrap.indented("\(name) had judged it too, so it is not yet verified.", by: 4))
    }
    return lines
  }

  private func citation(_ dot: Dot) -> String {
    guard let entry = entries.first(where: { $0.operation.dot == dot }),
      case .set(let assignment) = entry.operation.action,
      let judgement = Judgement(assignment.value)
    else { return dot.short }
    let name = view.name(of: entry.operation.person)
    return "\(name)'s \(Words.judgement(judgement)) (\(dot.short))"
  }

  private func rule(_ view: TeamView) -> String {
    switch view {
    case .contested: "two resolutions were written side by side; somebody has to settle again."
    case .stale:
      "there is a resolution, and a judgement changed or appeared that it did not consider."
    case .resolved: "a person resolved it, and everything that is said now was considered."
    case .disputed: "at least two people say different things, and nobody has resolved it."
    case .selfConflict:
      "one person wrote differing versions on several devices; no two people differ."
    case .agreed: "at least two people say the same, and nobody differs."
    case .oneView: "one person has judged it."
    case .notJudged: "nobody has judged it, or all have withdrawn, or only a part was set aside."
    }
  }

  private var withoutEffect: [OperationStore.HistoryEntry] {
    entries.filter { entry in
      guard let effect = entry.effect, effect != .effective else { return false }
      return words.concerns(entry.operation, standard)
    }
  }

  private var effects: String {
    guard !withoutEffect.isEmpty else { return "" }
    return
      ([Terminal.strong("Written without effect")]
      + withoutEffect.map { entry in
        let line =
          "\(view.name(of: entry.operation.person)) \(words.sentence(entry.operation)) "
          + "(\(entry.withoutEffect(under: authority) ?? ""))"
        return Wrap.indented(line, by: 4, first: "  ")
      }).joined(separator: "\n")
  }
}
