/// A ref reduced to what people agree on when they type it.
///
/// "xr 304", "XR-304", "XR304" and "xr–304" are one ref: separators go, letters become capitals.
package struct RefKey: Hashable, Sendable {
  /// What is left: capitals and digits, and whatever else was typed that is no separator.
  package let text: String

  /// Reduces a ref; the key of nothing but separators is empty and matches nothing.
  package init(_ ref: some StringProtocol) {
    text = String(String.UnicodeScalarView(ref.unicodeScalars.filter { !Self.isSeparator($0) }))
      .uppercased()
  }

  /// How many single letters have to be added, removed or changed to get from one to the other.
  ///
  /// Levenshtein's distance, one row at a time. Only the first 32 characters of each count, so that
  /// a pasted page costs no more than a ref.
  package func distance(to other: RefKey) -> Int {
    let left = Array(text.prefix(32))
    let right = Array(other.text.prefix(32))
    var row = Array(0...right.count)
    for (index, letter) in left.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in right.indices {
        let change = diagonal + (letter == right[column] ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(change, diagonal + 1, row[column] + 1)
      }
    }
    return row[right.count]
  }

  private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "-", ".", "_", "/", "\u{2212}", "\u{00AD}", "\u{200B}": true
    case "\u{2010}"..."\u{2015}": true
    default: scalar.properties.isWhitespace
    }
  }
}
