/// The pages that a write-ahead log holds, each as it was written last.
///
/// The checksums are not looked at: a page that was torn is found out by what is in it.
struct WriteAheadPages {
  private let log: [UInt8]
  private let pageSize: Int
  private var starts: [Int: Int] = [:]

  /// The greatest number of a page in the log; 0 if there is none.
  private(set) var greatestPage = 0

  init(_ log: [UInt8], pageSize: Int) {
    self.log = log
    self.pageSize = pageSize
    let bytes = PageBytes(log[...])
    // The log is written from its start again and again; older rounds have other salts.
    let salts = bytes.bytes(16, 8)
    let isSound = bytes.number(8, 4) == pageSize && (bytes.number(0, 4) ?? 0) >> 1 == 0x1BBF_8341
    var frame = 32
    while frame + 24 + pageSize <= log.count {
      defer { frame += 24 + pageSize }
      guard let number = bytes.number(frame, 4), number > 0, number < 1 << 24 else { continue }
      guard !isSound || bytes.bytes(frame + 8, 8) == salts else { break }
      starts[number] = frame + 24
      greatestPage = max(greatestPage, number)
    }
  }

  /// A page, or `nil` if the log has none of that number.
  func page(_ number: Int) -> ArraySlice<UInt8>? {
    guard let start = starts[number] else { return nil }
    return log[start..<start + pageSize]
  }
}
