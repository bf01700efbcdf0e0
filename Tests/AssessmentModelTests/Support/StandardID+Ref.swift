import AssessmentModel
import Testing

extension VisitView {
  /// The standard of a ref.
  func at(_ ref: String) throws -> StandardView {
    try #require(standards.first { $0.ref == ref })
  }
}

/// The ID of a ref of the small framework.
func id(_ ref: String) throws -> StandardID {
  try #require(SmallFramework.framework?.standard(ref: ref)?.id)
}
