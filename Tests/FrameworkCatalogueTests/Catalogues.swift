import AssessmentModel
import FrameworkCatalogue
import Testing

/// The bundled editions by name, for tests that are about one of them.
enum Catalogues {
  static func imaging() throws -> Framework {
    try FrameworkCatalogue.framework(id: imagingID(), edition: imagingEdition())
  }

  static func qualityManagement() throws -> Framework {
    try FrameworkCatalogue.framework(
      id: try #require(FrameworkID("lm2-quality-management")),
      edition: try #require(FrameworkEdition("undated"))
    )
  }

  static func imagingText() throws -> String {
    let bytes = try FrameworkCatalogue.data(id: imagingID(), edition: imagingEdition())
    return try #require(String(validating: bytes, as: UTF8.self))
  }

  static func imagingID() throws -> FrameworkID { try #require(FrameworkID("qsi-imaging")) }

  static func imagingEdition() throws -> FrameworkEdition {
    try #require(FrameworkEdition("2026-draft"))
  }
}

extension Framework {
  /// The standard of a ref, or a failed test.
  func required(_ ref: String) throws -> Standard {
    try #require(standard(ref: ref), "no standard \(ref)")
  }
}
