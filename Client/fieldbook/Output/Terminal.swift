#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Where results and messages go: results to standard output, everything else to standard error.
enum Terminal {
  /// Whether results are read by a person at a terminal who allows colours (https://no-color.org).
  static let isColoured: Bool =
    isatty(STDOUT_FILENO) == 1 && (Environment["NO_COLOR"] ?? "").isEmpty
    && Environment["TERM"] != "dumb"

  /// Whether messages are read by a person at a terminal.
  static let showsProgress: Bool = isatty(STDERR_FILENO) == 1

  /// Prints a result.
  static func out(_ text: String) { put(text + "\n", to: STDOUT_FILENO) }

  /// Prints a result as it is.
  static func outRaw(_ bytes: [UInt8]) { put(bytes[...], to: STDOUT_FILENO) }

  /// Tells the person something that is no result.
  static func say(_ text: String) {
    put(Wrap.lines(text, width: Wrap.columns).joined(separator: "\n") + "\n", to: STDERR_FILENO)
  }

  /// Shows how far a long command has come, over what it showed before.
  static func progress(_ text: String) {
    guard showsProgress else { return }
    put("\r\u{1B}[K" + Printable.line(text), to: STDERR_FILENO)
  }

  /// Removes what ``progress(_:)`` showed.
  static func endProgress() {
    guard showsProgress else { return }
    put("\r\u{1B}[K", to: STDERR_FILENO)
  }

  /// The text in bold where colours are shown; emphasis is never the only sign of anything.
  static func strong(_ text: String) -> String { styled(text, "1") }

  /// The text in a colour that asks for attention.
  static func warning(_ text: String) -> String { styled(text, "33") }

  /// The text held back.
  static func faint(_ text: String) -> String { styled(text, "2") }

  private static func styled(_ text: String, _ code: String) -> String {
    isColoured ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }

  private static func put(_ text: String, to file: Int32) { put(Array(text.utf8)[...], to: file) }

  private static func put(_ bytes: ArraySlice<UInt8>, to file: Int32) {
    var rest = bytes
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      // A reader that has gone away, such as `head`, is no failure of ours.
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }
}
