import ArgumentParser
import Simulation

/// Restores a day-old backup under many devices and says what it took.
struct RestoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Restores a day-old backup under many devices, and measures until all is back.",
    discussion: """
      Two days are played without faults; a backup is made between them. Then the server is put back \
      to it, and every device syncs within a minute. The last visit is made after the backup where \
      there are several.
      """
  )

  @Option(help: "The seed.")
  var seed: UInt64 = 1

  @Option(help: "Devices, 1 to \(Size.deviceLimit).")
  var devices = 300

  @Option(help: "Visits, 1 to \(Size.visitLimit).")
  var visits = 30

  @Option(
    help: ArgumentHelp("The framework of the visits.", valueName: "id/edition"),
    transform: { try FrameworkName($0) }
  )
  var framework: FrameworkName?

  func validate() throws {
    guard (1...Size.deviceLimit).contains(devices), (1...Size.visitLimit).contains(visits) else {
      throw ValidationError("--devices and --visits are within the limits of `simulate run`.")
    }
  }

  func run() throws {
    let drill = RestoreDrill(framework: try (framework ?? FrameworkName.usual).framework())
    var elapsed = Duration.zero
    let report = try drill.run(seed: seed, devices: devices, visits: visits) { body in
      elapsed = try ContinuousClock().measure(body)
    }
    Terminal.out("devices \(report.devices), visits \(report.visits)")
    Terminal.out("on the server: \(report.operations) operations in \(report.batches) batches")
    Terminal.out(
      """
      lacking in the backup: \(report.lackedOperations) operations in \(report.lackedBatches) \
      batches, \(report.lackedVisits) visits
      """
    )
    Terminal.out("requests \(report.requests), \(report.bytes) bytes both ways")
    Terminal.out("complete after \(report.milliseconds) ms of virtual time")
    Terminal.out("lost \(report.lost), doubled \(report.doubled)")
    Terminal.say("all of it computed in \(elapsed) on one core")
    guard report.lost == 0, report.doubled == 0 else { throw CommandRun.broken }
  }
}
