extension Int64 {
  /// The sum, or the greatest number where it would overflow.
  func advanced(saturatingBy distance: Int) -> Int64 {
    let (sum, hasOverflowed) = addingReportingOverflow(Int64(distance))
    return hasOverflowed ? .max : sum
  }
}
