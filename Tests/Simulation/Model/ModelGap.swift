import Convergence
import SyncProtocol

/// Section 3.9 once more: batches that nobody has any more, as the authority says.
struct ModelGap: Sendable {
  /// The last lost batch, as deps name it.
  let end: Dependency

  /// The batch before the first lost one, likewise; `nil` where the stream is lost from its start.
  let before: Dependency?

  /// What a `visit|gap` takes.
  static let isValue = ModelValues.object([
    "gaps": { value in value.list.map { !$0.isEmpty && $0.allSatisfy(isEntry) } ?? false },
    "because": ModelValues.text,
  ])

  /// One entry of `gaps`.
  private static let isEntry: ModelValues.Rule = { value in
    let count: ModelValues.Rule = { $0.int ?? 0 >= 1 }
    let hash = ModelValues.text64(16)
    let members = ModelValues.object([
      "from": count, "to": count, "b?": count, "prev?": hash, "hash": hash,
    ])
    guard members(value), let from = value["from"]?.int, let to = value["to"]?.int else {
      return false
    }
    return from <= to && (from == 1) == (value["prev"] == nil)
  }

  /// The gaps that a batch declares if it is of the authority, whatever its operations are worth.
  static func declared(in batch: Batch) -> [ModelGap] {
    guard batch.version == 1 else { return [] }
    return batch.operations.flatMap { operation -> [ModelGap] in
      guard operation["k"] == .string("set"), operation["at"] == .string("visit"),
        operation["f"] == .string("gap"), let value = operation["v"], isValue(value),
        let replica = operation["s"]?.string.flatMap({ ReplicaID(text: $0) })
      else { return [] }
      return (value["gaps"]?.list ?? []).compactMap { entry in
        guard let end = name(replica, entry["to"], entry["hash"]) else { return nil }
        let before = name(replica, entry["from"]?.int.map { .int($0 - 1) }, entry["prev"])
        return ModelGap(end: end, before: before)
      }
    }
  }

  private static func name(_ replica: ReplicaID, _ counter: Value?, _ hash: Value?) -> Dependency? {
    guard let counter, let hash else { return nil }
    return Dependency(.list([.string(replica.text), counter, hash]))
  }
}
