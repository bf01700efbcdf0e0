import ArgumentParser
import Convergence
import OperationStore
import SyncClient
import SyncProtocol

/// `fieldbook bundle export`.
struct BundleExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write what this device holds into a file.",
    discussion: """
      Without options: everything of the open visit, so that whoever takes it in needs nothing else. \
      The file is signed by this device and compressed, not encrypted: whoever has it reads the \
      assessments.
      """
  )

  @OptionGroup var options: HomeOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "The file to write; - for standard output.", completion: .file())
  var file: String

  @Option(
    help: ArgumentHelp(
      "A visit; repeat it for several. Default: the open one.",
      valueName: "visit"
    )
  )
  var visit: [String] = []

  @Flag(help: "Every visit on this device.")
  var all = false

  @Flag(help: "Only what you wrote, on any device.")
  var mine = false

  @Flag(help: "Only what the server is not known to have.")
  var unsent = false

  func validate() throws {
    guard !mine || !unsent else { throw ValidationError("--mine and --unsent exclude each other.") }
    guard !all || visit.isEmpty else {
      throw ValidationError("--all and --visit exclude each other.")
    }
    guard file != "-" || !output.json else {
      throw ValidationError("With the file on standard output there is no room for --json.")
    }
  }

  func run() throws {
    let device = try options.device()
    let enrolment = try device.enrolment()
    let visits = try chosen(device)
    let isUsable = try device.obstacle(enrolment) == nil
    let export = BundleExport(
      identity: enrolment.identity,
      key: isUsable ? device.matchingKey(enrolment) : nil,
      now: Environment.clock()
    )
    let choice: BundleExport.Choice =
      mine ? .of(enrolment.person) : unsent ? .unsent : .everything
    let made = try export.bundle(of: visits, choice, from: device.store)
    try BundleFile.write(made.file, to: file)
    try tell(made)
  }

  private func chosen(_ device: Device) throws -> [VisitID] {
    if all { return try device.store.visits() }
    guard !visit.isEmpty else { return [try OpenVisit(device, named: nil).id] }
    var visits: [VisitID] = []
    for name in visit {
      let id = try OpenVisit(device, named: name).id
      if !visits.contains(id) { visits.append(id) }
    }
    return visits
  }

  private func tell(_ made: BundleExport.Made) throws {
    let batches = made.header.parts.reduce(0) { $0 + $1.batches }
    if output.json {
      let value = Value.object([
        "batches": .int(batches), "bytes": .int(Int64(made.file.count)), "file": .string(file),
        "notSigned": .int(made.openOperations), "signed": .bool(made.header.maker != nil),
        "visits": .list(
          made.header.parts.map { part in
            .object([
              "batches": .int(part.batches), "first": .int(part.first),
              "id": .string(part.visit.text), "last": .int(part.last),
            ])
          }
        ),
      ])
      Terminal.outRaw(JSONText.line(value))
    } else {
      let words =
        "\(batches) \(batches == 1 ? "batch" : "batches") of "
        + "\(Words.count(Int64(made.header.parts.count), "visit")), "
        + "\(made.file.count) bytes: \(Printable.line(file))"
      if file == "-" { Terminal.say(words) } else { Terminal.out(words) }
    }
    if made.openOperations > 0 {
      Terminal.say(
        """
        \(Words.count(made.openOperations, "change")) are not in it: only the key of this device can \
        sign them, and it is not here. fieldbook rescue FILE saves them as they are.
        """
      )
    }
    if made.header.maker == nil { Terminal.say("Nobody signs for the file as a whole.") }
  }
}
