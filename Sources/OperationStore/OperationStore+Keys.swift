import Convergence
import SyncProtocol

/// How cell keys are kept in a column.
///
/// A key names replicas and persons in 22 characters each, and there is a key for every cell: kept as
/// they are, names would be a sixth of the file. So a name that the store holds a certificate of is
/// kept as the row of that certificate, behind a character that no key can hold.
extension OperationStore {
  private static let mark = "\u{1}"

  /// The stored form of a key.
  func stored(_ key: CellKey) throws(StoreError) -> String {
    let parts = key.parts
    let record = try item(parts.record)
    let slot = try person(parts.slot)
    let location = try item(parts.location)
    return "\(record)|\(parts.field)|\(slot)|\(location)"
  }

  /// The key behind a stored form.
  func key(_ stored: String) throws(StoreError) -> CellKey {
    guard stored.utf8.contains(1) else { return try Self.checked(stored) }
    var parts: [String] = []
    for part in stored.split(separator: "|", omittingEmptySubsequences: false) {
      parts.append(try unmarked(part))
    }
    return try Self.checked(parts.joined(separator: "|"))
  }

  private static func checked(_ text: String) throws(StoreError) -> CellKey {
    guard let key = CellKey(text: text) else { throw damagedVisit }
    return key
  }

  private func item(_ text: Substring) throws(StoreError) -> String {
    guard text.utf8.first == UInt8(ascii: "#") else { return String(text) }
    let name = text.dropFirst().prefix(22)
    guard let replica = ReplicaID(text: name), let entry = try entry(of: replica) else {
      return String(text)
    }
    return "#\(Self.mark)\(entry.row)\(text.dropFirst(23))"
  }

  private func person(_ slot: Substring) throws(StoreError) -> String {
    guard slot.utf8.count == 22, let person = PersonID(text: slot),
      let row = try row(of: person)
    else { return String(slot) }
    return "\(Self.mark)\(row)"
  }

  /// `#`, the mark, a row and the rest of an item; or the mark and the row of a person's replica.
  private func unmarked(_ part: Substring) throws(StoreError) -> String {
    let isItem = part.utf8.first == UInt8(ascii: "#")
    let rest = isItem ? part.dropFirst() : part
    guard rest.utf8.first == 1 else { return String(part) }
    let digits = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
    guard let row = Int64(digits) else { throw Self.damagedVisit }
    let certificate = try entry(row: row).certificate
    return isItem
      ? "#\(certificate.replica)\(rest.dropFirst(1 + digits.count))" : certificate.person.text
  }

  /// The first row of a person's replicas: always the same one, so a key has one stored form.
  private func row(of person: PersonID) throws(StoreError) -> Int64? {
    if let row = replicas.row(of: person) { return row }
    let row = try database.int(
      "SELECT min(id) FROM replicas WHERE person = ?1",
      .blob(person.bits.bytes)
    )
    if let row { replicas.remember(row, of: person) }
    return row
  }
}
