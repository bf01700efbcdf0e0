import Foundation

/// Whole processes, as a person starts them: the release programs on a real home.
enum ProcessMeasures {
  static func run(_ binaries: String, folder: String) throws {
    let demo = "\(folder)/demo"
    try call("\(binaries)/fieldbook", ["demo", "--keep", demo])
    guard let home = try homes(in: demo).first else {
      print("FAULT: the demo kept no homes in \(demo)")
      return
    }
    for arguments in [
      ["judge", "XR-101", "met", "--because", "Leaflets seen in both waiting rooms."], ["status"],
    ] {
      var times: [Double] = []
      for _ in 0..<21 {
        times.append(
          try Figures.time { try call("\(binaries)/fieldbook", arguments + ["--home", home]) }
        )
      }
      print(
        """
        \(arguments[0]), whole process: median \(Figures.milliseconds(Figures.median(times))) of 21
        """
      )
    }
  }

  private static func homes(in folder: String) throws -> [String] {
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
    return names.filter { $0.hasSuffix("replica.key") }.sorted()
      .map { "\(folder)/\($0.dropLast("/replica.key".count))" }
  }

  private static func call(_ program: String, _ arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      print("FAULT: \(arguments.joined(separator: " ")) ended with \(process.terminationStatus)")
      return
    }
  }
}
