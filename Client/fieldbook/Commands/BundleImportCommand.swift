import ArgumentParser
import Convergence
import OperationStore
import SyncClient
import SyncProtocol

/// `fieldbook bundle import`.
struct BundleImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Take in files that others exported.",
    discussion: """
      Every batch proves itself by its signature; a damaged file gives what is whole in it. What \
      builds on work that is not here yet waits, and comes in by itself as soon as that is here. \
      Exit status 2 if something in a file was refused or could not be read.
      """
  )

  @OptionGroup var options: HomeOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "The files, in any order; - for standard input.", completion: .file())
  var files: [String]

  func run() throws {
    let device = try options.device()
    let enrolment = try device.enrolment()
    let isUsable = try device.obstacle(enrolment) == nil
    let taker = BundleImport(
      identity: enrolment.identity,
      key: isUsable ? device.matchingKey(enrolment) : nil,
      person: enrolment.person,
      now: Environment.clock()
    )
    var reports: [(file: String, report: BundleReport)] = []
    for file in files {
      let report = try taker.take(BundleFile.read(file), into: device.store)
      for part in report.parts where part.isNewVisit && part.obstacle == nil {
        try welcome(part, device, enrolment.person)
      }
      reports.append((file, report))
    }
    tell(reports, device)
    let isBad = reports.contains { _, report in
      !report.refused.isEmpty || !report.problems.isEmpty
        || report.parts.contains { $0.obstacle != nil }
    }
    guard !isBad else { throw ExitCode(CommandFailure.Kind.refused.rawValue) }
  }

  /// Puts a visit that came by file on the list, with its framework where that is at hand.
  private func welcome(_ part: BundleReport.Part, _ device: Device, _ person: PersonID) throws {
    let store = device.store
    let cells = try store.cells(of: part.visit)
    let member = cells[CellKey(.named("visit"), "member", slot: person.text)]
    let pin = OpenVisit.pin(cells)
    let framework = try pin.flatMap { try FrameworkShelf(home: device.home).framework($0) }
    try store.transaction { () throws(StoreError) in
      if try store.document("visit", part.visit.text) == nil {
        let role = member.siblings.compactMap { $0.value["role"]?.string }.first ?? ""
        try store.setDocument(
          "visit",
          part.visit.text,
          .object([
            "framework": cells[CellKey(.named("visit"), "framework")].siblings.first?.value
              ?? .object([:]),
            "role": .string(role), "title": .string(part.title),
          ])
        )
      }
      if let pin, let framework { try StandardCard.keep(framework, pinned: pin, in: store) }
    }
  }

  private func tell(_ reports: [(file: String, report: BundleReport)], _ device: Device) {
    if output.json {
      let list = reports.map { file, report -> Value in
        guard case .map(let map) = report.value else { return report.value }
        let members = map.members + [.init(key: "file", value: .string(file))]
        return Value.Map(members.sorted { $0.key < $1.key }).map { .map($0) } ?? report.value
      }
      return Terminal.outRaw(JSONText.line(.object(["files": .list(list)])))
    }
    let names = ReplicaNames(device.store)
    for (file, report) in reports {
      var title = Printable.line(file)
      if let maker = report.maker {
        title += ", made by \(Printable.line(names.name(maker.replica)))"
      }
      Terminal.out(title)
      for line in report.lines(name: names.name) {
        Terminal.out(Wrap.indented(Printable.line(line), by: 4, first: "  "))
      }
    }
  }
}
