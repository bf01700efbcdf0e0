import Convergence
import SyncProtocol
import Testing

@Suite("Verified batches")
struct VerifiedBatchTests {
  private func sealed(_ line: [UInt8], by key: Int = 1) throws -> SealedBatch {
    SealedBatch(line: line, signature: try Samples.key(key).sign(Hash256(.batch, line)))
  }

  private func code(_ sealed: SealedBatch, held: Certificate?) -> ProtocolError.Code? {
    do throws(ProtocolError) {
      _ = try VerifiedBatch(sealed) { $0 == held?.replica ? held : nil }
      return nil
    } catch {
      return error.code
    }
  }

  @Test("Bytes, signature and certificate make one")
  func verified() throws {
    let certificate = try Samples.certificate(1)
    let sealed = try sealed(Samples.batchLine())
    let verified = try VerifiedBatch(sealed) { _ in certificate }
    #expect(verified.hash == Hash256(.batch, sealed.line))
    #expect(verified.person == certificate.person)
    #expect(verified.batch == (try Batch(line: sealed.line)))
  }

  @Test("The first failure decides: reading, then the certificate, then the signature")
  func order() throws {
    let certificate = try Samples.certificate(1)
    let good = try sealed(Samples.batchLine())
    let forged = try sealed(Samples.batchLine(), by: 2)
    #expect(code(good, held: certificate) == nil)
    #expect(code(forged, held: certificate) == .signature)
    #expect(code(forged, held: nil) == .certificate)
    #expect(code(try sealed(Samples.batchLine(["ops": "[]"])), held: nil) == .malformed)
    #expect(code(try sealed(Samples.batchLine(["v": "0"])), held: nil) == .version)
    let large = [UInt8](repeating: UInt8(ascii: " "), count: Limits.batchLineBytes + 1)
    #expect(code(try sealed(large), held: nil) == .tooLarge)
  }

  @Test("One changed byte of the line or the signature is noticed")
  func changed() throws {
    let certificate = try Samples.certificate(1)
    let good = try sealed(Samples.batchLine(["x": "\"a\""]))
    let at = try #require(good.line.lastIndex(of: UInt8(ascii: "a")))
    var line = good.line
    line[at] = UInt8(ascii: "b")
    let changed = SealedBatch(line: line, signature: good.signature)
    #expect(code(changed, held: certificate) == .signature)
  }
}
