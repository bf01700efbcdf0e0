import Foundation
import Reporting
import Testing

@Suite("Clock labels")
struct ClockLabelTests {
  @Test(
    "A label is the time in UTC",
    arguments: [
      (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
      (951_782_400_000, "2000-02-29T00:00:00.000Z"),
      (1_795_244_400_123, "2026-11-21T07:00:00.123Z"),
      (4_107_542_399_999, "2100-02-28T23:59:59.999Z"),
      (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
      (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"),
      (-62_167_219_200_001, "-0001-12-31T23:59:59.999Z"),
      (253_402_300_800_000, "10000-01-01T00:00:00.000Z"),
    ]
  )
  func known(milliseconds: Int64, label: String) {
    #expect(ClockLabel.iso(milliseconds) == label)
  }

  @Test("Days from 1900 to 2200 agree with Foundation's calendar")
  func calendar() {
    let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    for day in stride(from: Int64(-25_567), through: 84_006, by: 1) {
      let milliseconds = day * 86_400_000 + 12_345_500
      let date = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
      if ClockLabel.iso(milliseconds) != date.formatted(style) {
        Issue.record("\(milliseconds): \(ClockLabel.iso(milliseconds)), \(date.formatted(style))")
        return
      }
    }
  }

  @Test("Every number has a label")
  func extremes() {
    for milliseconds in [Int64.min, -1 << 53, 1 << 53, Int64.max] {
      #expect(ClockLabel.iso(milliseconds).hasSuffix("Z"))
    }
  }
}
