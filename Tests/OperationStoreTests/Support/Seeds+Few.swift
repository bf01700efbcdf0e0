import TestSupport

extension Seeds {
  /// One seed of eight, for tests that build whole visits; all that were asked for by name.
  static var few: [UInt64] { all.count < 8 ? Array(all) : all.filter { $0 % 8 == 0 } }
}
