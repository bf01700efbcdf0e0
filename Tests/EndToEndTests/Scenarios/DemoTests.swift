import Foundation
import Testing

/// What a stranger runs first.
@Suite("The demonstration")
struct DemoTests {
  @Test("It ends with four devices that agree, and keeps what it is told to keep")
  func demo() throws {
    let folder = try TemporaryFolder()
    let kept = folder.path + "/kept"
    let outcome = try Program.fieldbook.run(["demo", "--keep", kept])
    #expect(outcome.status == 0, "\(outcome.messages)")
    for words in ["disputed", "self-conflict", "stale", "had seen", "byte for byte"] {
      #expect(outcome.output.contains(words), "\(words)")
    }
    let report = try String(contentsOfFile: kept + "/report.html", encoding: .utf8)
    #expect(report.contains("XR-304"))
    let states = try ["anas-laptop", "bens-tablet", "bens-phone", "lils-tablet"].map {
      try Device(home: kept + "/" + $0).run("status", "--json")
    }
    #expect(Set(states).count == 1)
    let again = try Program.fieldbook.run(["demo", "--keep", kept])
    #expect(again.status == 2 && again.messages.contains("there already"))
  }

  @Test("Without a folder to keep it leaves nothing behind")
  func nothingLeft() throws {
    let folder = try TemporaryFolder()
    let outcome = try Program.fieldbook.run(["demo"], environment: ["TMPDIR": folder.path])
    #expect(outcome.status == 0, "\(outcome.messages)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }
}
