import AssessmentModel
import Convergence
import OperationStore

extension OpenVisit {
  /// The standard that a person means by a ref, without reading the framework where that can be
  /// helped.
  ///
  /// - Throws: ``CommandFailure`` with the nearest refs if there is none.
  func card(_ ref: String) throws -> StandardCard {
    let cells = try cells()
    guard let pin = Self.pin(cells) else {
      throw CommandFailure.refused(
        "This visit is not on the device yet, so nothing can be judged. Run: fieldbook sync."
      )
    }
    if let card = try StandardCard(ref, of: pin, in: device.store) { return card }
    guard let framework = try framework(cells) else {
      throw CommandFailure.refused(
        """
        The framework \(pin.id) \(pin.edition) is not on this device, so "\(ref)" cannot be looked \
        up. Connect and run: fieldbook sync.
        """
      )
    }
    let store = device.store
    try store.transaction { () throws(StoreError) in
      try StandardCard.keep(framework, pinned: pin, in: store)
    }
    return StandardCard(try Self.standard(ref, in: framework), in: framework)
  }

  /// The standard that a person means by a ref or an identifier.
  ///
  /// - Throws: ``CommandFailure`` with the nearest refs if there is none.
  static func standard(_ ref: String, in framework: Framework) throws(CommandFailure) -> Standard {
    if let standard = framework.standard(ref: ref) { return standard }
    if let standard = StandardID(ref).flatMap({ framework.standard(id: $0) }) { return standard }
    let near = framework.nearestRefs(to: ref)
    let what = "\(framework.title) has no standard \"\(ref)\"."
    guard !near.isEmpty else { throw .refused("\(what) List them: fieldbook standards.") }
    let names = near.map { "  \($0.ref)  \($0.title)" }.joined(separator: "\n")
    throw .refused("\(what) The nearest are:\n\(names)")
  }

  /// The standard of a reading that a person means by a ref or an identifier.
  static func standard(_ ref: String, in view: VisitView) throws(CommandFailure) -> StandardView {
    if let standard = view.standard(id: ref) { return standard }
    guard let framework = view.framework else {
      throw .refused(
        """
        The framework of this visit is not on this device, so refs cannot be looked up. Connect and \
        run: fieldbook sync.
        """
      )
    }
    let standard = try standard(ref, in: framework)
    guard let found = view.standard(standard.id) else {
      throw .refused("This visit has no standard \"\(ref)\".")
    }
    return found
  }

  /// The item that a person means by a short name such as `12.Ab3x`, or by the whole dot.
  ///
  /// - Throws: ``CommandFailure`` if none fits or several do.
  static func item(
    _ text: String,
    _ what: String,
    among dots: [Dot]
  ) throws(CommandFailure) -> Dot {
    let name = text.hasPrefix("#") ? String(text.dropFirst()) : text
    if let dot = Dot(text: name), dots.contains(dot) { return dot }
    let parts = name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let found = dots.filter { dot in
      parts.count == 2 && !parts[1].isEmpty && String(dot.counter) == parts[0]
        && dot.replica.text.hasPrefix(parts[1])
    }
    if found.count == 1 { return found[0] }
    guard found.isEmpty else {
      let names = found.map(\.description).joined(separator: ", ")
      throw .refused("\"\(text)\" fits several. Name one of them: \(names)")
    }
    throw .refused("There is no \(what) \"\(text)\" in this visit. \(Self.advice(what))")
  }

  /// The location that a person means by its name or its short name.
  static func location(_ text: String, in view: VisitView) throws(CommandFailure) -> Dot {
    let named = view.service.locations.filter { location in
      location.archived.isEmpty
        && location.name.contents.contains { $0.lowercased() == text.lowercased() }
    }
    if named.count == 1 { return named[0].dot }
    return try item(text, "location", among: view.service.locations.map(\.dot))
  }

  private static func advice(_ what: String) -> String {
    switch what {
    case "evidence": "List them: fieldbook evidence list."
    case "location": "List them: fieldbook location list."
    default: "They are shown by: fieldbook show REF."
    }
  }
}

extension Dot {
  /// A name that a person can type: the counter and the start of the replica.
  var short: String { "\(counter).\(replica.text.prefix(4))" }
}

extension OpenVisit {
  /// The evidence item that a person means.
  func evidence(_ text: String) throws -> Dot {
    try Self.item(text, "evidence", among: read().view.evidence.map(\.dot))
  }
}
