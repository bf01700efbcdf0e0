/// Tells how much time has passed since it was made.
struct Stopwatch {
  private let measure: () -> Duration

  /// Starts on a clock.
  init(_ clock: some Clock<Duration>) {
    let start = clock.now
    measure = { start.duration(to: clock.now) }
  }

  /// The time since it was made.
  var elapsed: Duration { measure() }
}
