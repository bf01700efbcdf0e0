import Foundation
import Testing

/// A program that runs beside a test until it is ended; the test waits for what it says.
final class Background {
  private let process = Process()
  private let out = Pipe()
  private let err = Pipe()
  private var heard: [ObjectIdentifier: String] = [:]

  /// Starts a command of a device.
  init(_ device: Device, _ arguments: String...) throws {
    process.executableURL = URL(fileURLWithPath: Program.fieldbook.path)
    process.arguments = arguments + ["--home", device.home]
    process.environment = Program.environment(device.environment)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = out
    process.standardError = err
    try process.run()
    for pipe in [out, err] { try? pipe.fileHandleForWriting.close() }
  }

  deinit { end() }

  var isRunning: Bool { process.isRunning }

  /// Waits until standard output says something, not said before; a program that ends first never
  /// will.
  func says(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    try wait(for: text, on: out, sourceLocation)
  }

  /// The same of standard error, where line breaks are spaces: messages wrap.
  func mentions(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    try wait(for: text, on: err, sourceLocation)
  }

  /// Ends it as a person does who breaks it off.
  func end() {
    guard process.isRunning else { return }
    process.interrupt()
    process.waitUntilExit()
  }

  private func wait(
    for text: String,
    on pipe: Pipe,
    _ sourceLocation: SourceLocation
  ) throws {
    var read = heard[ObjectIdentifier(pipe)] ?? ""
    while true {
      if let range = read.range(of: text) {
        heard[ObjectIdentifier(pipe)] = String(read[range.upperBound...])
        return
      }
      let data = pipe.fileHandleForReading.availableData
      try #require(
        !data.isEmpty,
        "it ended without \"\(text)\": \(read)",
        sourceLocation: sourceLocation
      )
      read += String(decoding: data, as: UTF8.self)
        .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        .joined(separator: " ")
    }
  }
}
