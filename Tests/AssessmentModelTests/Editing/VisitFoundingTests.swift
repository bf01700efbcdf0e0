import AssessmentModel
import Convergence
import Testing

@Suite("Founding a visit")
struct VisitFoundingTests {
  private func founding(
    title: String = "T",
    pin: FrameworkPin = Cast.pin,
    key: String = Cast.founding.identityKey,
    members: [VisitFounding.Member] = [],
    service: String? = nil
  ) -> VisitFounding {
    VisitFounding(
      title: title,
      framework: pin,
      identityKey: key,
      members: members,
      serviceName: service
    )
  }

  @Test("The first operations are title, framework, model and identity, then people and service")
  func order() throws {
    let fields = try Cast.founding.drafts().map { draft -> String in
      guard case .set(let assignment) = draft.action else { return "" }
      return "\(assignment.record) \(assignment.field)"
    }
    let expected =
      ["visit title", "visit framework", "visit model", "visit identity"]
      + Array(repeating: "visit member", count: 6) + ["service name"]
    #expect(fields == expected)
  }

  @Test("The server's operations all take effect, and nothing else may write them")
  func effects() throws {
    let bench = try Bench(devices: [:])
    #expect(bench.effects.count == 11)
    #expect(bench.effects.values.allSatisfy { $0 == .effective })
  }

  @Test("A founding that cannot take effect is refused")
  func refused() throws {
    let twice = VisitFounding.Member(person: Cast.lead, role: .lead, name: "Lena")
    let nameless = VisitFounding.Member(person: Cast.lead, role: .lead, name: "")
    let short = FrameworkPin(id: "a", edition: "b", hash: "c")
    for (founding, code) in [
      (self.founding(title: ""), EditError.Code.emptyText), (self.founding(pin: short), .value),
      (self.founding(key: "short"), .value), (self.founding(members: [twice, twice]), .value),
      (self.founding(members: [nameless]), .emptyText),
      (self.founding(service: ""), .emptyText),
    ] {
      let error = #expect(throws: EditError.self) { try founding.drafts() }
      #expect(error?.code == code)
    }
    #expect(try founding().drafts().count == 4)
  }
}
