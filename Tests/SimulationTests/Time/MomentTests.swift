import Simulation
import Testing

@Suite("Moments as people read them")
struct MomentTests {
  @Test(
    "A moment is written as day and time, the first day beginning at eight",
    arguments: [
      (0, "d1 08:00:00.000"), (3_723_004, "d1 09:02:03.004"), (57_600_000, "d2 00:00:00.000"),
      (-5, "d1 08:00:00.000"),
    ]
  )
  func written(milliseconds: Int64, text: String) {
    #expect(Moment(milliseconds).description == text)
  }
}
