import TestSupport

/// Sentences as reviewers write them on site: short, and with every sign that text can hold.
enum Words {
  private static let words = [
    "protocol", "seen", "on", "the", "wall", "staff", "confirm", "that", "rota", "covers",
    "weekends", "but", "review", "date", "passed", "lead", "named", "audit", "repeated", "in",
    "spring", "\"as read\"", "naïve", "50\u{00A0}%", "ward\u{200D}s", "Łódź", "\\", "<b>", "👩🏽‍⚕️",
  ]

  /// Three to twelve words.
  static func sentence(_ random: inout SeededGenerator) -> String {
    var sentence = ""
    for number in 0..<random.int(in: 3...12) {
      if number > 0 { sentence += " " }
      sentence += random.pick(words)
    }
    return sentence
  }
}
