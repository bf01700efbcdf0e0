extension Registry {
  /// The rules of a record named by the framework or the visit; `nil` for a type that does not
  /// exist, and for one written with an ID where none belongs, or without where one does.
  package static func record(named name: String) -> RecordRule? {
    let records = records
    for index in records.indices where records[index].matches(name) {
      return records[index]
    }
    return nil
  }

  /// The rules of an item type; `nil` if it does not exist.
  package static func item(_ type: String) -> ItemRule? { itemsByType[type] }

  private static let itemsByType = Dictionary(
    items.map { ($0.type, $0) },
    uniquingKeysWith: { first, _ in first }
  )
}
