import AssessmentModel
import FrameworkCatalogue
import Simulation

/// The imaging standard, and a simulator that judges by it.
enum Imaging {
  static let framework: Framework? = {
    guard let id = FrameworkID("qsi-imaging"), let edition = FrameworkEdition("2026-draft") else {
      return nil
    }
    return try? FrameworkCatalogue.framework(id: id, edition: edition)
  }()

  /// A simulator.
  ///
  /// - Throws: ``BrokenWorld`` if the framework is not at hand.
  static func simulator() throws -> Simulator {
    guard let framework else { throw BrokenWorld("the imaging standard does not read") }
    return Simulator(framework: framework)
  }
}
