/// What the end of a bundle says of the whole of it (section 8.1).
public enum BundleClosing: Hashable, Sendable {
  /// There is no end: the file was cut.
  case missing

  /// The bytes before the end are not those that it speaks of.
  case changed

  /// They are, and nobody signed for them.
  case unsigned

  /// They are, and this is the signature over their hash.
  case signed(Hash256, Signature)

  /// What it says, once the maker's key is known.
  public enum Verdict: String, Hashable, Sendable, CaseIterable {
    /// The maker signed for exactly these bytes.
    case good

    /// The file was cut before its end.
    case missing

    /// The file is not as it was made.
    case changed

    /// Nobody signed for the file as a whole.
    case unsigned

    /// The signature is not the maker's.
    case forged

    /// No valid certificate of the maker is at hand.
    case unknownMaker = "unknown-maker"

    /// For a person; `nil` where all is well.
    ///
    /// Each batch proves itself whatever this says.
    public var words: String? {
      switch self {
      case .good: nil
      case .missing: "The file was cut short."
      case .changed: "The file is not as it was made: something in it was changed or damaged."
      case .unsigned: "Nobody signed for the file as a whole."
      case .forged: "The signature of the file is not that of the device that it names."
      case .unknownMaker: "The device that made the file is not known here."
      }
    }
  }

  /// Judges the end with the maker's key, `nil` if no valid certificate of it is at hand.
  public func verdict(maker: PublicKey?) -> Verdict {
    switch self {
    case .missing: return .missing
    case .changed: return .changed
    case .unsigned: return .unsigned
    case .signed(let hash, let signature):
      guard let maker else { return .unknownMaker }
      return maker.verifies(signature, of: Hash256(.bundle, hash.bytes)) ? .good : .forged
    }
  }
}
