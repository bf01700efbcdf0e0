import ArgumentParser

/// `fieldbook evidence`.
struct EvidenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evidence",
    abstract: "Add, list and follow up what supports a standard.",
    discussion: """
      Evidence is a title and where to find it, not the document itself. One item may support many \
      standards.

        fieldbook evidence add "Dose audit 2025" --supports XR-802 --kind audit
        fieldbook evidence status 3.Ab3x seen
      """,
    subcommands: [
      EvidenceAddCommand.self, EvidenceListCommand.self, EvidenceStatusCommand.self,
      EvidenceSupportCommand.self, EvidenceUnsupportCommand.self, EvidenceArchiveCommand.self,
    ]
  )
}
