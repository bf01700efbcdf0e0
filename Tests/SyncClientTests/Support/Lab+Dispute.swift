import AssessmentModel
import Convergence
import OperationStore
import Testing

extension Lab {
  /// A lead, and two people who judged one standard differently without having seen each other.
  func apart() throws -> (lead: Device, one: Device, two: Device) {
    let devices = try (0..<3).map { try device(of: $0, key: $0) }
    for device in devices { try sync(device) }
    try devices[1].judge("xr-304", .met, because: "Room 1.")
    try devices[2].judge("xr-304", .notMet, because: "Room 2.")
    return (devices[0], devices[1], devices[2])
  }

  /// The same, and everybody has seen the dispute.
  func disputing() throws -> (lead: Device, one: Device, two: Device) {
    let team = try apart()
    for device in [team.one, team.two, team.lead, team.one] { try sync(device) }
    return team
  }

  /// The same, and the lead has resolved it, which nobody else has seen.
  func resolved() throws -> (lead: Device, one: Device, two: Device) {
    let team = try disputing()
    try team.lead.resolve("xr-304", .met)
    return team
  }

  /// Whether a device shows a resolution; whatever it shows must be all of it or nothing.
  func showsResolution(_ store: OperationStore) throws -> Bool {
    let view = VisitView(cells: try store.cells(of: visit), framework: nil) { _, _ in false }
    let place = try #require(view.standard(id: "qsi/xr-304")?.whole)
    guard let resolution = place.resolutions.all.first else {
      #expect(place.teamView == .disputed(.outcome))
      return false
    }
    #expect(place.teamView == .resolved(.met) && place.resolutions.all.count == 1)
    #expect(resolution.content.because == "Agreed." && resolution.cites.count == 2)
    #expect(place.judgements(notCoveredBy: resolution).isEmpty)
    return true
  }
}
