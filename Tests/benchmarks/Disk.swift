import Foundation

/// What the disk itself costs: no durable figure means anything without it.
enum Disk {
  /// The median time of appending 4 KiB and waiting for it, in seconds.
  static func medianSync(in folder: String) throws -> Double {
    let path = "\(folder)/sync-probe"
    let file = unsafe open(path, O_CREAT | O_WRONLY | O_TRUNC, 0o600)
    guard file >= 0 else { throw POSIXError(.EIO) }
    defer {
      close(file)
      unsafe unlink(path)
    }
    let page = [UInt8](repeating: 0x5A, count: 4_096)
    var times: [Double] = []
    for _ in 0..<200 {
      times.append(
        Figures.time {
          _ = unsafe page.withUnsafeBytes { unsafe write(file, $0.baseAddress, $0.count) }
          fdatasync(file)
        }
      )
    }
    return Figures.median(times)
  }

  /// The size of a store's files, in bytes.
  static func size(of path: String) -> Int {
    ["", "-wal"].reduce(0) { sum, suffix in
      let attributes = try? FileManager.default.attributesOfItem(atPath: path + suffix)
      return sum + ((attributes?[.size] as? Int) ?? 0)
    }
  }
}
