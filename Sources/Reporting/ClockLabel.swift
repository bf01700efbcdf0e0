/// What a device's clock showed, for people to read.
///
/// It decides nothing.
public enum ClockLabel {
  /// The time as `2026-11-21T10:07:34.123Z`, in UTC, for milliseconds since 1970.
  ///
  /// Any number has a label: years before 0 have a sign, years after 9999 more digits. The calendar
  /// is the Gregorian one throughout, by the method of Howard Hinnant's "chrono-compatible low-level
  /// date algorithms".
  public static func iso(_ milliseconds: Int64) -> String {
    let day = floorDivide(milliseconds, 86_400_000)
    let (year, month, dayOfMonth) = civil(daysSince1970: day.quotient)
    let hour = day.remainder / 3_600_000
    let minute = day.remainder / 60_000 % 60
    let second = day.remainder / 1000 % 60
    let fraction = day.remainder % 1000
    let sign = year < 0 ? "-" : ""
    return "\(sign)\(padded(year.magnitude, 4))-\(padded(month, 2))-\(padded(dayOfMonth, 2))"
      + "T\(padded(hour, 2)):\(padded(minute, 2)):\(padded(second, 2)).\(padded(fraction, 3))Z"
  }

  private static func civil(daysSince1970 days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    // Eras of 400 years that start on 1 March, so that a leap day ends one.
    let era = floorDivide(days + 719_468, 146_097)
    let dayOfEra = era.remainder
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era.quotient * 400 + (month <= 2 ? 1 : 0)
    return (year, month, day)
  }

  private static func floorDivide(
    _ value: Int64,
    _ divisor: Int64
  ) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }

  private static func padded(_ number: some BinaryInteger, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
