/// A place in a standard whose words hold for some nations only, or differ between them.
///
/// The service's nation chooses what is shown first; all of it stays readable (R16).
public struct NationCondition: Hashable, Sendable {
  /// Where it stands.
  public let place: StandardPlace
  /// The nations named there, each once.
  public let nations: [Nation]

  /// Records a condition.
  public init(place: StandardPlace, nations: [Nation]) {
    self.place = place
    self.nations = nations
  }
}
