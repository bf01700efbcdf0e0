import AssessmentModel
import Convergence

extension ScenarioRun {
  /// What a comment shows instead of what is expected.
  func comment(
    _ text: String,
    otherThan expected: Expectation.Comment,
    in reading: ScenarioReading
  ) throws -> String? {
    let dots = items.filter { $0.type == "comment" && $0.words == text }.map(\.dot)
    guard let found = reading.view.comments.first(where: { dots.contains($0.dot) }) else {
      return "there is no such comment"
    }
    switch expected {
    case .author(let person):
      return found.author == id(person) ? nil : "it is by \(reading.view.name(of: found.author))"
    case .withdrawn(let isExpected, let because):
      guard found.isWithdrawn == isExpected else {
        return found.isWithdrawn ? "it is withdrawn" : "it is not withdrawn"
      }
      guard let because, !found.withdrawn.contents.contains(because) else { return nil }
      return "withdrawn because " + Self.list(found.withdrawn.contents)
    case .says(let texts):
      let says = found.text.contents.sorted()
      return says == texts ? nil : Self.list(says)
    case .answers(let other):
      let others = items.filter { $0.type == "comment" && $0.words == other }.map(\.dot)
      guard let answered = found.replyTo else { return "it answers nothing" }
      return others.contains(answered) ? nil : "it answers #\(answered)"
    }
  }

  /// What an evidence item shows instead of what is expected.
  func evidence(
    _ title: String,
    otherThan expected: Expectation.Evidence,
    in reading: ScenarioReading
  ) throws -> String? {
    let dots = items.filter { $0.type == "evidence" && $0.words == title }.map(\.dot)
    guard let found = reading.view.evidence.first(where: { dots.contains($0.dot) }) else {
      return "there is no such evidence"
    }
    switch expected {
    case .author(let person):
      return found.author == id(person) ? nil : "it is by \(reading.view.name(of: found.author))"
    case .status(let statuses):
      let says = found.status.contents.map(\.rawValue).sorted()
      return says == statuses.map(\.rawValue) ? nil : Self.list(says)
    case .title(let titles):
      let says = found.title.contents.sorted()
      return says == titles ? nil : Self.list(says)
    case .supports(let standards):
      let says = found.supportedStandards.sorted()
      guard says != standards.map(\.text).sorted() else { return nil }
      let names = says.map { text in
        StandardID(text).flatMap { framework.standard(id: $0)?.ref } ?? text
      }
      return "it supports " + Self.list(names)
    case .archived(let isExpected, let because):
      guard found.isArchived == isExpected else {
        return found.isArchived ? "it is archived" : "it is not archived"
      }
      guard let because, !found.archived.contents.contains(because) else { return nil }
      return "archived because " + Self.list(found.archived.contents)
    case .inUse(let people):
      guard found.inUseBy != people.map(id).sorted() else { return nil }
      return "in use by " + Self.list(found.inUseBy.map(reading.view.name))
    case .attention(let kind, let isExpected):
      let kinds = Self.kinds(about: .item(found.dot), at: nil, in: reading)
      return kinds.contains(kind) == isExpected ? nil : Self.list(kinds.map(\.rawValue))
    }
  }
}
