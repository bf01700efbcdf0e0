import AssessmentModel

/// A framework of a few standards with the refs that the scenarios speak of.
enum SmallFramework {
  static let refs = [
    "XR-101", "XR-105", "XR-304", "XR-305", "XR-306", "XR-601", "XR-602", "XR-702", "XR-802",
    "CT-903", "NM-903",
  ]

  static let framework: Framework? = {
    guard let id = FrameworkID("qsi-imaging"),
      let edition = FrameworkEdition("2026-draft"),
      let general = SectionID("qsi/xr"), let ct = SectionID("qsi/ct"),
      let nm = SectionID("qsi/nm")
    else { return nil }
    let standards = refs.enumerated().compactMap { offset, ref -> Standard? in
      guard let id = StandardID("qsi/\(ref.lowercased())") else { return nil }
      let isGeneral = ref.hasPrefix("XR")
      return Standard(
        id: id,
        ref: ref,
        printedRef: ref,
        section: isGeneral ? general : ref.hasPrefix("CT") ? ct : nm,
        modality: isGeneral ? .all : ref.hasPrefix("CT") ? .ct : .nm,
        order: offset + 1,
        title: "Subject \(offset + 1)",
        summary: "",
        applicability: ApplicabilityRule(
          condition: isGeneral ? .everyService : .pathwayProvided,
          basis: .stated,
          allowsPart: true
        ),
        policyAloneWarnings: ref == "XR-101" ? [StandardPlace("n3")].compactMap(\.self) : [],
        links: ref == "XR-601" ? links(to: "qsi/xr-602") : []
      )
    }
    return Framework(
      id: id,
      edition: edition,
      title: "A standard for imaging",
      status: .consultationDraft,
      owners: [],
      judgedUnit: .standard,
      sourceSHA256: "",
      sections: [
        FrameworkSection(id: general, code: "XR", title: "General", modality: .all, order: 1),
        FrameworkSection(id: ct, code: "CT", title: "CT", modality: .ct, order: 2),
        FrameworkSection(id: nm, code: "NM", title: "Nuclear", modality: .nm, order: 3),
      ],
      standards: standards
    )
  }()

  private static func links(to text: String) -> [StandardLink] {
    guard let id = StandardID(text), let place = StandardPlace("n5") else { return [] }
    return [
      StandardLink(place: place, target: .standard(id), state: .resolved, printed: "")
    ]
  }
}
