/// The rows of an SQLite file, page by page, trusting nothing of what connects the pages.
///
/// A page that is damaged takes its own rows with it and no others, whatever stands above it in the
/// tree. Rows that were deleted and whose page was not used again may come out too: what they say
/// has to be checked by what they are. The form of the file is https://www.sqlite.org/fileformat2.html.
struct DatabasePages {
  /// One row.
  struct Row {
    /// Its number; `nil` in a table that has none.
    let id: Int64?

    /// Its columns.
    let values: [SQLValue]
  }

  /// What our own stores are made with; other sizes are taken from the file's header.
  private static let usualPageSize = 2048

  /// No row of a store is as large.
  private static let greatestRow = 262_144

  private let file: [UInt8]
  private let log: WriteAheadPages
  private let pageSize: Int
  private let usable: Int

  /// Takes a file and the write-ahead log that lies beside it, empty if none does.
  init(file: [UInt8], log: [UInt8]) {
    self.file = file
    var size = Self.usualPageSize
    var reserved = 0
    if file.count >= 100, file[..<15].elementsEqual("SQLite format 3".utf8) {
      let stated = Int(file[16]) << 8 | Int(file[17])
      if stated >= 512, stated & (stated - 1) == 0 {
        size = stated
        reserved = file[20] <= 64 ? Int(file[20]) : 0
      }
    }
    pageSize = size
    usable = size - reserved
    self.log = WriteAheadPages(log, pageSize: size)
  }

  /// How many pages there are.
  var count: Int { max((file.count + pageSize - 1) / pageSize, log.greatestPage) }

  /// Calls the body for every row that reads, as it stands now and as it stood before the log.
  func forEachRow(_ body: (Row) -> Void) {
    guard count > 0 else { return }
    for number in 1...count {
      if let page = log.page(number) { rows(in: page, number, usesLog: true, body) }
      if let page = filePage(number) { rows(in: page, number, usesLog: false, body) }
    }
  }

  private func filePage(_ number: Int) -> ArraySlice<UInt8>? {
    let start = (number - 1) * pageSize
    guard number >= 1, start < file.count else { return nil }
    return file[start..<min(start + pageSize, file.count)]
  }

  // MARK: Pages

  private func rows(
    in page: ArraySlice<UInt8>,
    _ number: Int,
    usesLog: Bool,
    _ body: (Row) -> Void
  ) {
    let bytes = PageBytes(page)
    let start = number == 1 ? 100 : 0
    // Leaves of tables; leaves and inner pages of tables that have no row numbers.
    guard let type = bytes.byte(start), [0x0D, 0x0A, 0x02].contains(type),
      let cells = bytes.number(start + 3, 2)
    else { return }
    let array = start + (type == 0x02 ? 12 : 8)
    for index in 0..<min(cells, usable / 4) {
      guard let pointer = bytes.number(array + 2 * index, 2), pointer > 0,
        let row = row(in: bytes, at: pointer, type: type, usesLog: usesLog)
      else { continue }
      body(row)
    }
  }

  private func row(
    in page: PageBytes,
    at pointer: Int,
    type: UInt8,
    usesLog: Bool
  ) -> Row? {
    var at = type == 0x02 ? pointer + 4 : pointer
    guard let size = page.variable(&at), size > 0, size <= Int64(Self.greatestRow) else {
      return nil
    }
    var id: Int64?
    if type == 0x0D {
      guard let number = page.variable(&at) else { return nil }
      id = number
    }
    guard let payload = payload(Int(size), in: page, at: at, type: type, usesLog: usesLog),
      let values = Self.values(of: payload)
    else { return nil }
    return Row(id: id, values: values)
  }

  /// The bytes of a row, wherever they spilled to.
  private func payload(
    _ size: Int,
    in page: PageBytes,
    at start: Int,
    type: UInt8,
    usesLog: Bool
  ) -> [UInt8]? {
    let greatest = type == 0x0D ? usable - 35 : (usable - 12) * 64 / 255 - 23
    guard size > greatest else { return page.bytes(start, size) }
    let least = (usable - 12) * 32 / 255 - 23
    let fitting = least + (size - least) % (usable - 4)
    let local = fitting <= greatest ? fitting : least
    guard var payload = page.bytes(start, local), var next = page.number(start + local, 4) else {
      return nil
    }
    while payload.count < size {
      guard next > 0, next <= count, let page = spill(next, usesLog: usesLog),
        let following = page.number(0, 4),
        let more = page.bytes(4, min(usable - 4, size - payload.count))
      else { return nil }
      payload += more
      next = following
    }
    return payload
  }

  private func spill(_ number: Int, usesLog: Bool) -> PageBytes? {
    if usesLog, let page = log.page(number) { return PageBytes(page) }
    return filePage(number).map { PageBytes($0) }
  }

  // MARK: Rows

  private static func values(of payload: [UInt8]) -> [SQLValue]? {
    let bytes = PageBytes(payload[...])
    var at = 0
    guard let header = bytes.variable(&at), header >= 1, header <= Int64(payload.count) else {
      return nil
    }
    var body = Int(header)
    var values: [SQLValue] = []
    while at < Int(header), values.count < 32 {
      guard let type = bytes.variable(&at), let value = value(type, bytes, &body) else {
        return nil
      }
      values.append(value)
    }
    return values
  }

  private static func value(_ type: Int64, _ bytes: PageBytes, _ at: inout Int) -> SQLValue? {
    let size: Int
    switch type {
    case 0: return .null
    case 8: return .int(0)
    case 9: return .int(1)
    case 1...6: size = [1, 2, 3, 4, 6, 8][Int(type) - 1]
    case 7: size = 8
    case 12...Int64(2 * greatestRow): size = Int(type - 12) / 2
    default: return nil
    }
    guard let content = bytes.bytes(at, size) else { return nil }
    at += size
    switch type {
    case 1...6:
      var number: Int64 = content[0] >= 0x80 ? -1 : 0
      for byte in content { number = number << 8 | Int64(byte) }
      return .int(number)
    case 7: return .null
    default:
      return type % 2 == 0
        ? .blob(content) : .text(String(decoding: content, as: UTF8.self))
    }
  }
}
