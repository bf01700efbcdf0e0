import AssessmentModel
import FrameworkCatalogue
import SyncProtocol

/// The frameworks that this server gives out: those that came with the program.
enum Frameworks {
  /// The bytes of an edition; `nil` if there is none.
  static func bytes(id: String, edition: String) -> [UInt8]? {
    guard let id = FrameworkID(id), let edition = FrameworkEdition(edition) else { return nil }
    return try? FrameworkCatalogue.data(id: id, edition: edition)
  }

  /// What a visit pins: the edition, found where only one is meant, and the hash of its bytes.
  static func pin(
    id: String,
    edition: String?
  ) throws(Problem) -> (edition: String, hash: String) {
    let entries: [FrameworkEntry]
    do throws(CatalogueError) {
      entries = try FrameworkCatalogue.bundled().filter { $0.id.text == id }
    } catch {
      throw Problem(.unavailable, error.description)
    }
    let editions = entries.map(\.edition.text)
    guard !editions.isEmpty else {
      throw Problem(.unknown, "There is no framework \(id). See: fieldbookd framework list.")
    }
    let known = editions.joined(separator: ", ")
    guard let chosen = edition ?? (editions.count == 1 ? editions.first : nil) else {
      throw Problem(.malformed, "Framework \(id) has several editions: \(known). Name one.")
    }
    guard editions.contains(chosen), let bytes = bytes(id: id, edition: chosen) else {
      throw Problem(.unknown, "Framework \(id) has no edition \(chosen), only \(known).")
    }
    return (chosen, Hash256.plain(bytes).text)
  }
}
