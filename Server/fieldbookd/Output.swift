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

  /// What a clock showed, in universal time.
  static func time(_ clock: Int64) -> String {
    Date(timeIntervalSince1970: Double(clock) / 1000).formatted(.iso8601)
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
