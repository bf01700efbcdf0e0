import Convergence
import Foundation
import SyncProtocol
import Testing

@Suite("Vectors of Swift origin")
struct SwiftVectorTests {
  /// `FIELDBOOK_WRITE_VECTORS=1` writes them; files of the other side are never touched.
  @Test(
    "They are made again byte for byte",
    .enabled(if: signsAlike, "The cryptography of this system signs with chance.")
  )
  func regenerate() throws {
    let made =
      try EncodingVectors.all() + SealedVectors.all() + VisitVectors.all()
      + BundleVectors.all()
    #expect(made.count >= 80)
    #expect(Set(made.map(\.path)).count == made.count)
    let stored = try Self.stored()
    guard ProcessInfo.processInfo.environment["FIELDBOOK_WRITE_VECTORS"] == "1" else {
      #expect(stored.keys.sorted() == made.map(\.path).sorted())
      for file in made {
        #expect(stored[file.path] == file.bytes, "\(file.path) would come out otherwise")
      }
      return
    }
    for path in stored.keys where !made.contains(where: { $0.path == path }) {
      try FileManager.default.removeItem(at: Repository.vectors.appendingPathComponent(path))
    }
    for file in made where stored[file.path] != file.bytes {
      let url = Repository.vectors.appendingPathComponent(file.path)
      try Data(file.bytes).write(to: url, options: .atomic)
    }
  }

  /// Whether a key signs the same twice, as RFC 8032 says; CryptoKit on Apple's systems does not.
  private static var signsAlike: Bool {
    let hash = Names.visit.bits.bytes
    let key = Names.key(1)
    let signatures = (0..<2).map { _ in try? key.sign(Hash256.plain(hash)) }
    return signatures[0] == signatures[1]
  }

  /// The files numbered below 500, by path.
  private static func stored() throws -> [String: [UInt8]] {
    var stored: [String: [UInt8]] = [:]
    let kinds = try FileManager.default.contentsOfDirectory(atPath: Repository.vectors.path)
    for kind in kinds where !kind.contains(".") {
      let folder = Repository.vectors.appendingPathComponent(kind)
      for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
        guard let number = Int(name.prefix(3)), number < 500 else { continue }
        stored["\(kind)/\(name)"] = Array(try Data(contentsOf: folder.appendingPathComponent(name)))
      }
    }
    return stored
  }
}
