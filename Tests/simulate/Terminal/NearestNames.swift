/// The names that somebody who mistyped one may have meant.
enum NearestNames {
  /// The nearest names, at most three, those nearer first.
  static func of(_ name: String, among names: [String]) -> [String] {
    names.map { (distance: distance(Array(name.lowercased()), Array($0.lowercased())), name: $0) }
      .filter { $0.distance <= max(2, name.count / 3) }
      .sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
      .prefix(3).map(\.name)
  }

  /// `did you mean cut or drop? `, or nothing.
  static func words(_ name: String, among names: [String]) -> String {
    let near = of(name, among: names)
    return near.isEmpty ? "" : "did you mean \(near.joined(separator: " or "))? "
  }

  /// How many letters to change, add or leave out to make one word of the other (Levenshtein).
  private static func distance(_ left: [Character], _ right: [Character]) -> Int {
    var row = Array(0...right.count)
    for (i, letter) in left.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, other) in right.enumerated() {
        let above = row[j + 1]
        row[j + 1] = min(above + 1, row[j] + 1, diagonal + (letter == other ? 0 : 1))
        diagonal = above
      }
    }
    return row[right.count]
  }
}
