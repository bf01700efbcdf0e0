#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// The few things that the program does with files beside its store.
enum Files {
  /// Whether something is there.
  static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  /// Makes a folder that only its owner may enter, and those above it.
  static func makeFolder(_ path: String) throws(CommandFailure) {
    if exists(path) { return }
    let parent = folder(of: path)
    if !parent.isEmpty, parent != path { try makeFolder(parent) }
    guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else {
      throw failure("The folder \(path) cannot be made")
    }
  }

  /// All of a file, or `nil` if there is none.
  static func contents(of path: String) throws(CommandFailure) -> [UInt8]? {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      if errno == ENOENT { return nil }
      throw failure("\(path) cannot be read")
    }
    defer { close(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes { space in
        unsafe read(file, space.baseAddress, space.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure("\(path) cannot be read") }
      if count == 0 { return bytes }
      bytes += buffer[..<count]
    }
  }

  /// Writes a file as a whole: whoever looks sees all of it or nothing, also after a power cut.
  static func save(
    _ bytes: [UInt8],
    to path: String,
    mode: mode_t = 0o644
  ) throws(CommandFailure) {
    let draft = "\(path).\(getpid()).part"
    let file = unsafe open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
    guard file >= 0 else { throw failure("\(path) cannot be written") }
    var isWritten = put(bytes, to: file) && fsync(file) == 0
    isWritten = close(file) == 0 && isWritten
    guard isWritten, unsafe rename(draft, path) == 0 else {
      let failure = failure("\(path) cannot be written")
      unsafe unlink(draft)
      throw failure
    }
    let name = folder(of: path)
    let parent = unsafe open(name.isEmpty ? "." : name, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if parent >= 0 {
      fsync(parent)
      close(parent)
    }
  }

  /// Gives a file another name.
  static func move(_ path: String, to other: String) throws(CommandFailure) {
    guard unsafe rename(path, other) == 0 else { throw failure("\(path) cannot be moved") }
  }

  /// The folder that a path lies in; empty for the folder at hand.
  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "" }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func put(_ bytes: [UInt8], to file: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { space in
        unsafe write(file, space.baseAddress, space.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  private static func failure(_ what: String) -> CommandFailure {
    .failed("\(what): \(unsafe String(cString: strerror(errno))).")
  }
}
