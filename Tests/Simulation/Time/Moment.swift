/// A moment of virtual time as people read it: `d1 09:05:07.250`, day 1 being the first.
package struct Moment: CustomStringConvertible {
  private let milliseconds: Int64

  /// The hour at which virtual time begins.
  private static let dawnHour: Int64 = 8

  /// Wraps milliseconds since the beginning.
  package init(_ milliseconds: Int64) { self.milliseconds = milliseconds }

  /// The day, hour, minute, second and millisecond.
  package var description: String {
    let total = max(0, milliseconds) + Self.dawnHour * 3_600_000
    let (days, rest) = (total / 86_400_000, total % 86_400_000)
    func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let thousandths = rest % 1_000
    let padding = thousandths < 10 ? "00" : thousandths < 100 ? "0" : ""
    return """
      d\(days + 1) \(two(rest / 3_600_000)):\(two(rest / 60_000 % 60)):\
      \(two(rest / 1_000 % 60)).\(padding)\(thousandths)
      """
  }
}
