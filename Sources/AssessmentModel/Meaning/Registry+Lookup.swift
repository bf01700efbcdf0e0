package import Convergence

extension Registry {
  /// The rules of a record named by the framework or the visit; `nil` for a type that does not
  /// exist, and for one written with an ID where none belongs, or without where one does.
  package static func record(_ record: RecordID) -> RecordRule? {
    guard let type = record.type, let rule = records.first(where: { $0.type == type }),
      rule.hasID == (record.id != nil)
    else { return nil }
    return rule
  }

  /// The rules of an item type; `nil` if it does not exist.
  package static func item(_ type: String) -> ItemRule? { itemsByType[type] }

  private static let itemsByType = Dictionary(
    items.map { ($0.type, $0) },
    uniquingKeysWith: { first, _ in first }
  )
}
