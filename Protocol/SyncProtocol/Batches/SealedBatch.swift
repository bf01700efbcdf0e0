/// A batch line with its author's signature: what is sent, stored and passed on byte for byte.
public struct SealedBatch: Hashable, Sendable {
  /// The bytes without a line feed, never changed.
  public let line: [UInt8]

  /// The author's signature over the hash.
  public let signature: Signature

  /// Joins a line and its signature.
  public init(line: [UInt8], signature: Signature) {
    self.line = line
    self.signature = signature
  }

  /// The hash that names the batch.
  ///
  /// - Complexity: O(*n*); keep it rather than ask twice.
  public var hash: Hash256 { Hash256(.batch, line) }
}
