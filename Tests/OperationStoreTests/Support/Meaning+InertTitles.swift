import Convergence

extension Meaning {
  /// A meaning of few words, for tests of what holds whatever operations mean.
  ///
  /// Everything has effect but a text of `inert` in any field; a field `later` is uninterpreted.
  static let inertTitles = Meaning(version: 1) { operation, context in
    switch operation.action {
    case .uninterpreted: .uninterpreted
    case .inert(let reason): .inert(reason)
    case .set(let assignment):
      if assignment.field == "later" {
        .uninterpreted
      } else if assignment.value == .string("inert") {
        .inert(.value)
      } else if let item = assignment.record.item, context.item(item) == nil {
        context.uninterpreted.contains(item) ? .uninterpreted : .inert(.record)
      } else {
        .effective
      }
    case .add: .effective
    }
  }
}
