import Foundation
import Testing

/// Devices whose line to the server is slow, or breaks.
@Suite("Bad lines")
struct BadLineTests {
  @Test("C66: an answer that breaks off anywhere is taken up again, with nothing lost or doubled")
  func brokenAnswers() throws {
    let stage = try Stage()
    let relay = Relay(to: stage.server.port)
    defer { relay.end() }
    let far = Device(home: stage.folder.path + "/far")
    let code = try stage.server.administer("code", "issue", "Ben")
    try far.run("enrol", "http://127.0.0.1:\(relay.port)", code)
    try far.run("visits")
    try far.run("open", "Riverside")
    let refs = try stage.ana.read("standards")["standards"].list.map { $0["ref"].text }
    var written = 0
    for (index, length) in [0, 1, 90, 300, 700, 1_200, 2_000, 3_000, 5_000].enumerated() {
      try stage.ana.run("judge", refs[index], "met", "--because", "\(length)")
      try stage.ana.run("sync")
      written += 1
      if index > 0 {
        try far.run("judge", refs[index], "not-met", "--because", "\(length)")
        written += 1
      }
      relay.turn(.cutting(after: length))
      let outcome = try far.attempt("sync")
      #expect([0, 1].contains(outcome.status), "\(length): \(outcome.messages)")
      relay.turn(.fair)
      try far.run("sync")
      #expect(try far.operationCount() == Stage.founding + written, "\(length)")
    }
    try stage.settle(stage.devices + [far])
    #expect(try stage.lil.operationCount() == Stage.founding + written)
  }

  /// | Ben's device | elsewhere |
  /// |---|---|
  /// | asks, and waits for the answer | |
  /// | | Ana's judgement is on its way in the answer |
  /// | Ben judges, in a second window | |
  /// | the answer arrives | |
  @Test("What is written while an answer is on its way has not seen what is in it")
  func writingDuringSync() throws {
    let stage = try Stage()
    let relay = Relay(to: stage.server.port)
    defer { relay.end() }
    let far = Device(home: stage.folder.path + "/far")
    let code = try stage.server.administer("code", "issue", "Ben")
    try far.run("enrol", "http://127.0.0.1:\(relay.port)", code)
    try far.run("visits")
    try far.run("open", "Riverside")
    try far.run("sync")
    try stage.ana.run("judge", "XR-304", "met")
    try stage.ana.run("sync")
    relay.turn(.holding { _ = try? far.run("judge", "XR-304", "not-met") })
    try far.run("sync")
    relay.turn(.fair)
    try stage.settle(stage.devices + [far])
    let pairs = try stage.lil.read("explain", "XR-304")["places"].list[0]["judgements"].list
    #expect(pairs.count == 2)
    #expect(pairs.allSatisfy { !$0["hadSeen"].isTrue })
  }
}
