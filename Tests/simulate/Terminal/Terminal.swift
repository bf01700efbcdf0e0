import Convergence
import Foundation

/// Results go to standard output, everything else to standard error.
enum Terminal {
  /// The width that pages are made for, whatever the terminal's: output never depends on it.
  static let columns = 80

  /// Writes lines of the result.
  static func out(_ text: String) {
    FileHandle.standardOutput.write(Data((text + "\n").utf8))
  }

  /// Writes one line of JSON.
  static func json(_ value: Value) {
    FileHandle.standardOutput.write(Data(value.canonical + [UInt8(ascii: "\n")]))
  }

  /// Writes a message for whoever sits at the terminal.
  static func say(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }

  /// Whether standard output is a terminal.
  static var isInteractive: Bool { isatty(STDOUT_FILENO) == 1 }

  /// How many lines the terminal has; 24 where nobody says.
  static var rows: Int {
    var size = winsize()
    let code = unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size)
    return code == 0 && size.ws_row > 0 ? Int(size.ws_row) : 24
  }
}
