import ArgumentParser
import AssessmentModel
import Convergence
import OperationStore

/// `fieldbook history`.
struct HistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "List who did what, in the order of who had seen what.",
    discussion: """
      Whatever somebody had seen stands before what they wrote. Times are what each device's clock \
      showed; they decide nothing.
      """
  )

  @OptionGroup var options: VisitOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "Only what concerns one standard, such as XR-304.")
  var ref: String?

  func run() throws {
    let visit = try options.open()
    let view = try visit.read().view
    let readers = Readers.of(try visit.device.person(), in: view)
    let words = OperationWords(view, for: readers)
    let standard = try ref.map { try OpenVisit.standard($0, in: view) }
    let authority = try visit.device.store.authority(of: visit.id)
    let whole = try visit.device.store.history(of: visit.id).entries
    let devices = try DeviceNames(whole, in: visit.device.store)
    let entries = whole.filter { entry in
      standard.map { words.concerns(entry.operation, $0) } ?? true
    }
    if output.json {
      let list = entries.map { json($0, words, view, authority, devices) }
      return Terminal.outRaw(JSONText.line(.object(["entries": .list(list)])))
    }
    guard !entries.isEmpty else { return Terminal.out("Nothing was written yet.") }
    for entry in entries {
      let operation = entry.operation
      let device = devices.distinct(operation.dot, of: operation.person).map { " (\($0))" } ?? ""
      let head = "\(Words.time(operation.clock))  \(view.name(of: operation.person))\(device)"
      let subject = standard == nil ? words.subject(operation) : ""
      Terminal.out(subject.isEmpty ? head : "\(head)  \(subject)")
      Terminal.out(Wrap.indented(words.sentence(operation), by: 4))
      if let why = entry.withoutEffect(under: authority) {
        Terminal.out(Wrap.indented("(\(why))", by: 4))
      }
    }
  }

  private func json(
    _ entry: OperationStore.HistoryEntry,
    _ words: OperationWords,
    _ view: VisitView,
    _ authority: Authority,
    _ devices: DeviceNames
  ) -> Value {
    let operation = entry.operation
    return .members(
      ("clock", .int(operation.clock)),
      ("device", devices[operation.dot].map(Value.string)),
      ("dot", .string("\(operation.dot)")),
      ("effect", .string(Self.name(entry.effect))),
      ("height", .int(entry.height)),
      ("held", entry.whyHeld(under: authority).map { .string($0.rawValue) }),
      ("name", .string(view.name(of: operation.person))),
      ("person", .string(operation.person.text)),
      ("subject", .string(words.subject(operation))),
      ("words", .string(words.sentence(operation)))
    )
  }

  private static func name(_ effect: Effect?) -> String {
    switch effect {
    case .effective: "effective"
    case .held: "held"
    case .uninterpreted: "uninterpreted"
    case .inert(let reason): "inert:\(reason.rawValue)"
    case nil: "repeated"
    }
  }
}
