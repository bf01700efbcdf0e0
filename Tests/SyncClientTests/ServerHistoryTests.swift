import AssessmentModel
import Convergence
import OperationStore
import SyncClient
import SyncProtocol
import SyncServer
import Testing

/// Servers that go back in time, with and without saying so.
///
/// A second ``Lab`` is the backup of the first: the same keys make the same bytes.
///
/// Each story of a peer that lost data so stands at the head of its test.
@Suite("A server that goes back in time")
struct ServerHistoryTests {
  // MARK: Restored, and said so

  // medic/cht-core#8093: nobody sent again what the backup lacked.
  @Test(
    """
    One device brings a restored server all that it lacks, others' work too, and no more \
    (failure list 10)
    """
  )
  func restoredOnce() throws {
    let devices = try Lab().synced()
    let lab = try Lab.restored()
    var session = devices[0].session()
    let targets = try lab.carry(&session, of: devices[0])
    #expect(targets == ["/v1/sync", "/v1/reconcile", "/v1/sync"])
    let report = session.report
    #expect(report.hasNewHistory && !report.wentBack)
    // The founding is in the backup; the two judgements are not.
    #expect(report.batchesSent == 2)
    try lab.sync(devices[1])
    try lab.expectSame(devices)
    #expect(try lab.sync(devices[0]).roundTrips == 1)
  }

  // Story D (rocicorp/todo-nextjs#13): pushes ignored, pulls a no-op.
  @Test("Work that nobody had sent when the server was restored goes out as well")
  func unsentWork() throws {
    let devices = try Lab().synced()
    try devices[0].judge("xr-101", .met)
    let lab = try Lab.restored()
    for device in devices { try lab.sync(device) }
    for device in devices { try lab.sync(device) }
    try lab.expectSame(devices)
    #expect(try lab.store.logDigest(of: lab.visit).position == 4)
  }

  // Story D (apache/couchdb#3897): a target made anew was not noticed.
  @Test("A new history has an authority of its own, which devices learn of from the first page")
  func newAuthority() throws {
    let devices = try Lab().synced()
    let lab = try Lab.restored()
    let authority = try lab.service.authority(lab.store).publicKey.replicaID
    #expect(try devices[0].store.certificate(of: authority) == nil)
    try lab.sync(devices[0])
    #expect(try devices[0].store.certificate(of: authority)?.holder == .authority)
    let head = try #require(try devices[0].store.document("head", lab.visit.text)?["line"]?.string)
    #expect(try Head(line: Array(head.utf8)).replica == authority)
  }

  @Test("An answer to reconcile that is cut at any byte k changes nothing, and the next one does")
  func cutAnywhere() throws {
    let lab = try Lab()
    let devices = try lab.synced()
    let restored = try Lab.restored()
    var first = devices[0].session()
    _ = try first.next(store: devices[0].store, now: 0, token: devices[0].token())
    let goesOn = try first.receive(Problem(.epoch, ""), store: devices[0].store)
    #expect(goesOn)
    let body = try #require(
      try first.next(store: devices[0].store, now: 0, token: devices[0].token())
    )
    #expect(first.target == "/v1/reconcile")
    let answer = try restored.answer(body, from: devices[0], at: first.target)
    let before = try devices[0].store.cursor(of: lab.visit)?.cursor
    for k in 0..<answer.count {
      var session = first
      try session.receive(Array(answer.prefix(k)), store: devices[0].store, now: 0)
      #expect(session.wasCut)
      #expect(try devices[0].store.cursor(of: lab.visit)?.cursor == before)
      #expect(try devices[0].store.unsentCounts(of: lab.visit).batches == 0)
    }
    print("cut at every k from 0 to \(answer.count - 1)")
    try first.receive(answer, store: devices[0].store, now: 0)
    #expect(try devices[0].store.unsentCounts(of: lab.visit).batches == 2)
  }

  // Story D (apache/pouchdb#4035, cloudant/sync-android#296): all or nothing, from zero.
  @Test("What the restored server holds of a stream is not sent again")
  func meetsAtTheLastCommonPoint() throws {
    let lab = try Lab()
    let backup = try Lab.backup()
    let one = try lab.device(of: 0, key: 0)
    try lab.sync(one)
    for ref in ["xr-101", "xr-102", "xr-103"] {
      try one.judge(ref, .met)
      try lab.sync(one)
    }
    // The backup holds the founding and the first of the three.
    let entries = try one.store.entries(of: lab.visit, after: 1).entries
    let certificate = Frame.certificate(
      try #require(try one.store.sealedCertificate(of: one.enrolment.replica))
    )
    let caller = Caller(
      certificate: try #require(try backup.store.certificate(of: one.enrolment.replica))
    )
    let push = Push(
      [certificate, .batch(entries[0].sealed, nil)],
      identity: lab.keys.identity.publicKey
    ) {
      try? backup.store.certificate(of: $0)
    }
    _ = try backup.service.admit(
      push,
      from: caller,
      newEpoch: Lab.next,
      now: backup.now,
      store: backup.store
    )
    try backup.service.beginHistory(Lab.next, now: backup.now, store: backup.store)
    #expect(try backup.sync(one).batchesSent == 2)
    try backup.expectSame([one])
  }

  // MARK: Visits that the backup lacks

  @Test("A visit that the backup lacks is made again by the first device that brings its founding")
  func lostVisit() throws {
    let devices = try Lab().synced()
    let lab = try Lab.restored(isFounded: false)
    #expect(try lab.store.visits().isEmpty)
    try lab.sync(devices[1])
    #expect(try lab.store.visits() == [lab.visit])
    try lab.sync(devices[0])
    try lab.expectSame(devices)
  }

  // opengisch/QFieldCloud#551: a push failed and the device believed that it had succeeded.
  @Test(
    """
    A device on two visits, one of which the server does not know, syncs the other \
    (failure list 6)
    """
  )
  func unknownVisit() throws {
    let lab = try Lab()
    let other = VisitID(bits: Bits128(high: 1, low: 2))
    let device = try lab.device(of: 0, key: 0)
    // The server as it was before the second visit was made.
    let backup = try Lab.backup(1)
    try device.store.addVisit(other)
    try lab.found(other, people: 1)
    try lab.sync(device, and: [other])
    try device.judge("xr-304", .met)
    try device.judge("xr-304", .met, in: other)
    var session = device.session(and: [other])
    let body = try #require(
      try session.next(store: device.store, now: backup.now, token: device.token())
    )
    let answer = try backup.answer(body, from: device)
    try session.receive(answer, store: device.store, now: backup.now)
    // The body brought no founding, so nothing makes the visit yet; the other one is not touched.
    #expect(try device.store.unsentCounts(of: lab.visit).batches == 0)
    #expect(try device.store.unsentCounts(of: other).batches == 1)
    #expect(try backup.store.visits() == [lab.visit])
    #expect(try backup.store.logDigest(of: lab.visit).position == 2)
    // The server could not stand by its cursor, so everything is compared, and the visit comes back.
    try backup.carry(&session, of: device)
    #expect(session.report.refusedFrom == [])
    #expect(try backup.store.visits() == [lab.visit, other].sorted())
    #expect(try device.store.unsentCounts(of: other).batches == 0)
  }

  @Test("Work on a visit that the server will not take stays on the device, and is told of")
  func refusedVisit() throws {
    let lab = try Lab()
    let other = VisitID(bits: Bits128(high: 1, low: 2))
    try lab.found(other, people: 1)
    // The second person's device got that visit by hand and is not on it.
    let (member, stranger) = (try lab.device(of: 0, key: 0), try lab.device(of: 1, key: 1))
    try member.store.addVisit(other)
    try lab.sync(member, and: [other])
    try stranger.store.addVisit(other)
    for entry in try member.store.entries(of: other, after: 0).entries {
      let verified = try VerifiedBatch(entry.sealed) { try? stranger.store.certificate(of: $0) }
      _ = try stranger.store.transaction { () throws(StoreError) in
        try stranger.store.admit(verified, received: 0)
      }
    }
    let report = try lab.sync(stranger, and: [other])
    #expect(report.refusedFrom == [other])
    #expect(report.remarks.isEmpty && report.roundTrips == 1)
    #expect(try stranger.store.unsentCounts(of: other).batches == 1)
    #expect(try stranger.store.rescuedCount(of: other) == 0)
    #expect(try stranger.digest() == lab.store.stateDigest(of: lab.visit))
  }

  // MARK: The authority's own words

  @Test("A server restored to before a removal keeps the removal")
  func keepsRemoval() throws {
    let first = try Lab()
    let devices = try first.synced()
    try first.remove(1)
    try first.sync(devices[0])
    try devices[1].judge("xr-101", .met, because: "After the removal.")
    let lab = try Lab.restored()
    // The backup knows nothing of the removal until the other device brings it.
    try lab.sync(devices[0])
    let report = try lab.sync(devices[1])
    #expect(report.removedFrom == [lab.visit])
    #expect(report.remarks.map(\.outcome.code) == ["held"])
    try lab.sync(devices[0])
    try lab.expectSame([devices[0]])
    let view = VisitView(cells: try lab.store.cells(of: lab.visit), framework: nil) { _, _ in false
    }
    #expect(view.standard(id: "qsi/xr-101")?.teamView.isOpen != true)
    #expect(try lab.store.notices(of: lab.visit).map(\.effect) == [.held])
  }

  @Test("A role given before the removal came back gives nothing until a person decides")
  func narrowerRight() throws {
    let first = try Lab()
    let devices = try first.synced()
    try first.remove(1)
    try first.sync(devices[0])
    try devices[1].judge("xr-101", .met, because: "After the removal.")
    let lab = try Lab.restored()
    func put(_ role: Role) throws {
      let roster = Roster(cells: try lab.store.cells(of: lab.visit))
      let draft = try roster.put(Lab.person(1), as: role, name: "Person 1")
      try lab.service.decree([draft], in: lab.visit, now: lab.now, store: lab.store)
    }
    try put(.lay)
    try lab.sync(devices[1])
    #expect(try lab.store.notices(of: lab.visit).isEmpty)
    // The removal comes back: the narrower right holds, for what is there already as well.
    try lab.sync(devices[0])
    #expect(try lab.store.notices(of: lab.visit).map(\.effect) == [.held])
    #expect(try lab.sync(devices[1]).removedFrom == [lab.visit])
    let member = CellKey(.named("visit"), "member", slot: Lab.person(1).text)
    #expect(try lab.store.cells(of: lab.visit)[member].siblings.count == 2)
    // A person decides, over both.
    try put(.peer)
    #expect(try lab.store.cells(of: lab.visit)[member].siblings.count == 1)
    #expect(try lab.store.notices(of: lab.visit).isEmpty)
    for device in devices { try lab.sync(device) }
    try lab.expectSame(devices)
  }

  // submersion#1340 and go-fast-note-sync#9: tombstones undid a restore, or a stale client brought
  // back what was gone.
  @Test(
    """
    Nothing that was withdrawn comes back by a restore, and nothing that was restored goes \
    (failure list 12 and 13)
    """
  )
  func withdrawnStays() throws {
    let first = try Lab()
    let devices = try first.synced()
    try devices[0].judge("xr-304", .notJudged)
    try first.sync(devices[0])
    // The second device still shows the judgement; the backup never had it.
    let lab = try Lab.restored()
    try lab.sync(devices[1])
    try lab.sync(devices[0])
    try lab.sync(devices[1])
    try lab.expectSame(devices)
    #expect(try devices[1].digest() == devices[0].digest())
  }
}
