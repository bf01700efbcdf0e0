import AssessmentModel
import Convergence
import OperationStore
import SyncClient
import SyncProtocol
import SyncServer
import Testing

/// Servers whose store was put back or changed, and nobody told.
///
/// Each story of a peer that lost data so stands at the head of its test.
@Suite("A server that goes back in time without saying so")
struct ServerRollbackTests {
  private func epoch(_ lab: Lab) throws -> Epoch { try lab.service.epoch(lab.store) }

  // Story D (medic/cht-core#4146), C (couchbase/sync_gateway#2419).
  @Test("A truncated server is told by the head that it signed, and begins a new history by itself")
  func truncated() throws {
    let devices = try Lab().synced()
    let lab = try Lab.backup()
    let report = try lab.sync(devices[0])
    #expect(report.wentBack && report.hasNewHistory)
    #expect(lab.histories == 1)
    #expect(try epoch(lab) != Lab.epoch)
    #expect(try lab.sync(devices[1]).hasNewHistory)
    try lab.expectSame(devices)
  }

  @Test("A server with as many batches but other ones is found out in the same way")
  func rewritten() throws {
    let devices = try Lab().synced()
    let lab = try Lab.backup()
    let third = try lab.device(of: 2, key: 2)
    try lab.sync(third)
    for ref in ["xr-101", "xr-102"] {
      try third.judge(ref, .met)
      try lab.sync(third)
    }
    #expect(try lab.store.logDigest(of: lab.visit).position == 3)
    #expect(try lab.sync(devices[0]).wentBack)
    #expect(lab.histories == 1)
    for device in devices + [third] { try lab.sync(device) }
    for device in devices + [third] { try lab.sync(device) }
    try lab.expectSame(devices + [third])
    #expect(try lab.store.logDigest(of: lab.visit).position == 5)
  }

  @Test("A server that was replaced by last week's copy and has gone on since is found out, too")
  func lastWeek() throws {
    let devices = try Lab().synced()
    let lab = try Lab.backup()
    let third = try lab.device(of: 2, key: 2)
    try lab.sync(third)
    for number in 1...6 {
      try third.judge("xr-10\(number)", .met)
      try lab.sync(third)
    }
    #expect(try lab.sync(devices[1]).wentBack)
    #expect(lab.histories == 1)
    for device in devices + [third] { try lab.sync(device) }
    for device in devices + [third] { try lab.sync(device) }
    try lab.expectSame(devices + [third])
  }

  @Test("Without a head that it signed a server changes nothing, and gets everything all the same")
  func noProof() throws {
    let devices = try Lab().synced()
    let lab = try Lab.backup()
    for device in devices { try device.store.setDocument("head", lab.visit.text, nil) }
    #expect(try lab.sync(devices[0]).wentBack)
    #expect(lab.histories == 0)
    #expect(try epoch(lab) == Lab.epoch)
    try lab.sync(devices[1])
    try lab.expectSame(devices)
  }

  // Story C (opensrp-client-core#817, MattFaz/actuali#188): "done" although the other side
  // lacked something.
  @Test("An acknowledged batch that the server lost is missed, though no cursor ever reached it")
  func acknowledgedAndLost() throws {
    let first = try Lab()
    let device = try first.device(of: 0, key: 0)
    try first.sync(device)
    try device.judge("xr-304", .met)
    var session = device.session()
    let body = try #require(
      try session.next(store: device.store, now: first.now, token: device.token())
    )
    let answer = try first.answer(body, from: device)
    // The result arrives, the page behind it does not.
    let frames = try FrameReader.frames(of: answer).frames
    try session.receive(Frame.body(frames.prefix(2)), store: device.store, now: first.now)
    try device.expectQuiet()
    let lab = try Lab.backup(1)
    let report = try lab.sync(device)
    #expect(report.wentBack)
    try lab.expectSame([device])
    #expect(try lab.store.logDigest(of: lab.visit).position == 2)
  }

  @Test("A log that is shorter than what it acknowledged has lost something")
  func tooShort() throws {
    let lab = try Lab()
    let devices = try lab.synced()
    try devices[0].judge("xr-101", .met)
    let (key, store) = (devices[0].key, devices[0].store)
    try store.transaction { () throws(StoreError) in
      try store.seal(lab.visit, key: key, received: lab.now)
      // Whatever made it so: the server has never heard of it.
      for entry in try store.unsent(of: lab.visit) { try store.markSent(entry.hash, of: lab.visit) }
    }
    try devices[0].expectQuiet()
    #expect(try lab.sync(devices[0]).wentBack)
    try lab.sync(devices[1])
    try lab.expectSame(devices)
  }

  @Test("A device that has only greeted since the backup stays who it is, and is not called a copy")
  func greetedSince() throws {
    let lab = try Lab()
    let devices = try lab.synced()
    let key = devices[0].enrolment.replica.text
    let backup = try lab.store.document("device", key)
    for _ in 1...2 { #expect(try lab.sync(devices[0]).state == .ok) }
    try lab.store.transaction { () throws(StoreError) in
      try lab.store.setDocument("device", key, backup)
    }
    let report = try lab.sync(devices[0])
    #expect(report.wentBack && report.retire == nil)
    // Nothing of the log is lost: there is no proof, and no need of a new history.
    #expect(lab.histories == 0)
    #expect(try lab.sync(devices[0]).wentBack == false)
    try lab.expectSame(devices)
  }

  @Test("What was acknowledged before any page was read is not lost by a restore")
  func acknowledgedWithoutCursor() throws {
    let first = try Lab()
    let (giver, taker) = (try first.device(of: 0, key: 0), try first.device(of: 1, key: 1))
    try first.sync(giver)
    // The visit comes by hand; the first answer breaks off behind the results.
    let entries = try giver.store.entries(of: first.visit, after: 0).entries
    for entry in entries {
      let verified = try VerifiedBatch(entry.sealed) { try? taker.store.certificate(of: $0) }
      _ = try taker.store.transaction { () throws(StoreError) in
        try taker.store.admit(verified, received: 0)
      }
    }
    try taker.judge("xr-304", .met)
    var session = taker.session()
    let body = try #require(
      try session.next(store: taker.store, now: first.now, token: taker.token())
    )
    let frames = try FrameReader.frames(of: try first.answer(body, from: taker)).frames
    let results = frames.prefix { frame in
      guard case .certificate = frame else { return true }
      return false
    }
    try session.receive(Frame.body(results), store: taker.store, now: first.now)
    try taker.expectQuiet()
    let lab = try Lab.restored()
    #expect(try lab.sync(taker).hasNewHistory)
    try lab.expectSame([taker])
  }

  @Test("A signed head behind an earlier one of the same history is proof, and is brought as such")
  func earlierHead() throws {
    let lab = try Lab()
    let devices = try lab.synced()
    // The device's cursor goes back, as a cut answer leaves it; the head it was shown does not.
    try devices[0].store.setCursor(
      of: lab.visit,
      epoch: Lab.epoch,
      digest: try lab.store.logDigest(of: lab.visit, at: 1)
    )
    let old = try Lab.backup()
    let report = try old.sync(devices[0])
    #expect(report.wentBack)
    #expect(old.histories == 1)
    try old.expectSame([devices[0]])
  }

  @Test("A removed member whose acknowledged work the server lost brings it again")
  func removedAndLost() throws {
    let first = try Lab()
    let devices = try (0..<2).map { try first.device(of: $0, key: $0) }
    for device in devices { try first.sync(device) }
    try first.remove(1)
    try devices[1].judge("xr-101", .met)
    #expect(try first.sync(devices[1]).remarks.map(\.outcome.code) == ["held"])
    // The server as it was between the removal and that work.
    let lab = try Lab.backup(2)
    try lab.remove(1)
    #expect(try lab.store.logDigest(of: lab.visit).position == 2)
    let report = try lab.sync(devices[1])
    #expect(report.wentBack)
    #expect(try lab.store.logDigest(of: lab.visit).position == 3)
    #expect(try lab.sync(devices[1]).roundTrips == 1)
  }
}
