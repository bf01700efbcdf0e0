import AssessmentModel
import Convergence
import Foundation
import OperationStore
import SyncClient
import SyncProtocol
import SyncServer
import TestSupport
import Testing

@Suite("Devices that were copied, put back or forgotten")
struct RetirementTests {
  /// A device of the first person in a file, and a copy of it made after `before`.
  private func copied(
    _ lab: Lab,
    _ folder: URL,
    before: (Device) throws -> Void
  ) throws -> (one: Device, copy: Device) {
    let path = folder.appendingPathComponent("one").path
    let one = try lab.device(of: 0, key: 0, at: .file(path))
    try lab.carry(one)
    try before(one)
    return (one, try lab.copy(one, path, to: folder.appendingPathComponent("copy").path, 1))
  }

  /// Everybody syncs until nobody has anything to say, and all hold the same.
  private func settle(_ lab: Lab, _ devices: [Device]) throws {
    for _ in 0..<3 {
      for device in devices { try lab.carry(device) }
    }
    let state = try lab.store.stateDigest(of: lab.visit)
    for device in devices {
      try device.expectQuiet()
      let last = try lab.carry(device)
      #expect(last.retirements.isEmpty && last.report.operationsReceived == 0)
      #expect(try device.digest() == state)
    }
    let verdict = try lab.service.verify(lab.visit, store: lab.store, meaning: .assessment)
    #expect(verdict.problems == [])
  }

  private func versions(_ device: Device, _ ref: String) throws -> [String] {
    let key = CellKey(
      .named("standard:qsi/\(ref)"),
      "judgement",
      slot: device.enrolment.person.text
    )
    return try device.store.cells(of: device.visit)[key].siblings.compactMap {
      $0.value["is"]?.string
    }
  }

  // tursodatabase/turso#8129, the store copied.
  @Test("A copy with five unsealed taps synced by both halves counts five (failure list 11)")
  func fiveTaps() throws {
    try withFolder { folder in
      let lab = try Lab()
      let refs = (1...5).map { "xr-10\($0)" }
      let (one, copy) = try copied(lab, folder) { one in
        for ref in refs { try one.judge(ref, .met) }
      }
      // So that both seal other bytes.
      try one.judge("xr-304", .met)
      try copy.judge("xr-304", .notMet)
      try lab.carry(one)
      let carried = try lab.carry(copy)
      #expect(carried.retirements.map(\.former) == [one.enrolment.replica])
      #expect(carried.retirements.allSatisfy { $0.reason != .refused })
      try settle(lab, [one, copy])
      for ref in refs { #expect(try versions(one, ref) == ["met"]) }
      // One reviewer on two devices is not a dispute, and both views are there to choose from.
      #expect(try versions(one, "xr-304").sorted() == ["met", "not-met"])
      let effective = try one.store.history(of: lab.visit).entries.count {
        $0.operation.person == one.enrolment.person && $0.effect == .effective
      }
      #expect(effective == 7)
      #expect(Set([one.enrolment.replica, copy.enrolment.replica]).count == 2)
      for device in [one, copy] { try device.judge("xr-305", .met) }
      try settle(lab, [one, copy])
    }
  }

  @Test("What a copy had not sealed moves to the successor and counts once")
  func unsealed() throws {
    try withFolder { folder in
      let lab = try Lab()
      let (one, copy) = try copied(lab, folder) { one in
        for number in 1...5 { try one.judge("xr-10\(number)", .met) }
      }
      try one.judge("xr-304", .met)
      try lab.carry(one)
      try copy.judge("xr-305", .met)
      // It is told before it seals anything, as by `doctor` or a file.
      let shown = try copy.digest()
      #expect(try lab.retire(copy, because: .cloned).moved == 6)
      #expect(try copy.digest() == shown)
      try settle(lab, [one, copy])
      let effective = try one.store.history(of: lab.visit).entries.count {
        $0.operation.person == one.enrolment.person && $0.effect == .effective
      }
      #expect(effective == 7)
    }
  }

  // tursodatabase/turso#8129, the store put back.
  @Test(
    """
    A device that was put back takes its own work in again and goes on under another name \
    (failure list 11)
    """
  )
  func restored() throws {
    try withFolder { folder in
      let lab = try Lab()
      let (one, old) = try copied(lab, folder) { _ in }
      try one.judge("xr-304", .met)
      try one.judge("xr-101", .notMet)
      try lab.carry(one)
      // The disk of `one` is gone; what is left is the backup, and the reviewer goes on with it.
      try old.judge("xr-102", .met)
      let carried = try lab.carry(old)
      #expect(carried.retirements.map(\.reason) == [.restored])
      #expect(try versions(old, "xr-304") == ["met"])
      #expect(try versions(old, "xr-102") == ["met"])
      try old.judge("xr-304", .notMet)
      try settle(lab, [old])
      #expect(try versions(old, "xr-304") == ["not-met"])
      #expect(try Retirement.records(in: old.store).map(\.reason) == [.restored])
    }
  }

  @Test("A third device that imported the losing branch of a fork by file is never stuck")
  func losingBranch() throws {
    try withFolder { folder in
      let lab = try Lab()
      let third = try lab.device(of: 1, key: 1)
      try lab.carry(third)
      let (one, copy) = try copied(lab, folder) { try $0.judge("xr-101", .met) }
      try one.judge("xr-304", .met)
      try copy.judge("xr-304", .notMet)
      // The server hears the one branch, the third device the other, whose device is then lost.
      try lab.carry(one)
      try lab.hand(from: copy, to: third)
      try third.judge("xr-304", .notApplicable)
      let carried = try lab.carry(third)
      #expect(carried.retirements.isEmpty)
      #expect(carried.report.remarks.map(\.outcome.code) == ["fork"])
      try third.judge("xr-305", .met)
      try settle(lab, [third, one])
      #expect(try versions(third, "xr-304") == ["not-applicable"])
      #expect(try versions(one, "xr-304").sorted() == ["met", "not-met"])
      // Its author learned of the other half, and goes on too.
      #expect(try Retirement.records(in: one.store).count == 1)
    }
  }

  @Test("Its own other half, taken in from a file, makes a device go on under another name")
  func forkByFile() throws {
    try withFolder { folder in
      let lab = try Lab()
      let (one, copy) = try copied(lab, folder) { try $0.judge("xr-101", .met) }
      try one.judge("xr-304", .met)
      try copy.judge("xr-304", .notMet)
      try lab.hand(from: copy, to: one)
      #expect(try DeviceCondition(one.store) == .mustRetire(.forked))
      #expect(throws: StoreError.self) { try one.judge("xr-305", .met) }
      let shown = try one.digest()
      try lab.retire(one, because: .forked)
      #expect(try one.digest() == shown)
      #expect(try DeviceCondition(one.store) == .unconfirmed)
      try one.judge("xr-305", .met)
      try settle(lab, [one, copy])
      #expect(try DeviceCondition(one.store) == .ready)
    }
  }

  @Test("A lost answer to hello does not make an honest device a clone, whichever answer is lost")
  func lostAnswer() throws {
    var total = 1
    var k = 0
    while k <= total {
      let lab = try Lab()
      let device = try lab.device(of: 0, key: 0)
      var seen = 0
      for ref in ["xr-304", "xr-101", "xr-102"] {
        let carried = try lab.carry(device, losing: [k - seen])
        seen += carried.requests
        #expect(carried.retirements.isEmpty && carried.report.state == .ok, "answer \(k)")
        try device.judge(ref, .met)
      }
      let last = try lab.carry(device)
      #expect(last.retirements.isEmpty && last.report.state == .ok)
      try device.expectQuiet()
      #expect(try device.digest() == lab.store.stateDigest(of: lab.visit))
      total = max(total, seen)
      k += 1
    }
    print("an answer lost at every k from 1 to \(total)")
    #expect(total >= 6)
  }

  @Test("A device whose own batch is refused keeps its bytes and goes on with what follows")
  func refusedBatch() throws {
    let lab = try Lab()
    let (device, other) = (try lab.device(of: 0, key: 0), try lab.device(of: 1, key: 1))
    try lab.carry(device)
    try device.judge("xr-304", .met)
    var session = device.session()
    _ = try session.next(store: device.store, now: lab.now, token: device.token())
    let sent = try #require(try device.store.unsent(of: lab.visit).first)
    let refusal = BatchResult(
      visit: lab.visit,
      replica: sent.replica,
      number: sent.number,
      outcome: .bad(.malformed)
    )
    try session.receive(
      Frame.body([.result(refusal), .end]),
      store: device.store,
      now: lab.now
    )
    #expect(session.report.retire == .refused)
    #expect(try session.next(store: device.store, now: lab.now, token: device.token()) == nil)
    try device.judge("xr-101", .met)
    let carried = try lab.carry(device)
    #expect(carried.retirements.map(\.reason) == [.refused])
    #expect(carried.retirements.map(\.moved) == [1])
    #expect(try device.store.rescuedCount(of: lab.visit) == 1)
    #expect(try versions(device, "xr-304") == [] && versions(device, "xr-101") == ["met"])
    try settle(lab, [device, other])
  }

  @Test("A server that does not know a replica takes its certificates, and its person, from it")
  func unknown() throws {
    let lab = try Lab()
    let device = try lab.device(of: 0, key: 0)
    try lab.carry(device)
    try device.judge("xr-304", .met)
    // The same server, put back to before the device was enrolled and its person known.
    let old = try Lab()
    try old.store.setDocument("person", Lab.person(0).text, nil)
    let carried = try old.carry(device)
    #expect(carried.retirements.isEmpty)
    try settle(old, [device])
    #expect(try old.store.certificate(of: device.enrolment.replica) != nil)
    #expect(try old.store.document("person", Lab.person(0).text)?["name"]?.string == "Person 0")
  }

  @Test("A server of another identity takes nobody's certificates")
  func stranger() throws {
    let lab = try Lab()
    let device = try lab.device(of: 0, key: 0)
    try lab.carry(device)
    let other = try Lab(identity: 77)
    let failure = #expect(throws: SyncFailure.self) { try other.carry(device) }
    #expect(failure?.problem == .credential)
    #expect(try other.store.certificate(of: device.enrolment.replica) == nil)
  }

  @Test("Enrolled again without its old key, a device keeps what it had not sealed")
  func keyLost() throws {
    let lab = try Lab()
    let device = try lab.device(of: 0, key: 0)
    try lab.carry(device)
    try device.judge("xr-304", .met)
    let shown = try device.digest()
    let next = try lab.enrol(device, of: 0, key: 7)
    #expect(try next.digest() == shown)
    try settle(lab, [next])
    #expect(try versions(next, "xr-304") == ["met"])
    let failure = #expect(throws: SyncFailure.self) {
      try next.judge("xr-305", .met)
      _ = try lab.enrol(next, of: 1, key: 8)
    }
    #expect(failure?.code == .notEnrolled)
    #expect(failure?.message.contains("another folder") == true)
  }
}
