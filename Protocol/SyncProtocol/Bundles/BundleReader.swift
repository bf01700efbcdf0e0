import Convergence
import Crypto

/// Reads a bundle (section 8.1) as far as it is whole.
///
/// Files come by stick and by mail: cut, damaged, or made to do harm. What is whole is taken, what
/// is not is named with its place, and nothing is believed because it stands there: batches and
/// certificates prove themselves later, by their signatures.
public struct BundleReader {
  /// How often reading is begun anew behind damage: each try may cost a piece of work.
  private static let greatestTries = 4_096

  private let file: [UInt8]
  private var contents = BundleContents()
  private var hasher = SHA256()
  private var inflated = 0
  private var isClosed = false
  private var tries = 0

  /// Whether what came last was damaged.
  private var isSearching = false

  /// Reads a file.
  ///
  /// - Parameter file: The bytes.
  /// - Returns: What was whole in it.
  /// - Throws: ``ProtocolError``: `too-large` for a file over the limit, `malformed` for one in
  ///   which nothing of a bundle stands, `version` for a later form.
  public static func read(_ file: [UInt8]) throws(ProtocolError) -> BundleContents {
    guard file.count <= Limits.bundleFileBytes else {
      throw ProtocolError(
        .tooLarge,
        "the file is over \(Limits.bundleFileBytes >> 20) MiB: no bundle is so large"
      )
    }
    var reader = BundleReader(file)
    try reader.run()
    let contents = reader.contents
    guard contents.header != nil || !contents.entries.isEmpty else {
      throw ProtocolError(.malformed, "this is no bundle of Fieldbook, or nothing of it is left")
    }
    return contents
  }

  private init(_ file: [UInt8]) { self.file = file }

  private mutating func run() throws(ProtocolError) {
    var offset = 0
    while offset < file.count {
      guard isMember(at: offset) else {
        if !isSearching { note(.damaged, offset, 0, "no compressed piece begins here") }
        isSearching = true
        offset = nextMember(after: offset)
        continue
      }
      offset = try member(at: offset)
      guard inflated <= Limits.bundleBytes, tries <= Self.greatestTries else {
        note(.tooLarge, offset, 0, "the rest is not read: it is too large or too damaged")
        return
      }
    }
    if !isClosed, contents.problems.isEmpty {
      note(.cut, file.count, 0, "the file ends before the bundle does")
    }
  }

  /// Reads one member; answers where to go on.
  private mutating func member(at offset: Int) throws(ProtocolError) -> Int {
    var text: [UInt8] = []
    var failure: ProtocolError?
    var used = 0
    var isWhole = false
    do throws(ProtocolError) {
      let inflater = try Inflater(atMost: Limits.bundleMemberBytes, ratio: .max)
      used = try inflater.take(file[offset...], into: &text)
      isWhole = inflater.isAtEnd
    } catch {
      failure = error
    }
    inflated += text.count
    if isWhole {
      isSearching = false
      try lines(of: text, at: offset, isWhole: true)
      return offset + used
    }
    let before = contents.entries.count
    try lines(of: text, at: offset, isWhole: false)
    tries += 1
    let next = nextMember(after: offset)
    // Bytes that look like a beginning in the midst of damage are no news.
    let isNews = !isSearching || contents.entries.count > before
    isSearching = true
    if isNews {
      switch failure?.code {
      case nil: note(.cut, offset, text.count, "the file ends in this piece")
      case .tooLarge: note(.tooLarge, offset, text.count, "the piece holds more than is allowed")
      default: note(.damaged, offset, text.count, "the piece is damaged from here on")
      }
    }
    return next
  }

  private mutating func lines(
    of text: [UInt8],
    at offset: Int,
    isWhole: Bool
  ) throws(ProtocolError) {
    var index = 0
    while let end = text[index...].firstIndex(of: UInt8(ascii: "\n")) {
      let start = index
      index = end + 1
      guard !isClosed else {
        note(.malformed, offset, start, "there is more behind the end of the bundle")
        return
      }
      do throws(ProtocolError) {
        let frame = try frame(text[start..<end])
        if try !take(frame, (offset, start), text, &index) {
          // The announced line was cut off: it is not here.
          if isWhole { note(.malformed, offset, start, "a sealed line is announced and missing") }
          return
        }
        absorb(text[start..<index])
      } catch {
        guard error.code != .version else { throw error }
        absorb(text[start..<index])
        note(.malformed, offset, start, error.message)
      }
    }
    if index < text.count {
      absorb(text[index...])
      if isWhole { note(.malformed, offset, index, "a line has no end") }
    }
  }

  private typealias Named = (name: String, value: Value)

  private func frame(_ line: ArraySlice<UInt8>) throws(ProtocolError) -> Named {
    guard line.count <= Limits.frameBytes else {
      throw ProtocolError(.tooLarge, "a frame is over \(Limits.frameBytes) bytes")
    }
    guard case .map(let map) = try StrictJSON.value(of: Array(line)), map.members.count == 1 else {
      throw ProtocolError(.malformed, "a frame is not an object with one member")
    }
    return (map.members[0].key, map.members[0].value)
  }

  /// Takes a frame and the line that it announces; false where that line is not whole.
  private mutating func take(
    _ frame: Named,
    _ place: (offset: Int, inner: Int),
    _ text: [UInt8],
    _ index: inout Int
  ) throws(ProtocolError) -> Bool {
    var item: BundleItem?
    switch frame.name {
    case "certificate", "batch", "rescued":
      guard let end = text[index...].firstIndex(of: UInt8(ascii: "\n")) else { return false }
      let line = Array(text[index..<end])
      let start = index
      index = end + 1
      do throws(ProtocolError) {
        item = try Self.sealed(frame, line)
      } catch {
        // What was announced may be a frame where the announcement is what was damaged.
        index = start
        throw error
      }
    case "open": item = .open(try BundleItem.OpenOperation(frame.value))
    case "bundle":
      guard contents.header == nil else {
        throw ProtocolError(.malformed, "a second beginning of a bundle")
      }
      contents.header = try BundleHeader(frame.value)
    case "seal": try close(frame.value)
    case "end": isClosed = true
    default: break  // a later version's
    }
    if let item {
      contents.entries.append(
        BundleContents.Entry(item: item, offset: place.offset, inner: place.inner)
      )
    }
    return true
  }

  private static func sealed(_ frame: Named, _ line: [UInt8]) throws(ProtocolError) -> BundleItem {
    let seal = try Members(frame.value, of: frame.name)
    let signature = try seal.signature("sig")
    switch frame.name {
    case "certificate": return .certificate(SealedCertificate(line: line, signature: signature))
    case "rescued":
      return .rescued(
        SealedBatch(line: line, signature: signature),
        why: try seal.string("why", atMost: Limits.nameBytes)
      )
    default:
      let sealed = SealedBatch(line: line, signature: signature)
      guard seal.has("at") else { return .batch(sealed, nil) }
      return .batch(
        sealed,
        Frame.Place(
          position: try seal.int("at", in: 1...Limits.greatestInteger),
          received: try seal.int("rx")
        )
      )
    }
  }

  private mutating func close(_ value: Value) throws(ProtocolError) {
    let members = try Members(value, of: "seal")
    let stated = try members.hash("hash")
    let signature = members.has("sig") ? try members.signature("sig") : nil
    guard contents.closing == .missing else {
      throw ProtocolError(.malformed, "a second seal of the bundle")
    }
    let soFar = hasher
    guard Hash256(bytes: Array(soFar.finalize())) == stated else {
      contents.closing = .changed
      return
    }
    contents.closing = signature.map { .signed(stated, $0) } ?? .unsigned
  }

  private mutating func absorb(_ bytes: ArraySlice<UInt8>) {
    hasher.update(data: Array(bytes))
  }

  private func isMember(at offset: Int) -> Bool {
    offset + 2 < file.count && file[offset] == 0x1F && file[offset + 1] == 0x8B
      && file[offset + 2] == 8
  }

  private func nextMember(after offset: Int) -> Int {
    var next = offset + 1
    while next < file.count, !isMember(at: next) { next += 1 }
    return next
  }

  private mutating func note(
    _ kind: BundleProblem.Kind,
    _ offset: Int,
    _ inner: Int,
    _ message: String
  ) {
    guard contents.problems.count < 1_000 else { return }
    contents.problems.append(BundleProblem(kind, offset, inner, message))
  }
}
