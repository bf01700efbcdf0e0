import AssessmentModel
import Convergence
import OperationStore
import SyncClient
import SyncProtocol
import SyncServer
import Testing

/// What went wrong in the field with other systems, one story a test.
///
/// The number in brackets is the line of the list; the rest of the list is shown where the names of
/// tests end in the same way.
@Suite("What went wrong elsewhere")
struct FailureListTests {
  // Tangerine#2722.
  @Test(
    "Two tablets judge one standard and both judgements stand, listed as a dispute (failure list 1)"
  )
  func bothStand() throws {
    let lab = try Lab()
    let (lead, one, two) = try lab.apart()
    for device in [one, two, lead, one] { try lab.sync(device) }
    for device in [lead, one, two] {
      #expect(try device.teamView("xr-304") == .disputed(.outcome))
      #expect(try device.isListed("xr-304"))
      #expect(try device.rationales("xr-304") == ["Room 1.", "Room 2."])
      #expect(try device.digest() == lab.store.stateDigest(of: lab.visit))
    }
  }

  // Tangerine#2484.
  @Test("Every order in which tablets sync gives one state and one history (failure list 2)")
  func anyOrder() throws {
    let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]
    var states: Set<Hash256> = []
    var histories: Set<[Dot]> = []
    for first in orders {
      for second in orders {
        let lab = try Lab()
        let (lead, one, two) = try lab.apart()
        let devices = [lead, one, two]
        for device in devices {
          try device.write { editor throws(EditError) in
            try editor.setService(.provider, "As \(device.enrolment.replica) has it")
          }
        }
        for index in first + second { try lab.sync(devices[index]) }
        for device in devices {
          states.insert(try device.digest())
          let entries = try device.store.history(of: lab.visit).entries
          histories.insert(entries.map(\.operation.dot))
        }
        states.insert(try lab.store.stateDigest(of: lab.visit))
      }
    }
    #expect(states.count == 1 && histories.count == 1)
  }

  // Tangerine#2381.
  @Test("A dispute that was resolved stays so on every device, a new one too (failure list 3)")
  func staysResolved() throws {
    let lab = try Lab()
    let (lead, one, two) = try lab.resolved()
    for device in [lead, one, two, one, lead, two] {
      try lab.sync(device)
      #expect(try device.teamView("xr-304") == .resolved(.met))
      #expect(try !device.isListed("xr-304"))
    }
    // A new tablet reads the whole story, a batch at a time.
    let late = try lab.device(of: 0, key: 9)
    var names: [String?] = []
    for _ in 1...4 {
      try lab.sync(late, upTo: 1)
      names.append(try late.teamView("xr-304")?.name)
    }
    #expect(names == [nil, "one-view", "disputed", "resolved"])
    // So does a server that was restored: everything is compared, and nothing reopens.
    try lab.service.beginHistory(Lab.next, now: lab.now, store: lab.store)
    for device in [two, late, one, lead] {
      try lab.sync(device)
      #expect(try device.teamView("xr-304") == .resolved(.met))
    }
  }

  // Tangerine#2410.
  @Test(
    "A tablet that has not seen a correction on the server never writes over it (failure list 4)"
  )
  func correctionStands() throws {
    let lab = try Lab()
    let lead = try lab.device(of: 0, key: 0)
    let tablets = try [4, 5].map { try lab.device(of: 0, key: $0) }
    for device in tablets + [lead] { try lab.sync(device) }
    let roster = Roster(cells: try lab.store.cells(of: lab.visit))
    let correction = try roster.setServiceName("Corrected")
    try lab.service.decree([correction], in: lab.visit, now: lab.now, store: lab.store)
    // One tablet wrote other things meanwhile; the other one wrote the very same field.
    try tablets[0].judge("xr-101", .met)
    try lab.sync(tablets[0])
    #expect(try tablets[0].view().service.name.contents == ["Corrected"])
    try tablets[1].write { editor throws(EditError) in try editor.setService(.name, "Stale") }
    try lab.sync(tablets[1])
    for device in tablets + [lead] {
      try lab.sync(device)
      #expect(try Set(device.view().service.name.contents) == ["Corrected", "Stale"])
    }
    try lead.write { editor throws(EditError) in try editor.setService(.name, "Settled") }
    for device in [lead] + tablets + [lead] { try lab.sync(device) }
    for device in tablets + [lead] {
      #expect(try device.view().service.name.contents == ["Settled"])
    }
  }

  // OneKey#11837 and Avni.
  @Test(
    "A clock that is years off neither wins nor loses, and is told of (failure list 14)",
    arguments: [-1, 1] as [Int64]
  )
  func clock(direction: Int64) throws {
    let lab = try Lab()
    let (wrong, right) = (try lab.device(of: 0, key: 0), try lab.device(of: 0, key: 4))
    let offset = direction * 10 * 365 * 86_400_000
    wrong.clock += offset
    func name(_ name: String, by device: Device) throws {
      try device.write { editor throws(EditError) in try editor.setService(.name, name) }
      try device.judge("xr-304", name == "Right" ? .met : .notMet, because: name)
    }
    func expect(_ names: [String]) throws {
      for device in [right, wrong] {
        try lab.sync(device)
        #expect(try device.view().service.name.contents.sorted() == names)
        #expect(try device.rationales("xr-304").compactMap(\.self).sorted() == names)
      }
    }
    for device in [wrong, right] { try lab.sync(device) }
    // Whoever has seen the other writes over it, whatever the clocks say.
    try name("Wrong", by: wrong)
    try lab.sync(wrong)
    try lab.sync(right)
    try name("Right", by: right)
    try lab.sync(right)
    try expect(["Right"])
    try name("Wrong", by: wrong)
    try lab.sync(wrong)
    try expect(["Wrong"])
    // Whoever has not seen the other stands beside it.
    try name("Right", by: right)
    try name("Wrong", by: wrong)
    for device in [wrong, right] { try lab.sync(device) }
    try expect(["Right", "Wrong"])
    var session = wrong.session()
    let body = try wrong.body(&session, lab.now + offset)
    try session.receive(
      try lab.answer(body, from: wrong),
      store: wrong.store,
      now: lab.now + offset
    )
    #expect(session.report.clockDifference == -offset)
  }

  // central#555, #556.
  @Test(
    "An edit by who had not seen a resolution makes it stale, and nothing is lost (failure list 18)"
  )
  func staleEdit() throws {
    let lab = try Lab()
    let (lead, one, two) = try lab.resolved()
    for device in [lead, one] { try lab.sync(device) }
    try two.judge("xr-304", .notMet, because: "Looked again.")
    #expect(try two.teamView("xr-304") == .disputed(.outcome))
    for device in [two, lead, one] {
      try lab.sync(device)
      #expect(try device.teamView("xr-304") == .stale && device.isListed("xr-304"))
      let place = try #require(try device.place("xr-304"))
      let resolution = try #require(place.resolutions.all.first)
      #expect(place.resolutions.contents.map(\.because) == ["Agreed."])
      let news = place.judgements(notCoveredBy: resolution)
      #expect(news.map(\.content.because) == ["Looked again."])
      // The founding aside: three judgements and the resolution, each with its effect.
      let entries = try device.store.history(of: lab.visit).entries
        .filter { $0.operation.person != .authority }
      #expect(entries.map(\.effect) == Array(repeating: .effective, count: 4))
    }
    try lead.resolve("xr-304", .notMet, because: "Seen again.")
    for device in [lead, one, two] {
      try lab.sync(device)
      #expect(try device.teamView("xr-304") == .resolved(.notMet))
    }
    // Whoever resolves without having seen that one stands beside it.
    let tablet = try lab.device(of: 0, key: 9)
    try lab.sync(tablet, upTo: 5)
    try tablet.resolve("xr-304", .met, because: "From another tablet.")
    for device in [tablet, lead, one, two] {
      try lab.sync(device)
      #expect(try device.teamView("xr-304") == .contested && device.isListed("xr-304"))
      #expect(try device.place("xr-304")?.resolutions.all.count == 2)
    }
  }

  // lula1#500.
  @Test("What two people wrote of one standard stays two, even word for word (failure list 23)")
  func twoTexts() throws {
    let lab = try Lab()
    let devices = try (0..<2).map { try lab.device(of: $0, key: $0) }
    for device in devices { try lab.sync(device) }
    let standard = try #require(StandardID("qsi/xr-101"))
    for (device, text) in zip(devices, ["Seen in room 1.", "Seen in room 2."]) {
      try device.judge("xr-304", .met, because: text)
      try device.judge("xr-101", .met, because: "Seen.")
      for words in [text, "Ask."] {
        try device.write { editor throws(EditError) in
          try editor.comment(words, about: .standard(standard))
        }
      }
    }
    for device in devices + devices { try lab.sync(device) }
    for device in devices {
      #expect(try device.teamView("xr-304") == .agreed(.met))
      #expect(try device.rationales("xr-304") == ["Seen in room 1.", "Seen in room 2."])
      #expect(try device.rationales("xr-101") == ["Seen.", "Seen."])
      let comments = try device.view().comments(about: .standard(standard))
      #expect(
        comments.flatMap(\.text.contents).sorted()
          == ["Ask.", "Ask.", "Seen in room 1.", "Seen in room 2."]
      )
    }
  }
}
