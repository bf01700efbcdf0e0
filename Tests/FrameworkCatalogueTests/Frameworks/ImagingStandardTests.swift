import AssessmentModel
import FrameworkCatalogue
import Testing

@Suite struct ImagingStandardTests {
  let framework: Framework

  init() throws { framework = try Catalogues.imaging() }

  @Test("The imaging standard has 80 standards in 13 sections of known sizes")
  func sections() {
    let sizes = framework.sections.map { "\($0.code) \(framework.standards(in: $0.id).count)" }
    #expect(
      sizes == [
        "XR-1 7", "XR-2 10", "XR-3 11", "XR-4 9", "XR-5 3", "XR-6 4", "XR-7 8", "XR-8 6",
        "CT-9 4", "IR-9 5", "MR-9 4", "NM-9 5", "US-9 4",
      ]
    )
    #expect(framework.standards.count == 80)
    #expect(framework.judgedUnit == .standard)
  }

  @Test("It has 756 suggestions, 250 items under them and 573 notes")
  func totals() {
    let standards = framework.standards
    #expect(standards.reduce(0) { $0 + $1.suggestions.suggestions } == 756)
    #expect(standards.reduce(0) { $0 + $1.suggestions.subItems } == 250)
    #expect(standards.reduce(0) { $0 + $1.notes.total } == 573)
    #expect(standards.reduce(0) { $0 + $1.notes[.reviewers] } == 127)
  }

  @Test(
    "Suggestions use must, should and could as often as was counted",
    arguments: [
      (SuggestionStrength.must, 28), (.should, 475), (.could, 4), (.unstated, 256),
    ]
  )
  func strengths(strength: SuggestionStrength, expected: Int) {
    #expect(framework.standards.reduce(0) { $0 + $1.suggestions[strength] } == expected)
  }

  @Test(
    "Outcome measures name their evidence as often as was counted",
    arguments: [
      (OutcomeEvidence.patientsConfirm, 5), (.staffConfirm, 5), (.serviceDemonstrates, 39),
      (.audit, 4), (.arrangementInPlace, 29),
    ]
  )
  func evidence(evidence: OutcomeEvidence, expected: Int) {
    #expect(framework.standards.count { $0.evidence.contains(evidence) } == expected)
  }

  @Test("Patients and staff are asked about the ten standards that say so")
  func confirmation() {
    #expect(
      refs { $0.evidence.contains(.patientsConfirm) }
        == ["XR-101", "XR-103", "XR-104", "XR-105", "XR-106"]
    )
    #expect(
      refs { $0.evidence.contains(.staffConfirm) }
        == ["XR-202", "XR-203", "XR-206", "XR-209", "XR-210"]
    )
    #expect(refs { $0.evidence.count == 2 } == ["XR-604", "XR-802"])
  }

  @Test("Every standard has a title, a summary of its own, a section, suggestions and notes")
  func completeness() {
    for standard in framework.standards {
      #expect(!standard.title.isEmpty && !standard.summary.isEmpty, "\(standard.ref)")
      #expect(framework.section(id: standard.section) != nil, "\(standard.ref)")
      #expect(standard.suggestions.suggestions >= 2, "\(standard.ref)")
      #expect(standard.notes.total >= 2, "\(standard.ref)")
    }
    #expect(Set(framework.standards.map(\.summary)).count == 80)
  }

  @Test("The four refs lost in conversion are marked inferred, and four keep their printed space")
  func refs() throws {
    #expect(refs { $0.isRefInferred } == ["XR-206", "XR-503", "XR-603", "XR-702"])
    let respelt = framework.standards.filter { !$0.isRefInferred && $0.printedRef != $0.ref }
    #expect(respelt.map(\.printedRef) == ["XR 705", "MR 901", "MR 902", "MR 903"])
    #expect(try framework.required("XR-206").title == "Staff development")
  }

  @Test("Seventeen places in ten standards depend on the nation")
  func nations() throws {
    let conditioned = framework.standards.filter { !$0.nations.isEmpty }
    #expect(conditioned.count == 10)
    #expect(conditioned.reduce(0) { $0 + $1.nations.count } == 17)
    let alone = conditioned.flatMap(\.nations).filter { $0.nations.count == 1 }.map(\.nations[0])
    #expect(alone.count { $0 == .wales } == 5)
    #expect(alone.count { $0 == .northernIreland } == 3)
    let consent = try framework.required("XR-703")
    #expect(consent.places(for: .scotland).map(\.description) == ["n2", "n3"])
    #expect(consent.places(for: .northernIreland).map(\.description) == ["n3"])
  }

  @Test("In 23 standards the service chooses how often regularly is")
  func intervals() {
    #expect(framework.standards.count { $0.intervalChosenByService } == 23)
  }

  @Test("Standards that a policy alone does not meet say where they warn of it")
  func policyAlone() throws {
    let examples = ["XR-103 n1", "XR-107 n3", "XR-203 n1", "XR-207 n2", "CT-903 n1", "NM-904 n4"]
    for example in examples {
      let parts = example.split(separator: " ").map(String.init)
      let standard = try framework.required(parts[0])
      #expect(standard.policyAloneIsNotMet, "\(example)")
      #expect(
        standard.policyAloneWarnings.map(\.description).contains(parts[1]),
        "\(example)"
      )
    }
    #expect(framework.standards.count(where: \.policyAloneIsNotMet) == 22)
    #expect(try !framework.required("XR-101").policyAloneIsNotMet)
  }

  @Test(
    "Modality standards apply where the pathway is provided, for NM by the catalogue's decision"
  )
  func applicability() throws {
    for standard in framework.standards where standard.modality != .all {
      #expect(standard.applicability.condition == .pathwayProvided, "\(standard.ref)")
      #expect(standard.applicability.allowsPart, "\(standard.ref)")
      let basis: ApplicabilityRule.Basis = standard.modality == .nm ? .decided : .stated
      #expect(standard.applicability.basis == basis, "\(standard.ref)")
    }
    #expect(try framework.required("XR-101").applicability.condition == .everyService)
    #expect(try framework.required("XR-704").applicability.condition == .pathwayProvided)
    #expect(try framework.required("XR-302").applicability.allowsPart)
  }

  private func refs(where matches: (Standard) -> Bool) -> [String] {
    framework.standards.filter(matches).map(\.ref)
  }
}
