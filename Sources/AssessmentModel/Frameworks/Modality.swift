/// The kind of imaging that a section of a framework is for.
public enum Modality: String, Hashable, Sendable, CaseIterable {
  /// Every imaging service.
  case all
  /// Computerised tomography.
  case ct
  /// Interventional radiology.
  case ir
  /// Magnetic resonance imaging.
  case mr
  /// Nuclear medicine and molecular imaging.
  case nm
  /// Ultrasound.
  case us
}
