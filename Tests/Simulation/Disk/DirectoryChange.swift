/// A file that got a name or lost it, which a power cut can undo.
struct DirectoryChange {
  let name: String
  let file: DiskFile
  let isDeletion: Bool
}
