import AssessmentModel
import Simulation
import TestSupport
import Testing

@Suite("Lines that cannot be read")
struct ScenarioErrorTests {
  /// A line behind `everyone syncs`, with a part of what the refusal has to say.
  private static let badLines = [
    ("a juges XR-304 met", "\"juges\" is nothing that a device does"),
    ("a judges XR-340 met", "The nearest are: XR-310"),
    ("a judges XR-304 good", "not-applicable, not-met, met"),
    ("a judges XR-304 met because hoists", "Write it in quotes"),
    ("a judges XR-304 met because \"hoists", "close it on the same line"),
    ("a judges XR-304 not-applicable reason none", "pathway-not-provided"),
    ("a judges XR-304 met today", "\"today\", which means nothing here"),
    ("a judges", "Write its ref"),
    ("a", "does not say what happens"),
    ("c judges XR-304 met", "The devices are lead, a, b"),
    ("a and a sync", "named twice"),
    ("a and b judge XR-304 met", "Write a line for each"),
    ("a resolves XR-304 as met", "a resolution says why"),
    ("a decides XR-304 applies", "a scope decision says why"),
    ("a marks the evidence \"Rota\" lost", "not-available"),
    ("a archives the evidence \"Rota\"", "says why"),
    ("b's clock is late", "a length of time"),
    ("b's clock is 3 h late", "\"slow\""),
    ("3 h", "2 h pass"),
    ("a syncs slowly", "cut at every byte"),
    ("a syncs, cut at every so often", "a number of bytes"),
    ("sync in any order", "sync in every order"),
    ("the organiser removes Peer C", "On it are: Lead, Peer A, Peer B"),
    ("refused as impossible: a judges XR-304 met", "not-yours"),
    ("expect", "nothing that could be seen"),
    ("expect XR-304 is fine", "disputed on whether it applies"),
    ("expect XR-304 by Peer C is met", "nobody on this visit"),
    ("expect XR-304 shows XR-602 as equal", "as-contrary"),
    ("expect XR-304 is incomplete: somehow", "reason-missing"),
    ("expect progress: many disputed", "a number"),
    ("expect progress: 1 good", "self-conflict"),
    ("expect on c: XR-304 is disputed", "no device here"),
    ("expect Peer A liked XR-304", "had seen"),
    ("expect b has 3 apples", "has 3 to send"),
    ("people", "before anything happens"),
  ]

  private static func read(_ text: String) throws -> Scenario {
    let framework = try ScenarioLibrary.framework(of: "")
    return try Scenario(text: text, file: "own.scenario", framework: framework)
  }

  @Test("Each is refused with its file, its line and what would be right", arguments: badLines)
  func badLine(_ line: String, _ words: String) throws {
    let text = "scenario own: a bad line\n\neveryone syncs\n\(line)\nexpect XR-304 is not judged\n"
    let error = #expect(throws: ScenarioError.self) { try Self.read(text) }
    #expect(error?.line == 4)
    #expect(error?.description.hasPrefix("own.scenario:4: ") == true)
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
  }

  @Test(
    "A head, people or devices that cannot be read are refused as well",
    arguments: [
      ("", 1, "Begin with"), ("everyone syncs", 1, "begins with its name"),
      ("scenario C01", 1, "Write: scenario C01:"), ("scenario C01:", 1, "what it is about"),
      ("scenario C01: it\npending", 2, "where the issue belongs"),
      ("scenario C01: it\npending issue 7", 2, "what is missing"),
      ("scenario C01: it\npending issue 7: all\neveryone syncs", 3, "says nothing more"),
      ("scenario C01: it\nframework qsi", 2, "a name and an edition"),
      ("scenario C01: it\npeople\n  Ana works", 3, "nobody's role"),
      ("scenario C01: it\npeople\n  Ana leads\n  Ana is a peer", 4, "Name everybody once"),
      ("scenario C01: it\npeople\n  Ana leads\neveryone syncs", 4, "no devices"),
      ("scenario C01: it\ndevices\n  a is Ana's tablet", 3, "nobody on this visit"),
      ("scenario C01: it\ndevices\n  sync is Lead's tablet", 3, "Choose another word"),
      (
        "scenario C01: it\ndevices\n  a is Lead's tablet\n  a is Lead's phone", 4,
        "a word of its own"
      ),
      ("scenario C01: it\neveryone syncs", 2, "expects nothing"),
      ("scenario C01: it\na is offline\na syncs", 3, "a is online"),
    ]
  )
  func badHead(_ text: String, _ line: Int, _ words: String) throws {
    let error = #expect(throws: ScenarioError.self) { try Self.read(text) }
    #expect(error?.line == line)
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
  }

  @Test("More orders than the limit are refused on the line that asks for them")
  func tooManyOrders() throws {
    let devices = (1...7).map { "  d\($0) is Lead's tablet" }.joined(separator: "\n")
    let text = "scenario own: many\ndevices\n\(devices)\neveryone syncs\nsync in every order\n"
    let error = #expect(throws: ScenarioError.self) { try Self.read(text) }
    #expect(error?.line == 11)
    #expect(error?.message.contains("4000") == true)
  }

  @Test("Whatever stands there is read or refused: lines torn apart and put together by chance")
  func isTotal() throws {
    let framework = try ScenarioLibrary.framework(of: "")
    let texts = try ScenarioLibrary.names.map { try ScenarioLibrary.text(named: $0) }
    var words = texts.flatMap { $0.split(separator: " ", omittingEmptySubsequences: false) }
    words += ["\"", "“", "”", "\\", "'s", ",", "\u{0}", "99999999999999999999", "-1", "é", "👩🏽‍⚕️"]
    var random = SeededGenerator(seed: 20_261_121)
    var (readable, refused) = (0, 0)
    for _ in 0..<1_500 {
      var lines = random.pick(texts).split(separator: "\n", omittingEmptySubsequences: false)
        .map { $0.split(separator: " ", omittingEmptySubsequences: false) }
      for _ in 0..<random.int(in: 0...3) {
        let line = random.below(lines.count)
        let place = random.below(lines[line].count + 1)
        if random.chance(1, in: 2) || place == lines[line].count {
          lines[line].insert(random.pick(words), at: place)
        } else {
          lines[line].remove(at: place)
        }
      }
      let text = lines.map { $0.joined(separator: " ") }.joined(separator: "\n")
      do {
        _ = try Scenario(text: text, file: "torn", framework: framework)
        readable += 1
      } catch {
        #expect(error.line >= 1 && !error.message.isEmpty)
        refused += 1
      }
    }
    #expect(readable > 100 && refused > 100, "\(readable) readable, \(refused) refused")
  }
}
