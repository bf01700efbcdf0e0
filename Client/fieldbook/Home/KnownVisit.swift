import AssessmentModel
import Convergence
import OperationStore
import SyncProtocol

/// A visit that the device has heard of: on it, or on the list that the server gave last.
struct KnownVisit {
  let id: VisitID
  let title: String

  /// The person's role, as the server's list had it; empty if it is not on the list.
  let role: String

  /// Whether the device holds it.
  let isOpened: Bool

  /// Whether it was on the device and was taken off it.
  var isClosed = false

  /// Every visit that the device has heard of, by title and identifier.
  static func all(_ store: OperationStore) throws(StoreError) -> [KnownVisit] {
    let opened = try store.visits()
    var known: [KnownVisit] = []
    for (key, value) in try store.documents("visit") {
      guard let id = VisitID(text: key) else { continue }
      known.append(
        KnownVisit(
          id: id,
          title: value["title"]?.string ?? key,
          role: value["role"]?.string ?? "",
          isOpened: opened.contains(id)
        )
      )
    }
    for (key, value) in try store.documents("closed") {
      guard let id = VisitID(text: key), !opened.contains(id) else { continue }
      if let index = known.firstIndex(where: { $0.id == id }) {
        known[index].isClosed = true
      } else {
        let title = value["title"]?.string ?? key
        known.append(
          KnownVisit(id: id, title: title, role: "", isOpened: false, isClosed: true)
        )
      }
    }
    for id in opened where !known.contains(where: { $0.id == id }) {
      known.append(KnownVisit(id: id, title: id.text, role: "", isOpened: true))
    }
    return known.sorted { ($0.title, $0.id) < ($1.title, $1.id) }
  }

  /// Keeps the list that the server gave.
  static func keep(_ visits: [VisitSummary], in store: OperationStore) throws(StoreError) {
    try store.transaction { () throws(StoreError) in
      for (key, _) in try store.documents("visit")
      where !visits.contains(where: { $0.visit.text == key }) {
        try store.setDocument("visit", key, nil)
      }
      for visit in visits {
        try store.setDocument(
          "visit",
          visit.visit.text,
          .object([
            "framework": visit.framework, "role": .string(visit.role),
            "title": .string(visit.title),
          ])
        )
      }
    }
  }

  /// The visit that a person means by an identifier, the start of one, or a title.
  ///
  /// - Throws: ``CommandFailure`` if none fits or several do.
  static func find(_ text: String, in known: [KnownVisit]) throws(CommandFailure) -> KnownVisit {
    let wanted = text.lowercased()
    let readings: [(KnownVisit) -> Bool] = [
      { $0.id.text == text },
      { $0.title.lowercased() == wanted },
      { $0.id.text.hasPrefix(text) },
      { $0.title.lowercased().hasPrefix(wanted) },
      { $0.title.lowercased().contains(wanted) },
    ]
    for reading in readings where !text.isEmpty {
      let found = known.filter(reading)
      if found.count == 1 { return found[0] }
      guard found.isEmpty else {
        let names = found.map { "\($0.id)  \($0.title)" }.joined(separator: "\n  ")
        throw .refused("\"\(text)\" fits \(found.count) visits. Name one of them:\n  \(names)")
      }
    }
    let names = known.map { "\($0.id)  \($0.title)" }.joined(separator: "\n  ")
    let list = known.isEmpty ? " None is known here yet." : " Known here:\n  \(names)"
    throw .refused(
      "No visit \"\(text)\" is known here; ask the server for the list: fieldbook visits.\(list)"
    )
  }
}
