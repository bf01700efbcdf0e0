import ArgumentParser

/// A span of virtual time as it is typed: `90m`, `3h`, `2h30m`, `45s`.
struct Span {
  let milliseconds: Int64

  /// As it was typed.
  let text: String

  /// The most of one unit.
  private static let mostUnits: Int64 = 100_000

  /// Reads a span: hours before minutes before seconds, each at most once.
  ///
  /// - Throws: `ValidationError` with an example.
  init(_ text: String) throws {
    var total: Int64 = 0
    var rest = text[...]
    for (unit, size) in [("h", 3_600_000), ("m", 60_000), ("s", 1_000)] as [(Character, Int64)] {
      guard let end = rest.firstIndex(of: unit) else { continue }
      guard let number = Int64(rest[..<end]), (0...Self.mostUnits).contains(number) else {
        throw Self.unreadable
      }
      total += number * size
      rest = rest[rest.index(after: end)...]
    }
    guard rest.isEmpty, !text.isEmpty else { throw Self.unreadable }
    milliseconds = total
    self.text = text
  }

  private static var unreadable: ValidationError {
    ValidationError("Write a span of time like 3h, 90m or 2h30m.")
  }
}
