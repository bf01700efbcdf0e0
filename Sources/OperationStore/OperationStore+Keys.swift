import Convergence
import SyncProtocol

/// How cell keys are kept in a column.
///
/// A key names replicas and people in 22 characters each, and there is a key for every cell: kept as
/// they are, names would be a sixth of the file. So a name is kept as a row number behind a character
/// that no key can hold: a replica's of its certificate, which is held before anything of it is, a
/// person's of a table of names, since the authority speaks of people before they have a device. A key
/// must have one stored form for ever, or it would stand in two rows.
extension OperationStore {
  private static let mark = "\u{1}"

  /// The stored form of a key; with `isNew`, where it is about to be written, a new name gets its
  /// number.
  func stored(_ key: CellKey, isNew: Bool = false) throws(StoreError) -> String {
    var record = key.record.description
    if case .item(let dot) = key.record { record = try item(dot) }
    let slot = try person(key.slot, isNew: isNew)
    var location = ""
    if let dot = key.location { location = try item(dot) }
    return "\(record)|\(key.field)|\(slot)|\(location)"
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

  private func item(_ dot: Dot) throws(StoreError) -> String {
    guard let entry = try entry(of: dot.replica) else { return "#\(dot)" }
    let branch = dot.branch == .trunk ? "" : ".\(dot.branch)"
    return "#\(Self.mark)\(entry.row).\(dot.counter)\(branch)"
  }

  private func person(_ slot: String, isNew: Bool) throws(StoreError) -> String {
    guard slot.utf8.count == 22, let person = PersonID(text: slot),
      let row = try row(of: person, isNew: isNew)
    else { return slot }
    return "\(Self.mark)\(row)"
  }

  /// `#`, the mark, a row and the rest of an item; or the mark and the row of a person's name.
  private func unmarked(_ part: Substring) throws(StoreError) -> String {
    let isItem = part.utf8.first == UInt8(ascii: "#")
    let rest = isItem ? part.dropFirst() : part
    guard rest.utf8.first == 1 else { return String(part) }
    let digits = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
    guard let row = Int64(digits) else { throw Self.damagedVisit }
    guard isItem else { return try person(row: row).text }
    return "#\(try entry(row: row).certificate.replica)\(rest.dropFirst(1 + digits.count))"
  }

  /// The row of a person's name; `nil` if it has none yet and is not to get one.
  private func row(of person: PersonID, isNew: Bool) throws(StoreError) -> Int64? {
    if let row = replicas.row(of: person) { return row }
    var row = try database.int(
      "SELECT id FROM names WHERE person = ?1",
      .blob(person.bits.bytes)
    )
    if row == nil, isNew {
      try database.run("INSERT INTO names(person) VALUES(?1)", .blob(person.bits.bytes))
      row = database.lastRow
    }
    if let row { replicas.remember(row, of: person) }
    return row
  }

  private func person(row: Int64) throws(StoreError) -> PersonID {
    if let person = replicas.person(row: row) { return person }
    var found: PersonID?
    try database.rows("SELECT person FROM names WHERE id = ?1", .int(row)) {
      (name) throws(StoreError) in found = PersonID(bytes: name.blob(0))
    }
    guard let found else { throw Self.damagedVisit }
    replicas.remember(row, of: found)
    return found
  }
}
