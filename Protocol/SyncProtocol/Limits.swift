/// Every limit of the protocol by name (section 11).
///
/// They bound what a reader must be ready to hold, and apply to the escaped form before a write is
/// accepted, so that every accepted operation fits a batch.
public enum Limits {
  /// The longest batch line, in bytes.
  public static let batchLineBytes = 65_536

  /// The most operations in one batch.
  public static let operationsPerBatch = 256

  /// The longest operation in its escaped form, in bytes.
  public static let operationBytes = 16_384

  /// The most dependencies of one batch.
  public static let depsPerBatch = 512

  /// The most replicas that the operations of one batch refer to.
  public static let whoPerBatch = 512

  /// The most references in each list of one operation.
  public static let referencesPerOperation = 512

  /// The longest text in a value, in bytes of UTF-8 before escaping.
  public static let textBytes = 8_192

  /// The longest name in a certificate, in bytes.
  public static let nameBytes = 200

  /// How deep arrays and objects nest; the outermost counts as 1.
  public static let nesting = 8

  /// The longest certificate or head line, in bytes.
  public static let smallLineBytes = 4_096

  /// The longest frame line, in bytes.
  public static let frameBytes = 65_536

  /// The largest body as sent, in bytes.
  public static let compressedBodyBytes = 1_048_576

  /// The largest body after inflation, in bytes.
  public static let bodyBytes = 8_388_608

  /// The most batches in one page.
  public static let pageBatches = 1_000

  /// The most bytes of lines in one page; at least one batch is sent whatever its size.
  public static let pageBytes = 4_194_304

  /// The most streams that a hello says it is about to bring.
  public static let outboundStreams = 512

  /// The longest receipt of a token, in bytes.
  public static let receiptBytes = 200

  /// The most ends of streams in one frame.
  public static let endsPerFrame = 512

  /// The most signed heads that a request may bring as proof.
  public static let headsPerRequest = 512

  /// How many times as long as the compressed bytes what comes of them may be.
  public static let inflationRatio = 128

  /// How much may come of any compressed bytes before the ratio is looked at.
  public static let inflationFreeBytes = 65_536

  /// The largest bundle as a file, in bytes.
  public static let bundleFileBytes = 67_108_864

  /// What all the members of a bundle may come to after inflation, in bytes.
  public static let bundleBytes = 268_435_456

  /// What one member of a bundle may come to after inflation, in bytes.
  public static let bundleMemberBytes = 524_288

  /// The most visits in one bundle.
  public static let bundleVisits = 512

  /// The most batches that a store keeps because what they build on is not there yet.
  public static let waitingBatches = 8_192

  /// The largest attachment, in bytes.
  public static let blobBytes = 104_857_600

  /// The greatest integer in either direction: 2^53 − 1, what every JSON reader can hold.
  public static let greatestInteger: Int64 = 9_007_199_254_740_991

  /// The greatest change of a tally in one increment.
  public static let greatestIncrement: Int64 = 1_000_000
}
