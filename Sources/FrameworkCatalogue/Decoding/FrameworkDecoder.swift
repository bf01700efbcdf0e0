public import AssessmentModel

/// Reads a framework from its data and checks that it holds together.
///
/// Total: no bytes can stop the process, and what cannot be read or does not add up is an error
/// with its file, standard and field. Fields that it does not know are left alone.
public struct FrameworkDecoder: Sendable {
  /// What the errors call the file.
  public let file: String

  /// Reads data that errors shall call by a given name.
  public init(file: String) {
    self.file = file
  }

  /// The framework, checked as a whole.
  ///
  /// - Throws: the first of ``faults(in:)``.
  public func decode(_ bytes: [UInt8]) throws(CatalogueError) -> Framework {
    let document = try FrameworkDocument(bytes: bytes, file: file)
    if let fault = FrameworkCheck(document).faults().first { throw fault }
    return document.framework
  }

  /// Everything that is wrong with some data, in the order in which it stands; empty if nothing is.
  ///
  /// A document that cannot be read at all has one fault, the first.
  public func faults(in bytes: [UInt8]) -> [CatalogueError] {
    do {
      return FrameworkCheck(try FrameworkDocument(bytes: bytes, file: file)).faults()
    } catch {
      return [error]
    }
  }
}
