import Convergence
import Crypto

/// Makes the bytes of a bundle (section 8.1).
///
/// It is a run of gzip members, each of whole frames: what damages one of them leaves the others.
public struct BundleWriter {
  private static let memberBytes = Limits.bundleMemberBytes / 2

  private var file: [UInt8] = []
  private var member: [UInt8] = []
  private var hasher = SHA256()
  private var size = 0

  /// Begins a bundle.
  ///
  /// - Throws: ``ProtocolError`` `too-large` for more visits than a bundle takes.
  public init(_ header: BundleHeader) throws(ProtocolError) {
    guard header.parts.count <= Limits.bundleVisits else {
      throw ProtocolError(
        .tooLarge,
        "a bundle takes \(Limits.bundleVisits) visits; name the ones to export"
      )
    }
    try put(Self.line("bundle", header.value))
  }

  /// Appends an item.
  ///
  /// - Throws: ``ProtocolError`` `too-large` beyond what a bundle takes.
  public mutating func append(_ item: BundleItem) throws(ProtocolError) {
    var bytes: [UInt8] = []
    switch item {
    case .certificate(let sealed): Frame.certificate(sealed).append(to: &bytes)
    case .batch(let sealed, let place): Frame.batch(sealed, place).append(to: &bytes)
    case .rescued(let sealed, let why):
      bytes = Self.line(
        "rescued",
        .object(["sig": .string(sealed.signature.text), "why": .string(why)])
      )
      bytes += sealed.line
      bytes.append(UInt8(ascii: "\n"))
    case .open(let open): bytes = Self.line("open", open.value)
    }
    try put(bytes)
  }

  /// Closes the bundle.
  ///
  /// - Parameter key: The key of the replica that the header names as its maker, if it names one.
  /// - Returns: The file.
  /// - Throws: ``ProtocolError`` `too-large`; or if the libraries fail.
  public mutating func finish(key: SigningKey?) throws(ProtocolError) -> [UInt8] {
    guard let hash = Hash256(bytes: Array(hasher.finalize())) else {
      throw ProtocolError(.malformed, "the cryptography library gave no hash of 32 bytes")
    }
    var seal: [String: Value] = ["hash": .string(hash.text)]
    if let key {
      seal["sig"] = .string(try key.sign(Hash256(.bundle, hash.bytes)).text)
    }
    let members = seal.map { Value.Map.Member(key: $0.key, value: $0.value) }
      .sorted { $0.key < $1.key }
    try put(Self.line("seal", Value.Map(members).map { .map($0) } ?? .list([])))
    try put(Self.line("end", .object([:])))
    try close()
    return file
  }

  private mutating func put(_ bytes: [UInt8]) throws(ProtocolError) {
    if !member.isEmpty, member.count + bytes.count > Self.memberBytes { try close() }
    size += bytes.count
    guard size <= Limits.bundleBytes else { throw Self.tooLarge }
    hasher.update(data: bytes)
    member += bytes
  }

  private mutating func close() throws(ProtocolError) {
    file += try Gzip.compress(member)
    member = []
    guard file.count <= Limits.bundleFileBytes else { throw Self.tooLarge }
  }

  private static func line(_ name: String, _ value: Value) -> [UInt8] {
    var bytes = Array("{\"\(name)\":".utf8)
    value.appendCanonical(to: &bytes)
    bytes += "}\n".utf8
    return bytes
  }

  private static let tooLarge = ProtocolError(
    .tooLarge,
    "this is more than one bundle takes; export visit by visit"
  )
}
