import ArgumentParser
import Convergence

/// Which visit a command is about.
struct VisitOption: ParsableArguments {
  @Argument(help: "The identifier of the visit; see visit list.")
  var visit: String

  /// The visit that was named.
  func id() throws -> VisitID { try Self.id(visit) }

  /// The visit of a text.
  static func id(_ visit: String) throws -> VisitID {
    guard let id = VisitID(text: visit) else {
      throw ValidationError("\(visit) is no identifier of a visit. See: fieldbookd visit list.")
    }
    return id
  }
}
