/// No file names a folder of one person's machine: it would be wrong on every other.
enum PathRule {
  /// Spelt apart, so that this line is not an offence itself.
  static let folders = ["work", "root", "home", "Users"].map { "/" + $0 + "/" }

  static func findings(in file: SourceFile) -> [Finding] {
    let present = folders.filter { file.text.contains($0) }
    if present.isEmpty { return [] }
    return file.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      .flatMap { number, line in
        present.filter { names($0, line) }.map { folder in
          Finding(file.path, line: number + 1, "names \(folder), a folder of one machine")
        }
      }
  }

  /// Whether `folder` starts an absolute path in `line`, not the middle of a relative one.
  private static func names(_ folder: String, _ line: Substring) -> Bool {
    line.ranges(of: folder).contains { range in
      guard let before = line[..<range.lowerBound].last else { return true }
      return !(before.isLetter || before.isNumber || "._-~})".contains(before))
    }
  }
}
