import AssessmentModel
import Convergence
import FrameworkCatalogue
import OperationStore
import SyncProtocol

/// The framework editions at hand: those that came with the program, and those that a server gave.
///
/// A visit pins the hash of the bytes; nothing else is taken for it.
struct FrameworkShelf {
  let home: Home

  /// The edition that a visit pins; `nil` if it is not at hand.
  func framework(_ pin: FrameworkPin) throws -> Framework? {
    guard let id = FrameworkID(pin.id), let edition = FrameworkEdition(pin.edition) else {
      return nil
    }
    for folder in [nil, CatalogueFolder(path: home.frameworks)] {
      guard let bytes = try? FrameworkCatalogue.data(id: id, edition: edition, in: folder),
        Hash256.plain(bytes).text == pin.hash
      else { continue }
      return try FrameworkCatalogue.framework(id: id, edition: edition, in: folder)
    }
    return nil
  }

  /// Keeps the bytes of an edition that a server gave and whose hash was checked.
  func keep(_ bytes: [UInt8], for pin: FrameworkPin) throws {
    // Read as names first: they become part of a path.
    guard let id = FrameworkID(pin.id), let edition = FrameworkEdition(pin.edition) else { return }
    try Files.makeFolder("\(home.frameworks)/\(id)")
    try Files.save(bytes, to: "\(home.frameworks)/\(id)/\(edition).json")
  }
}
