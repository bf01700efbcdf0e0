import Foundation

/// Measures what `design` promises, on this machine, and prints every figure with what it depends on.
///
/// `benchmarks [--scale N] [--directory DIR] [--binaries DIR]`: the scale multiplies the workload, the
/// directory is where the stores are written (the disk that is measured), the binaries are the
/// release programs whose whole-process times are taken.
@main
enum Benchmarks {
  static func main() async throws {
    var scale = 1
    var directory = FileManager.default.temporaryDirectory.path
    var binaries: String?
    var arguments = CommandLine.arguments.dropFirst()
    while let argument = arguments.popFirst() {
      switch (argument, arguments.first) {
      case ("--scale", let value?): scale = max(1, Int(value) ?? 1)
      case ("--directory", let value?): directory = value
      case ("--binaries", let value?): binaries = value
      default:
        print("usage: benchmarks [--scale N] [--directory DIR] [--binaries DIR]")
        exit(64)
      }
      arguments = arguments.dropFirst()
    }
    let folder = "\(directory)/fieldbook-benchmarks-\(ProcessInfo.processInfo.processIdentifier)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }

    let sync = try Disk.medianSync(in: folder)
    print("F, median fdatasync of 4 KiB: \(Figures.milliseconds(sync))")
    let workload = try Workload(seed: 1, visits: 8, devices: 8, operations: 20_000 * scale)
    print(workload.summary)
    try await ServerMeasures.run(workload, folder: folder)
    try ServerMeasures.disk(workload, folder: folder)
    try ClientMeasures.run(workload, folder: folder)
    try MergeMeasures.run(workload)
    try WireMeasures.run(workload, folder: folder)
    if let binaries { try ProcessMeasures.run(binaries, folder: folder) }
    print("F again: \(Figures.milliseconds(try Disk.medianSync(in: folder)))")
  }
}
