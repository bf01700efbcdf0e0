import Foundation

/// How figures are printed.
enum Figures {
  static func milliseconds(_ seconds: Double) -> String {
    String(format: "%.2f ms", seconds * 1_000)
  }

  static func rate(_ count: Int, _ seconds: Double) -> String {
    String(format: "%.0f op/s", Double(count) / max(seconds, 1e-9))
  }

  static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
  }

  /// Runs something and gives how long it took, in seconds.
  static func time(_ body: () throws -> Void) rethrows -> Double {
    let start = ContinuousClock.now
    try body()
    return seconds(start.duration(to: .now))
  }

  static func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
  }
}
