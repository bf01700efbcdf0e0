import Synchronization

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Ctrl-C: the first asks for an orderly end, the second gives up on it, the third ends at once.
enum Interrupt {
  private static let presses = Atomic<Int>(0)

  /// How often it was pressed.
  static var count: Int { presses.load(ordering: .sequentiallyConsistent) }

  /// From now on Ctrl-C is counted.
  static func listen() {
    for number in [SIGINT, SIGTERM] {
      _ = signal(number) { number in
        let earlier = Interrupt.presses.add(1, ordering: .sequentiallyConsistent).oldValue
        if earlier >= 2 { _exit(128 + number) }
      }
    }
  }
}
