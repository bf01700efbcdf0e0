#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Which seeds the generated tests run through.
///
/// `swift test` runs the same 200 everywhere. `FIELDBOOK_SOAK=1` runs fifty times as many, and
/// `FIELDBOOK_SEED=17` runs that one alone, to look at a failure again.
package enum Seeds {
  /// How many seeds a test runs through unless the environment says otherwise.
  package static let usualCount: UInt64 = 200

  /// How many times as many a soak runs through.
  package static let soakFactor: UInt64 = 50

  /// The seeds of this run.
  package static let all = seeds(in: ProcessInfo.processInfo.environment)

  /// The seeds that an environment asks for.
  package static func seeds(in environment: [String: String]) -> Range<UInt64> {
    if let seed = environment["FIELDBOOK_SEED"].flatMap({ UInt64($0) }), seed < .max {
      return seed..<seed + 1
    }
    return 0..<(environment["FIELDBOOK_SOAK"] == "1" ? usualCount * soakFactor : usualCount)
  }
}
