public import AssessmentModel

/// The frameworks that come with the program, as data.
///
/// They lie in a folder of resources beside the executable (or in the build folder). Nothing here
/// traps when that folder is missing: every call reports where it looked.
public enum FrameworkCatalogue {
  /// The bundled editions, ordered by name and edition, from a short index.
  ///
  /// No framework is read. `folder` is for tests and for catalogues kept elsewhere; without it the
  /// program's own is used.
  ///
  /// - Throws: ``CatalogueError`` if the folder or its index is missing or damaged.
  public static func bundled(
    in folder: CatalogueFolder? = nil
  ) throws(CatalogueError) -> [FrameworkEntry] {
    let bytes = try resolved(folder).bytes(of: CatalogueFolder.index)
    return try FrameworkEntry.decode(index: bytes, file: CatalogueFolder.index)
  }

  /// One framework, read and checked as a whole.
  ///
  /// - Throws: ``CatalogueError`` if there is no such edition, if the file cannot be read, or if it
  ///   is not what it claims to be. All or nothing: there is no half framework.
  public static func framework(
    id: FrameworkID,
    edition: FrameworkEdition,
    in folder: CatalogueFolder? = nil
  ) throws(CatalogueError) -> Framework {
    let bytes = try data(id: id, edition: edition, in: folder)
    let file = CatalogueFolder.file(id: id, edition: edition)
    let framework = try FrameworkDecoder(file: file).decode(bytes)
    guard framework.id == id, framework.edition == edition else {
      throw CatalogueError(
        code: .wrongIdentity,
        place: CatalogueError.Place(file: file, field: "edition"),
        message: "The file holds \(framework.id) \(framework.edition). Rename it, or correct it."
      )
    }
    return framework
  }

  /// The exact bytes of one framework, as a server hands them on and as their hash is taken.
  ///
  /// The bytes are not checked; ``framework(id:edition:in:)`` does that.
  ///
  /// - Throws: ``CatalogueError`` if there is no such edition or the file cannot be read.
  public static func data(
    id: FrameworkID,
    edition: FrameworkEdition,
    in folder: CatalogueFolder? = nil
  ) throws(CatalogueError) -> [UInt8] {
    try resolved(folder).bytes(of: CatalogueFolder.file(id: id, edition: edition))
  }

  private static func resolved(
    _ folder: CatalogueFolder?
  ) throws(CatalogueError) -> CatalogueFolder {
    guard let folder else { return try CatalogueFolder.installed() }
    return folder
  }
}
