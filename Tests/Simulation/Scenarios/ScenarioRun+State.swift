import AssessmentModel
import Convergence

extension ScenarioRun {
  /// What the server and every device show, for people: alike ones together.
  var finalState: String {
    var groups: [(names: [String], state: String)] = []
    for place in [ScenarioStatement.Place.server] + world.devices.map({ .device($0.number) }) {
      guard let reading = try? readings(at: place).first else { continue }
      let state = state(reading)
      if let index = groups.firstIndex(where: { $0.state == state }) {
        groups[index].names.append(reading.name)
      } else {
        groups.append(([reading.name], state))
      }
    }
    return groups.map { "\($0.names.joined(separator: "; "))\n\($0.state)" }
      .joined(separator: "\n")
  }

  private func state(_ reading: ScenarioReading) -> String {
    let view = reading.view
    let progress = view.progress
    var lines = [
      """
        \(progress.judged) of \(progress.applicable) judged, \(progress.disputed) disputed, \
      \(progress.stale) stale, \(progress.contested) contested, \(progress.selfConflict) self-conflict
      """
    ]
    for standard in view.standards {
      for place in standard.places where !place.slots.isEmpty || !place.resolutions.isEmpty {
        let location = place.location.flatMap(view.location).map { " at \($0.title)" } ?? ""
        lines.append("  \(standard.ref)\(location): \(place.teamView.words)")
        for slot in place.slots {
          let said = slot.versions.all.map { "\(Said($0.content))" }
          lines.append("    \(view.name(of: slot.person)): \(Self.list(said))")
        }
        for resolution in place.resolutions.all {
          lines.append(
            "    resolved by \(view.name(of: resolution.author)): \(Said(resolution.content))"
          )
        }
        for pair in place.awareness {
          lines.append(
            "    \(view.name(of: pair.person)) had seen \(view.name(of: pair.hadSeen))'s"
          )
        }
      }
      for decision in standard.scope.all {
        let word = decision.content.applies ? "applies" : "does not apply"
        lines.append("  \(standard.ref): \(view.name(of: decision.author)) decided that it \(word)")
      }
    }
    for item in view.evidence {
      let marks = Self.list(item.status.all.map(\.content.words))
      let away = item.isArchived ? ", archived" : ""
      lines.append(
        "  evidence \"\(item.name)\" by \(view.name(of: item.author)): \(marks)\(away)"
      )
    }
    for comment in view.comments {
      let away = comment.isWithdrawn ? " (withdrawn)" : ""
      let text = comment.text.contents.joined(separator: " / ")
      lines.append("  comment by \(view.name(of: comment.author))\(away): \"\(text)\"")
    }
    for word in ["held", "uninterpreted", "inert"] where reading.count(of: word) > 0 {
      lines.append("  \(reading.count(of: word)) operations \(word)")
    }
    return lines.joined(separator: "\n")
  }
}
