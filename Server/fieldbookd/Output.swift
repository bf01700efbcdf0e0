import Convergence
import Foundation

/// Results go to standard output, messages to standard error.
enum Output {
  /// Writes one line of the result.
  static func result(_ line: String) {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
  }

  /// Writes the result as one line of JSON, members sorted.
  static func json(_ value: Value) {
    FileHandle.standardOutput.write(Data(value.canonical + [UInt8(ascii: "\n")]))
  }

  /// Writes a message for the person at the terminal.
  static func message(_ line: String) {
    FileHandle.standardError.write(Data((line + "\n").utf8))
  }

  /// A number with its noun.
  static func count(_ count: Int, _ noun: String, _ plural: String? = nil) -> String {
    "\(count) \(count == 1 ? noun : plural ?? noun + "s")"
  }

  /// What a clock showed, to the minute, in universal time.
  static func time(_ milliseconds: Int64) -> String {
    let format = Date.ISO8601FormatStyle(dateSeparator: .dash, dateTimeSeparator: .space)
    let date = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
    return String(date.formatted(format).prefix(16)) + " UTC"
  }

  /// Writes rows in columns.
  static func table(_ rows: [[String]]) {
    var widths: [Int] = []
    for row in rows {
      for (index, cell) in row.enumerated() {
        if index == widths.count { widths.append(0) }
        widths[index] = max(widths[index], cell.count)
      }
    }
    for row in rows {
      let padded = row.enumerated().map { index, cell in
        index == row.count - 1
          ? cell : cell + String(repeating: " ", count: widths[index] - cell.count)
      }
      result(padded.joined(separator: "  "))
    }
  }
}
