import AssessmentModel
import Convergence
import Foundation
import OperationStore
import SyncClient
import SyncProtocol
import SyncServer

/// The device's side: a pull applied, every signature checked, durable.
enum ClientMeasures {
  static func run(_ workload: Workload, folder: String) throws {
    let server = try OperationStore(.file("\(folder)/server.sqlite"), meaning: .assessment)
    let service = Service(keys: workload.keys)
    let visit = workload.visits[0]
    let key = try Workload.key(9, 0)
    let person = visit.devices[0].person
    let certificate = Certificate(
      key: key.publicKey,
      holder: .device(person: person, deviceName: "laptop"),
      name: "Reviewer",
      issuer: workload.keys.identity.publicKey,
      clock: 0
    )
    let sealed = try certificate.sealed(by: workload.keys.identity)
    try server.transaction { () throws(StoreError) in
      _ = try server.admit(sealed, identity: workload.keys.identity.publicKey)
    }
    let caller = Caller(certificate: certificate)
    let device = try OperationStore(.file("\(folder)/device.sqlite"), meaning: .assessment)
    let enrolment = try enrol(device, caller, sealed, workload, server)
    var session = SyncSession(
      enrolment: enrolment,
      key: key,
      visits: [visit.id],
      client: "benchmark",
      model: 1
    )
    var applied = 0.0
    while try session.next(store: device, now: 0, token: .zero) != nil {
      let cursor = try device.cursor(of: visit.id)?.cursor
      let epoch = Epoch(bits: Bits128(high: 7, low: 7))
      let hello = HelloAnswer(time: 0, epoch: epoch, state: .ok, server: "")
      let page = try service.page(of: visit.id, after: cursor, for: caller, store: server)
      let body = Frame.body([.hello(hello.value)] + page + [.end])
      applied += try Figures.time { try session.receive(body, store: device, now: 0) }
    }
    let operations = session.report.operationsReceived
    print(
      """
      pull applied by a device, \(session.report.batchesReceived) signatures checked, durable: \
      \(Figures.rate(operations, applied)) (\(operations) operations in \
      \(session.report.roundTrips) round trips, \(Figures.milliseconds(applied)))
      """
    )
    let read = try Figures.time {
      _ = VisitView(
        cells: try device.cells(of: visit.id),
        framework: nil,
        hasSeen: { _, _ in false }
      )
    }
    print("view of that visit from its cells: \(Figures.milliseconds(read))")
  }

  private static func enrol(
    _ device: OperationStore,
    _ caller: Caller,
    _ sealed: SealedCertificate,
    _ workload: Workload,
    _ server: OperationStore
  ) throws -> Enrolment {
    guard
      let code = EnrolmentCode(
        secret: [UInt8](repeating: 0, count: 10),
        fingerprint: workload.keys.identity.publicKey.fingerprint
      ),
      let authority = try server.sealedCertificate(
        of: Service(keys: workload.keys).authority(server).publicKey.replicaID
      )
    else { throw CocoaError(.coderInvalidValue) }
    let enrolled = Frame.Enrolled(
      identity: workload.keys.identity.publicKey,
      server: "Benchmark",
      epoch: Epoch(bits: Bits128(high: 7, low: 7)),
      person: caller.person,
      name: "Reviewer"
    )
    try device.addVisit(workload.visits[0].id)
    return try Enrolment(
      answer: [.enrolled(enrolled), .certificate(sealed), .certificate(authority), .end],
      code: code,
      key: try Workload.key(9, 0),
      server: "memory",
      deviceName: "laptop",
      store: device
    )
  }
}
