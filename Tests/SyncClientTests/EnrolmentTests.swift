import AssessmentModel
import Convergence
import OperationStore
import SyncClient
import SyncProtocol
import SyncServer
import Testing

@Suite("Enrolling a device")
struct EnrolmentTests {
  @Test("An enrolment is kept, and read again from the store")
  func kept() throws {
    let lab = try Lab()
    let device = try lab.device(of: 0, key: 0)
    #expect(try Enrolment(device.store) == device.enrolment)
    #expect(try device.store.ownReplica() == device.enrolment.replica)
  }

  @Test("A server whose identity is not the code's is not trusted, and nothing is kept")
  func otherServer() throws {
    let lab = try Lab()
    let key = try Lab.key(3, 5)
    let code = try lab.service.issueCode(
      for: Lab.person(0),
      secret: [UInt8](repeating: 4, count: 10),
      store: lab.store
    )
    let request = try EnrolRequest(code: code, key: key, deviceName: "tablet")
    let answer = try lab.service.enrol(request, now: 0, store: lab.store)
    let other = try #require(
      EnrolmentCode(secret: code.secret, fingerprint: [UInt8](repeating: 9, count: 10))
    )
    let store = try OperationStore(.memory, meaning: .assessment)
    let failure = #expect(throws: SyncFailure.self) {
      _ = try Enrolment(
        answer: answer,
        code: other,
        key: key,
        server: "memory",
        deviceName: "tablet",
        store: store
      )
    }
    #expect(failure?.code == .untrustedServer)
    #expect(try Enrolment(store) == nil)
    #expect(try store.ownReplica() == nil)
  }

  @Test("An answer without a certificate of this device is refused")
  func withoutCertificate() throws {
    let lab = try Lab()
    let key = try Lab.key(3, 6)
    let code = try lab.service.issueCode(
      for: Lab.person(0),
      secret: [UInt8](repeating: 5, count: 10),
      store: lab.store
    )
    let request = try EnrolRequest(code: code, key: key, deviceName: "tablet")
    let answer = try lab.service.enrol(request, now: 0, store: lab.store)
    let store = try OperationStore(.memory, meaning: .assessment)
    #expect(throws: SyncFailure.self) {
      _ = try Enrolment(
        answer: [answer[0], answer[2], .end],
        code: code,
        key: key,
        server: "memory",
        deviceName: "tablet",
        store: store
      )
    }
    #expect(try Enrolment(store) == nil)
  }
}
