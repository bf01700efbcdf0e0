/// A value that SQLite keeps.
enum SQLValue: Hashable {
  case null
  case int(Int64)
  case text(String)
  case blob([UInt8])
}
