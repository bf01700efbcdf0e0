public import Convergence

/// Why an operation is held: kept, passed on and shown, without effect.
public enum HoldReason: String, CaseIterable, Hashable, Sendable {
  /// Its author never was on the visit. Nothing can release it but putting them on.
  case neverMember = "never-a-member"

  /// Its author was taken off the visit, and the server did not have it then.
  case removed

  /// It was written on a device that was revoked, and the server did not have it then.
  case revoked

  /// Finds why an operation is held.
  ///
  /// - Parameters:
  ///   - dot: The name of an operation that is held.
  ///   - person: Who wrote it.
  ///   - authority: What the server's own operations say.
  public init(of dot: Dot, by person: PersonID, under authority: Authority) {
    let cells = Standing.keys(person, person.text, dot.replica).map { authority[$0] }
    let members = cells.first?.siblings ?? []
    func rights(isReleased: Bool) -> Writers? {
      Standing.rights(members, dot, isReleased: isReleased, under: authority)
    }
    if rights(isReleased: true) == nil {
      self = .neverMember
    } else if rights(isReleased: false) == nil {
      self = .removed
    } else {
      // On a branch of a copied device the counter alone does not tell; the device's own word does.
      self = cells.dropFirst().contains { !$0.isEmpty } ? .revoked : .removed
    }
  }

  /// Whether a person can release what is held for this reason.
  public var canBeReleased: Bool { self != .neverMember }

  /// The words that people read, to be put behind "held".
  public var words: String {
    switch self {
    case .neverMember: "its author never was on the visit"
    case .removed: "its author was taken off the visit before the server had it"
    case .revoked: "it was written on a device that was revoked before the server had it"
    }
  }
}
