/// The path of a file on a simulated disk, taken apart.
struct DiskPath: Hashable {
  /// What all these paths begin with, and no real one.
  static let prefix = "/simulated-disk/"

  let disk: Int
  let name: String

  /// Reads a path; `nil` if it is one of the system's.
  init?(_ path: String) {
    guard path.hasPrefix(Self.prefix) else { return nil }
    let rest = path.dropFirst(Self.prefix.count)
    guard let slash = rest.firstIndex(of: "/"), let disk = Int(rest[..<slash]) else { return nil }
    self.disk = disk
    name = String(rest[rest.index(after: slash)...])
  }
}
