import AssessmentModel
import Simulation
import Testing

@Suite("Expectations that are false")
struct ScenarioFailureTests {
  private static let beginning = """
    scenario planted: what is not so is found

    everyone syncs
    lead adds the location "Main site"
    lead adds evidence "Rota" for XR-304
    lead comments on XR-304 "Ask again."
    lead decides NM-903 not-applicable reason modality-not-provided because "No camera."
    everyone syncs until all is in
    a judges XR-304 met because "Hoists."
    b judges XR-304 not-met because "Broken."
    a judges XR-601 met
    b judges XR-602 met
    a judges CT-903 not-applicable reason other
    lead judges XR-105 met
    lead resolves XR-105 as met because "Seen."
    sync a and b in every order

    """

  /// A false expectation on line 17, with a part of what has to be said of it.
  private static let falsehoods = [
    ("XR-304 is agreed met", "shows: disputed"),
    ("XR-304 is disputed on whether it applies", "shows: disputed"),
    ("XR-306 is one view met", "not judged"),
    ("XR-304 by Peer A is not-met", "met because \"Hoists.\""),
    ("XR-304 by Peer A is met because \"hoists\"", "met because \"Hoists.\""),
    ("XR-304 by Peer A is met and is met", "met because \"Hoists.\""),
    ("XR-304 by Peer A is nothing or is withdrawn", "met because \"Hoists.\""),
    ("XR-304 by Lead is met", "nothing"),
    ("XR-304 at \"Main site\" is disputed", "not judged"),
    ("XR-304 at \"Attic\" is disputed", "no location Attic"),
    ("Peer B had seen Peer A's XR-304", "nobody had seen"),
    ("XR-304 has 1 resolution", "nothing"),
    ("the resolution of XR-105 by Peer A is met", "met because \"Seen.\" by Lead"),
    ("the resolution of XR-105 is verified", "unverified"),
    ("the resolution of XR-105 does not cover Lead", "covers everybody"),
    ("the history of XR-304 by Peer A is met, not-met", "shows: met"),
    ("XR-304 is out of scope", "in scope"),
    ("NM-903 is not out of scope", "out of scope"),
    ("NM-903 is judged but out of scope", "not judged but"),
    ("CT-903 is counted", "left out of the counts"),
    ("XR-304 is left out of the counts", "counted"),
    ("XR-304 is not incomplete: disputed", "disputed"),
    ("XR-304 is incomplete: stale", "disputed"),
    ("XR-601 shows XR-602 as contrary", "not as contrary"),
    ("XR-601 shows CT-903 as linked", "not linked"),
    ("XR-304 is unknown", "known as XR-304"),
    ("the comments of XR-304 are none", "Ask again."),
    ("the comment \"Ask again.\" is by Peer A", "by Lead"),
    ("the comment \"Ask again.\" is withdrawn", "not withdrawn"),
    ("the comment \"Ask again.\" says \"Ask.\"", "Ask again."),
    ("the comment \"Ask again.\" answers \"Ask.\"", "answers nothing"),
    ("the comment \"Ask.\" is by Lead", "no such comment"),
    ("the evidence of XR-304 is nothing", "Rota"),
    ("the evidence of XR-304 is \"Rota\", \"Rota\"", "Rota"),
    ("the evidence \"Rota\" is seen and requested", "seen"),
    ("the evidence \"Rota\" supports XR-305", "supports XR-304"),
    ("the evidence \"Rota\" is archived", "not archived"),
    ("the evidence \"Rota\" is in use by Lead", "in use by nothing"),
    ("the evidence \"Rota\" is incomplete: split", "nothing"),
    ("the evidence \"Rota\" is by Peer B", "by Lead"),
    ("the evidence \"Rota\" is called \"Roster\"", "Rota"),
    ("the nation is wales", "nothing"),
    ("progress: 1 disputed, 5 met", "1 disputed, 3 met"),
    ("notices: 1 held", "0 held"),
    ("b has 2 to send", "has 0 to send"),
    ("b is told that its clock is 24 h fast", "told nothing"),
    ("Peer A's time on XR-304 is 2 h slow", "right"),
  ]

  private static func run(_ text: String) throws -> ScenarioOutcome {
    let framework = try ScenarioLibrary.framework(of: text)
    let scenario = try Scenario(text: text, file: "planted.scenario", framework: framework)
    return try scenario.run(framework: framework)
  }

  @Test(
    "Each is found, with the line, whose screen it was and what stands there",
    arguments: falsehoods
  )
  func planted(_ expectation: String, _ words: String) throws {
    let outcome = try Self.run(Self.beginning + "expect " + expectation)
    let failure = try #require(outcome.failure)
    #expect(!outcome.isPassed)
    #expect(failure.line == 17 && failure.source == "expect " + expectation)
    #expect(failure.seen.contains(words), "\(failure.seen)")
    #expect(failure.way == ["they sync in this order (line 16): a, b"])
    #expect(failure.description.hasPrefix("planted.scenario:17: expect"))
    #expect(outcome.finalState.contains("Peer B: not met because \"Broken.\""))
  }

  @Test("What depends on the order is found in the order in which it fails, on the right device")
  func orderOfFailure() throws {
    let outcome = try Self.run(
      """
      scenario planted: only one order shows it

      everyone syncs
      a judges XR-304 met
      sync a and b once in every order
      expect on b: XR-304 is one view met
      """
    )
    let failure = try #require(outcome.failure)
    #expect(outcome.orders == 2)
    #expect(failure.way == ["they sync in this order (line 5): b, a"])
    #expect(failure.seen == "b, Peer B's tablet shows: not judged")
  }

  @Test(
    "An edit that is refused where it should not be is found, and one that is not where it should",
    arguments: [
      ("b chooses XR-304 met", "it was refused (nothing-to-choose)"),
      ("refused: b judges XR-304 met", "it was not refused"),
      ("refused as role: b withdraws XR-304", "refused as nothing-to-withdraw"),
      ("b archives the evidence \"Map\" because \"Old.\"", "no evidence \"Map\""),
      ("the organiser removes Lead", "cannot be removed"),
    ]
  )
  func refusals(_ line: String, _ words: String) throws {
    let outcome = try Self.run(
      "scenario planted: refusals\n\neveryone syncs\n\(line)\nexpect XR-306 is not judged\n"
    )
    let failure = try #require(outcome.failure)
    #expect(failure.line == 4)
    #expect(failure.seen.contains(words), "\(failure.seen)")
  }

  @Test("The same scenario has the same outcome, final state included")
  func isRepeatable() throws {
    let (scenario, framework) = try ScenarioLibrary.scenario(named: "C04")
    let first = try scenario.run(framework: framework)
    let second = try scenario.run(framework: framework)
    #expect(first == second)
    #expect(first.finalState.contains("Peer B had seen Peer A's"))
    #expect(first.description == "C04  passed in 6 orders, \(first.checks) checks")
  }
}
