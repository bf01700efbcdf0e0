import Convergence
import OperationStore

/// What an operation says, whatever name it goes by.
///
/// After a fork an operation may go by another name than the one it was given, and so may what it
/// refers to. What is left, with the label of the clock, is as good as unique in a world.
struct Saying: Hashable {
  private let clock: Int64
  private let words: [String]

  /// What a promised operation says.
  init(_ promise: Ledger.Promise) {
    self.init(promise.clock, promise.draft.action, cites: promise.draft.cites)
  }

  /// What a stored operation says.
  init(_ operation: Operation) {
    self.init(operation.clock, operation.action, cites: operation.cites)
  }

  private init(_ clock: Int64, _ action: Operation.Action, cites: [Dot]) {
    self.clock = clock
    switch action {
    case .set(let assignment):
      words = [
        "set", Self.text(assignment.record), assignment.field, assignment.slot,
        assignment.location == nil ? "" : "there", Self.text(assignment.value),
        "\(assignment.over.count)", "\(cites.count)",
      ]
    case .add(let addition):
      let fields = addition.fields.sorted { ($0.name, $0.slot) < ($1.name, $1.slot) }
      words =
        [
          "add", addition.type, addition.within.map(Self.text) ?? "",
          addition.replyTo == nil ? "" : "answer", "\(cites.count)",
        ] + fields.map { "\($0.name)/\($0.slot)=\(Self.text($0.value))" }
    case .uninterpreted(let kind): words = [kind]
    case .inert(let reason): words = ["inert", reason.rawValue]
    }
  }

  private static func text(_ value: Value) -> String {
    String(decoding: value.canonical, as: UTF8.self)
  }

  private static func text(_ record: RecordID) -> String {
    guard case .named(let name) = record else { return "item" }
    return name
  }

  /// What a store holds of a visit, each operation once, and how often each says the same.
  static func all(in store: OperationStore, _ visit: VisitID) throws(StoreError) -> [Saying: Int] {
    var names: [Saying: Set<Dot>] = [:]
    // What is held on both branches of a fork is listed with each, under one name.
    for entry in try store.history(of: visit).entries {
      names[Saying(entry.operation), default: []].insert(entry.operation.dot)
    }
    return names.mapValues(\.count)
  }
}
