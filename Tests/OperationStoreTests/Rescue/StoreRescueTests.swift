import AssessmentModel
import Convergence
import Foundation
import OperationStore
import SyncProtocol
import TestSupport
import Testing

@Suite("Saving what a damaged store holds")
struct StoreRescueTests {
  /// A store as a device has it after some days, and what is in it.
  private struct Patient {
    let file: [UInt8]
    let log: [UInt8]
    let lines: Set<[UInt8]>
    let certificates: Set<SealedCertificate>
    let open: [Int64]
  }

  private static let pageSize = 2048

  /// Makes a store of so many batches, of long and short lines, with two operations open.
  private static func patient(in folder: URL, isCheckpointed: Bool) throws -> Patient {
    let path = folder.appendingPathComponent("store.sqlite").path
    let server = try Carrier.server()
    let (device, other) = (try Carrier(1, at: .file(path)), try Carrier(2))
    for carrier in [device, other] { try carrier.take(try server.file()) }
    for round in 0..<12 {
      let writer = round % 2 == 0 ? device : other
      for standard in 0..<(round % 4 == 3 ? 40 : 2) {
        try writer.judge("S\(standard)", round % 3 == 0 ? "met" : "not-met")
      }
      try writer.seal()
      if writer.number == 2 { try device.take(try other.file()) }
    }
    try device.judge("X", "met")
    try device.judge("Y", "met")
    if isCheckpointed { try checkpoint(path) }
    let store = device.store
    let certificates = try store.certificates().compactMap {
      try store.sealedCertificate(of: $0.replica)
    }
    let open = try device.ownBatches().last.map { [$0.lastCounter + 1, $0.lastCounter + 2] }
    func bytes(_ name: String) -> [UInt8] {
      (try? Data(contentsOf: folder.appendingPathComponent(name))).map { Array($0) } ?? []
    }
    return Patient(
      file: bytes("store.sqlite"),
      log: bytes("store.sqlite-wal"),
      lines: Set(try device.lines()),
      certificates: Set(certificates),
      open: open ?? []
    )
  }

  /// Another connection that closes last would put the log back into the file; closing a visit does.
  private static func checkpoint(_ path: String) throws {
    let store = try OperationStore(.file(path), meaning: .assessment)
    let visit = VisitID(bits: Bits128(high: 5, low: 5))
    try store.transaction { () throws(StoreError) in try store.addVisit(visit) }
    _ = try store.removeCopies(of: visit, now: 0)
  }

  /// Puts bytes in a fresh folder and saves what there is.
  private static func salvage(_ file: [UInt8], _ log: [UInt8]) throws -> Salvage {
    try withFolder { folder in
      let url = folder.appendingPathComponent("store.sqlite")
      try Data(file).write(to: url)
      if !log.isEmpty {
        try Data(log).write(to: folder.appendingPathComponent("store.sqlite-wal"))
      }
      return StoreRescue.salvage(path: url.path, file: file, log: log)
    }
  }

  /// Nothing came out that was not in, and everything that does is genuine.
  private static func expectTrue(_ salvage: Salvage, _ patient: Patient) {
    #expect(Set(salvage.batches.map(\.sealed.line)).isSubset(of: patient.lines))
    #expect(Set(salvage.certificates).isSubset(of: patient.certificates))
    #expect(salvage.batches.count == Set(salvage.batches.map(\.sealed.hash)).count)
  }

  @Test("A sound store is saved whole, with its log or without", arguments: [true, false])
  func sound(isCheckpointed: Bool) throws {
    try withFolder { folder in
      let patient = try Self.patient(in: folder, isCheckpointed: isCheckpointed)
      let path = folder.appendingPathComponent("store.sqlite").path
      let salvage = StoreRescue.salvage(path: path, file: patient.file, log: patient.log)
      #expect(Set(salvage.batches.map(\.sealed.line)) == patient.lines)
      #expect(Set(salvage.certificates) == patient.certificates)
      #expect(salvage.open.map(\.counter) == patient.open)
      #expect(salvage.losses.isEmpty)
    }
  }

  @Test(
    "From pages alone, where nothing opens, every batch and certificate is saved",
    arguments: [true, false]
  )
  func pagesAlone(isCheckpointed: Bool) throws {
    try withFolder { folder in
      let patient = try Self.patient(in: folder, isCheckpointed: isCheckpointed)
      let salvage = StoreRescue.salvage(
        path: "/nowhere/at/all",
        file: patient.file,
        log: patient.log
      )
      #expect(Set(salvage.batches.map(\.sealed.line)) == patient.lines)
      #expect(Set(salvage.certificates) == patient.certificates)
      #expect(patient.open.allSatisfy { salvage.open.map(\.counter).contains($0) })
    }
  }

  @Test(
    "With any page destroyed everything outside it is saved, and nothing false",
    arguments: [0, 0xFF]
  )
  func everyPage(fill: UInt8) throws {
    try withFolder { folder in
      let patient = try Self.patient(in: folder, isCheckpointed: true)
      let pages = patient.file.count / Self.pageSize
      #expect(pages > 20)
      var worst = 0
      for page in 0..<pages {
        var file = patient.file
        for index in page * Self.pageSize..<(page + 1) * Self.pageSize { file[index] = fill }
        let salvage = try Self.salvage(file, [])
        Self.expectTrue(salvage, patient)
        let lost = Self.lines(patient.lines, touching: page, of: patient.file)
        let missing = patient.lines.subtracting(salvage.batches.map(\.sealed.line))
        #expect(missing.count <= lost, "page \(page + 1) of \(pages)")
        worst = max(worst, missing.count)
      }
      print(
        "\(pages) pages destroyed in turn; at worst \(worst) of \(patient.lines.count) batches lost"
      )
    }
  }

  /// The most batches that can touch a page: those whose bytes are in part on it.
  private static func lines(_ lines: Set<[UInt8]>, touching page: Int, of file: [UInt8]) -> Int {
    let bytes = Array(file[page * pageSize..<(page + 1) * pageSize])
    return lines.count { line in
      stride(from: 0, to: line.count, by: 16).contains { start in
        let part = line[start..<min(start + 32, line.count)]
        return part.count >= 16 && contains(bytes, Array(part.prefix(16)))
      }
    }
  }

  private static func contains(_ bytes: [UInt8], _ part: [UInt8]) -> Bool {
    guard bytes.count >= part.count else { return false }
    for start in 0...bytes.count - part.count where bytes[start] == part[0] {
      if bytes[start..<start + part.count].elementsEqual(part) { return true }
    }
    return false
  }

  @Test("Cut behind any page, what stands before the cut is saved, and nothing false")
  func everyCut() throws {
    try withFolder { folder in
      let patient = try Self.patient(in: folder, isCheckpointed: true)
      var before = 0
      for pages in 0...patient.file.count / Self.pageSize {
        let salvage = try Self.salvage(Array(patient.file[..<(pages * Self.pageSize)]), [])
        Self.expectTrue(salvage, patient)
        #expect(salvage.batches.count + 1 >= before)
        before = max(before, salvage.batches.count)
      }
      #expect(before == patient.lines.count)
    }
  }

  @Test("With one byte changed, here and there, nothing false comes out")
  func everyByte() throws {
    try withFolder { folder in
      let patient = try Self.patient(in: folder, isCheckpointed: true)
      for index in stride(from: 3, to: patient.file.count, by: 997) {
        var file = patient.file
        file[index] ^= 0x10
        let salvage = try Self.salvage(file, [])
        Self.expectTrue(salvage, patient)
      }
    }
  }

  @Test("A server takes a rescue in, and takes it in again without any change")
  func intoServer() throws {
    try withFolder { folder in
      let patient = try Self.patient(in: folder, isCheckpointed: false)
      let path = folder.appendingPathComponent("store.sqlite").path
      let salvage = StoreRescue.salvage(path: path, file: patient.file, log: patient.log)
      let file = try salvage.bundle(key: Names.key(1), now: 9)
      let server = try Carrier.server()
      let report = try server.take(file)
      #expect(report.closing == .good)
      #expect(report.openOperations == 2)
      #expect(report.refused.isEmpty)
      #expect(Set(try server.lines()) == patient.lines)
      let again = try server.take(file)
      #expect(again.parts.allSatisfy { $0.new == 0 && $0.waiting == 0 })
    }
  }

  @Test("A file that is no store at all gives nothing and does no harm")
  func nothing() throws {
    for file in [[], [UInt8](repeating: 0, count: 9_000), Array("SQLite format 3\0".utf8)] {
      let salvage = try Self.salvage(file, [])
      #expect(salvage.batches.isEmpty)
      #expect(salvage.certificates.isEmpty)
    }
  }
}
