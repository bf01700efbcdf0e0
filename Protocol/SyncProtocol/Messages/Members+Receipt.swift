import Convergence

extension Members {
  /// The receipt of a hello or its answer, which only the server reads further; `nil` if it has none.
  func receipt() throws(ProtocolError) -> String? {
    guard has("receipt") else { return nil }
    let text = try string("receipt", atMost: Limits.receiptBytes)
    guard !text.isEmpty, Text64.decode(text) != nil else {
      throw mistyped("receipt", "at most \(Limits.receiptBytes) characters of base64url")
    }
    return text
  }
}
