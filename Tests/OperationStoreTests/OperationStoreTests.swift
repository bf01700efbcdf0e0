import Convergence
import Foundation
import OperationStore
import SyncProtocol
import Testing

@Suite("Transactions")
struct TransactionTests {
  private struct Stop: Error {}

  @Test("A transaction that throws leaves no trace", arguments: StoreKind.allCases)
  func rollback(kind: StoreKind) throws {
    try kind.withLocation { location in
      let device = try Device(1, location)
      try device.write(Device.title("first"))
      try device.seal()
      let before = try device.picture()
      #expect(throws: StoreError.self) {
        try device.store.transaction { () throws(StoreError) in
          try device.store.setDocument("setting", "a", .int(1))
          _ = try device.store.write([Device.title("second")], to: device.visit, clock: 0)
          try device.store.seal(device.visit, key: Names.key(1), received: 0)
          throw StoreError(.refused, "stop")
        }
      }
      #expect(try device.picture() == before)
      try device.write(Device.title("third"))
      #expect(try device.titles() == ["first", "third"])
    }
  }

  /// The inner part had written, sealed and admitted before it failed; the outer one goes on.
  @Test(
    "A part that fails alone leaves no trace, in memory or in the file",
    arguments: StoreKind.allCases
  )
  func savepoint(kind: StoreKind) throws {
    let other = try Device(2)
    try other.write(Device.title("other"))
    try other.seal()
    let foreign = try other.batches()[0]
    try kind.withLocation { location in
      let device = try Device(1, location)
      let store = device.store
      let certificate = try store.certificate(of: Names.replica(2))
      let verified = try VerifiedBatch(foreign) { _ in certificate }
      try store.transaction { () throws(StoreError) in
        try store.setDocument("setting", "kept", .int(1))
        _ = try store.write([Device.title("kept")], to: device.visit, clock: 0)
        let failure = Result { () throws(StoreError) in
          try store.transaction { () throws(StoreError) in
            try store.setDocument("setting", "lost", .int(1))
            _ = try store.write([Device.title("lost")], to: device.visit, clock: 0)
            try store.seal(device.visit, key: Names.key(1), received: 0)
            _ = try store.admit(verified, received: 0)
            throw StoreError(.refused, "stop")
          }
        }
        guard case .failure = failure else { throw StoreError(.fault, "the part did not fail") }
        try store.transaction { () throws(StoreError) in
          try store.setDocument("setting", "kept too", .int(1))
        }
        try store.seal(device.visit, key: Names.key(1), received: 0)
      }
      #expect(try device.titles() == ["kept"])
      #expect(try device.picture().settings == ["kept", "kept too"])
      #expect(try device.picture().log.position == 1)
      #expect(try device.admit(foreign) == .ok(position: 2))
      guard case .file = location else { return }
      let again = try Device(1, location)
      #expect(try again.picture() == device.picture())
    }
  }

  @Test("A second process's write is seen by the next transaction and the next snapshot")
  func twoWriters() throws {
    try StoreKind.file.withLocation { location in
      let (one, two) = (try Device(1, location), try Device(1, location))
      try one.write(Device.title("one"))
      #expect(try two.write(Device.title("two")).map(\.counter) == [2])
      #expect(try one.write(Device.title("three")).map(\.counter) == [3])
      #expect(try two.seal() == 1)
      #expect(try one.picture() == two.picture())
      #expect(try one.picture().open == 0)
      #expect(try one.titles() == ["one", "three", "two"])
    }
  }

  @Test("A reader beside the writer sees whole transactions, and one moment in a snapshot")
  func reader() throws {
    try StoreKind.file.withLocation { location in
      let device = try Device(1, location)
      try device.write(Device.title("one"))
      let reader = try OperationStore(location, meaning: .inertTitles, isReadOnly: true)
      func titles() throws(StoreError) -> Int {
        try reader.cells(of: device.visit)[CellKey(.named("visit"), "title")].siblings.count
      }
      try device.store.transaction { () throws(StoreError) in
        _ = try device.store.write([Device.title("two")], to: device.visit, clock: 0)
        guard try titles() == 1 else { throw StoreError(.fault, "an open transaction is seen") }
      }
      #expect(try titles() == 2)
      try reader.snapshot { () throws(StoreError) in
        let before = try reader.stateDigest(of: device.visit)
        do {
          try device.write(Device.title("three"))
        } catch {
          throw StoreError(.fault, "\(error)")
        }
        let after = try reader.stateDigest(of: device.visit)
        guard before == after else { throw StoreError(.fault, "a snapshot moved") }
      }
      #expect(try titles() == 3)
    }
  }

  @Test("A store opened for reading refuses to be written, and to be made")
  func readOnly() throws {
    try StoreKind.file.withLocation { location in
      let missing = #expect(throws: StoreError.self) {
        try OperationStore(location, meaning: .inertTitles, isReadOnly: true)
      }
      #expect(missing?.code == .notPermitted)
      let device = try Device(1, location)
      let before = try device.picture()
      let reader = try OperationStore(location, meaning: .inertTitles, isReadOnly: true)
      let refused = #expect(throws: StoreError.self) {
        try reader.transaction { () throws(StoreError) in
          try reader.setDocument("setting", "a", .int(1))
        }
      }
      #expect(refused?.code == .notPermitted)
      #expect(try device.picture() == before)
    }
  }

  @Test("A file is written with full synchronisation, and is sound")
  func settings() throws {
    try StoreKind.file.withLocation { location in
      let device = try Device(1, location)
      #expect(try device.store.synchronousSetting() == 2)
      #expect(try device.store.integrityProblems() == [])
    }
  }

  @Test("A folder that does not exist is named, not made")
  func noFolder() {
    let error = #expect(throws: StoreError.self) {
      try OperationStore(.file("/nowhere/at/all/store"), meaning: .inertTitles)
    }
    #expect(error?.code == .notPermitted)
  }
}
