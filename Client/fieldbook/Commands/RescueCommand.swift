import ArgumentParser
import Convergence
import OperationStore
import SyncProtocol

/// `fieldbook rescue`.
struct RescueCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rescue",
    abstract: "Save everything from this device's store into a file, also if the store is damaged.",
    discussion: """
      Reads the store without changing it: through its tables as far as they read, and page by page \
      where they do not. Whatever is genuine goes into a bundle that another device or the server \
      takes in, with what was never signed or was refused beside it. Nothing is removed.

      Exit status 2 if something could not be saved; the file is there all the same.
      """
  )

  @OptionGroup var options: HomeOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "The file to write; - for standard output.", completion: .file())
  var file: String

  @Option(
    help: ArgumentHelp("Another store than this device's.", valueName: "store.sqlite"),
    completion: .file()
  )
  var store: String?

  func validate() throws {
    guard file != "-" || !output.json else {
      throw ValidationError("With the file on standard output there is no room for --json.")
    }
  }

  func run() throws {
    let home = try options.home()
    let path = store ?? home.store
    guard let bytes = try Files.contents(of: path) else {
      throw CommandFailure.refused("There is no store at \(path).")
    }
    let log = try Files.contents(of: path + "-wal") ?? []
    let salvage = StoreRescue.salvage(path: path, file: bytes, log: log)
    let key = try? KeyFile.key(home.key)
    let made = try salvage.bundle(key: key, now: Environment.clock())
    try BundleFile.write(made, to: file)
    tell(salvage, made.count)
    guard salvage.losses.isEmpty else {
      throw ExitCode(CommandFailure.Kind.refused.rawValue)
    }
  }

  private func tell(_ salvage: Salvage, _ size: Int) {
    if output.json {
      let value = Value.object([
        "batches": .int(Int64(salvage.batches.count)), "bytes": .int(Int64(size)),
        "certificates": .int(Int64(salvage.certificates.count)), "file": .string(file),
        "losses": .list(salvage.losses.map { .string($0) }),
        "neverSigned": .int(Int64(salvage.open.count)),
        "refusedByServer": .int(Int64(salvage.rescued.count)),
        "visits": .list(salvage.visits.map { .string($0.text) }),
      ])
      return Terminal.outRaw(JSONText.line(value))
    }
    let words = """
      Saved \(salvage.batches.count) batches of \(Words.count(Int64(salvage.visits.count), "visit")), \
      \(salvage.open.count) changes that were never signed, \(salvage.rescued.count) batches that the \
      server had refused: \(Printable.line(file))
      """
    if file == "-" { Terminal.say(words) } else { Terminal.out(words) }
    for loss in salvage.losses { Terminal.say(Printable.line(loss)) }
    if salvage.losses.isEmpty { Terminal.say("Everything in the store was saved.") }
  }
}
