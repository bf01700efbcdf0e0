import Convergence
import Foundation

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Where clock and chance come from; nothing below the executables has either.
enum SystemEdge {
  /// The clock, in milliseconds since 1970.
  static let clock: @Sendable () -> Int64 = {
    Int64(Date().timeIntervalSince1970 * 1_000)
  }

  /// As many random bytes as asked for, from the system's generator.
  static let random: @Sendable (Int) -> [UInt8] = { count in
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
  }

  /// Sixteen random bytes as one number.
  static let bits: @Sendable () -> Bits128 = {
    var generator = SystemRandomNumberGenerator()
    return Bits128(high: generator.next(), low: generator.next())
  }

  /// Makes every file of this process readable by its owner alone, SQLite's included.
  static func keepFilesPrivate() { umask(0o077) }
}
