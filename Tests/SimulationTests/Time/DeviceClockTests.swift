import Simulation
import Testing

@Suite("A device's clock")
struct DeviceClockTests {
  @Test("A right clock shows virtual time")
  func right() {
    let clock = DeviceClock()
    #expect(clock.reading(at: 0) == DeviceClock.dawn)
    #expect(clock.reading(at: 3_600_000) == DeviceClock.dawn + 3_600_000)
  }

  @Test("A wrong one is off by its error and drifts by millionths")
  func wrong() {
    let clock = DeviceClock(error: -60_000, driftPerMillion: 1_000)
    #expect(clock.reading(at: 0) == DeviceClock.dawn - 60_000)
    #expect(clock.reading(at: 1_000_000) == DeviceClock.dawn - 60_000 + 1_001_000)
  }

  @Test("Set anew, it goes on from there, also in 1970 and 2099")
  func set() {
    for reading: Int64 in [0, 4_070_908_800_000] {
      var clock = DeviceClock(error: 5, driftPerMillion: 0)
      clock.set(to: reading, at: 1_000)
      #expect(clock.reading(at: 1_000) == reading)
      #expect(clock.reading(at: 1_500) == reading + 500)
    }
  }
}
