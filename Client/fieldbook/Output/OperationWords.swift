import AssessmentModel
import Convergence

/// What an operation did, in a reviewer's words.
struct OperationWords {
  private let view: VisitView
  private let readers: Audience

  /// Prepares to put the operations of a visit into words, for some readers.
  init(_ view: VisitView, for readers: Audience) {
    self.view = view
    self.readers = readers
  }

  /// The sentence for an operation.
  func sentence(_ operation: Operation) -> String {
    switch operation.action {
    case .set(let assignment): sentence(assignment, by: operation.person)
    case .add(let addition): sentence(addition, operation.dot)
    case .uninterpreted(let kind): "did something of a newer kind (\(kind))"
    case .inert: "did something that cannot be read"
    }
  }

  /// What an operation is about: the ref of a standard, or the name of a record.
  func subject(_ operation: Operation) -> String {
    switch operation.action {
    case .set(let assignment): name(assignment.record)
    case .add(let addition): addition.within.map(name) ?? ""
    case .uninterpreted, .inert: ""
    }
  }

  /// Whether an operation is about a standard, itself or through an item that is in it.
  func concerns(_ operation: Operation, _ standard: StandardView) -> Bool {
    switch operation.action {
    case .set(let assignment):
      if assignment.slot == standard.id, assignment.field == "supports" { return true }
      guard case .item(let dot) = assignment.record else {
        return assignment.record == standard.record
      }
      return isAbout(dot, standard)
    case .add(let addition):
      return addition.within == standard.record || isAbout(operation.dot, standard)
    case .uninterpreted, .inert: return false
    }
  }

  private func isAbout(_ dot: Dot, _ standard: StandardView) -> Bool {
    standard.comments.contains { $0.dot == dot } || standard.evidence.contains { $0.dot == dot }
  }

  /// Whether the text of an item is for other readers.
  private func isHidden(_ dot: Dot) -> Bool {
    if let comment = view.comments.first(where: { $0.dot == dot }) {
      return !comment.audience.admits(readers)
    }
    if let item = view.evidence.first(where: { $0.dot == dot }) {
      return !item.audience.admits(readers)
    }
    return false
  }

  private func name(_ record: RecordID) -> String {
    switch record {
    case .named(let name):
      return record.id.flatMap { view.standard(id: String($0)) }?.ref ?? name
    case .item(let dot):
      if let comment = view.comments.first(where: { $0.dot == dot }) { return name(comment.about) }
      return dot.short
    }
  }

  private func sentence(_ assignment: Assignment, by person: PersonID) -> String {
    if case .item(let dot) = assignment.record, isHidden(dot) {
      return "changed an item that is not for you to read"
    }
    let place = assignment.location.map { " at \(view.location($0)?.title ?? $0.short)" } ?? ""
    let value = assignment.value
    switch assignment.field {
    case "judgement":
      guard let judgement = Judgement(value) else { return "judged it" }
      let because = judgement.because.map { ": \($0)" } ?? ""
      if judgement.outcome == .notJudged { return "withdrew the judgement\(place)\(because)" }
      return "judged it \(Words.judgement(judgement))\(place)\(because)"
    case "resolution":
      guard let resolution = Resolution(value) else { return "resolved it" }
      if resolution.outcome == .notJudged {
        return "took the resolution back\(place): \(resolution.because)"
      }
      return "resolved it as \(resolution.outcome.words)\(place): \(resolution.because)"
    case "applicable":
      guard let decision = ScopeDecision(value) else { return "decided its scope" }
      let part = decision.extent == .part ? " in part" : ""
      return "decided that it \(decision.applies ? "applies" : "does not apply")\(part): "
        + decision.because
    case "member":
      return member(assignment, value)
    case "interest":
      return "declared an interest: \(value["declares"]?.string ?? "")"
    case "withdrawn":
      return "withdrew a comment"
    case "archived":
      return "archived it: \(value["because"]?.string ?? "")"
    case "supports":
      let ref = view.standard(id: assignment.slot)?.ref ?? assignment.slot
      return value.bool == false
        ? "took its link to \(ref) back" : "said that it supports \(ref)"
    default:
      return "set \(assignment.field)\(value.string.map { " to \($0)" } ?? "")"
    }
  }

  private func member(_ assignment: Assignment, _ value: Value) -> String {
    let name = value["name"]?.string ?? assignment.slot
    guard let role = value["role"]?.string.flatMap(Role.init(rawValue:)) else {
      return "took \(name) off the visit"
    }
    return "put \(name) on the visit as \(role.words)"
  }

  private func sentence(_ addition: Addition, _ dot: Dot) -> String {
    if isHidden(dot) { return "added an item that is not for you to read" }
    func text(_ name: String) -> String {
      addition.fields.first { $0.name == name }?.value.string ?? ""
    }
    switch addition.type {
    case "comment":
      return addition.replyTo == nil
        ? "commented (\(dot.short)): \(text("text"))" : "answered (\(dot.short)): \(text("text"))"
    case "evidence":
      let refs = addition.fields.filter { $0.name == "supports" }
        .map { view.standard(id: $0.slot)?.ref ?? $0.slot }
      let supports = refs.isEmpty ? "" : ", supports \(refs.joined(separator: ", "))"
      return "added evidence \(dot.short): \(text("title")) (\(text("status"))\(supports))"
    case "location":
      return "added the location \(text("name"))"
    default:
      return "added \(addition.type)"
    }
  }
}
