/// A file as one connection has it open.
final class OpenFile {
  let file: DiskFile
  let name: String

  /// How often the power had been cut when it was opened: after the next cut it is dead.
  let generation: Int

  /// Whether it goes when it is closed.
  let isTemporary: Bool

  /// Whether its first sync makes the directory durable too, as SQLite has it for journals.
  var syncsDirectory: Bool

  /// The shared memory that it uses.
  var memory: SharedMemory?

  init(
    _ file: DiskFile,
    name: String,
    generation: Int,
    isTemporary: Bool,
    syncsDirectory: Bool
  ) {
    self.file = file
    self.name = name
    self.generation = generation
    self.isTemporary = isTemporary
    self.syncsDirectory = syncsDirectory
  }
}
