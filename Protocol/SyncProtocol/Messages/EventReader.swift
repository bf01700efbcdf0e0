/// Reads a stream of events piece by piece, wherever the pieces are cut (WHATWG HTML, section 9.2).
///
/// Events of names that it does not know are passed over, so that a later server can say more.
public struct EventReader: Sendable {
  /// What a stream says.
  public enum Event: Hashable, Sendable {
    /// A visit's log has grown.
    case poke(Poke)

    /// The stream is alive.
    case beat
  }

  private var line: [UInt8] = []
  private var name: [UInt8] = []
  private var data: [UInt8] = []
  private var hasData = false
  private var isBehindReturn = false

  /// Begins with a stream.
  public init() {}

  /// Takes the next piece.
  ///
  /// - Parameter piece: The bytes that follow those taken before.
  /// - Returns: The events that the piece completed, in order.
  /// - Throws: ``ProtocolError``: `too-large` for a line or an event over 4,096 bytes, `malformed` for
  ///   a poke that does not read. The stream is of no use then.
  public mutating func take(_ piece: some Sequence<UInt8>) throws(ProtocolError) -> [Event] {
    var events: [Event] = []
    for byte in piece {
      // A line ends with a line feed, a carriage return, or both in that order.
      if byte == 10, isBehindReturn {
        isBehindReturn = false
        continue
      }
      isBehindReturn = byte == 13
      guard byte == 10 || byte == 13 else {
        guard line.count < Limits.smallLineBytes else { throw Self.tooLong }
        line.append(byte)
        continue
      }
      if let event = try endLine() { events.append(event) }
      line.removeAll(keepingCapacity: true)
    }
    return events
  }

  private static let tooLong = ProtocolError(.tooLarge, "a line of the stream is too long")

  private mutating func endLine() throws(ProtocolError) -> Event? {
    guard let first = line.first else { return try dispatch() }
    guard first != UInt8(ascii: ":") else { return .beat }
    let end = line.firstIndex(of: UInt8(ascii: ":")) ?? line.endIndex
    var value = line[end...].dropFirst()
    if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
    switch Array(line[..<end]) {
    case Self.eventField: name = Array(value)
    case Self.dataField:
      guard data.count + value.count < Limits.smallLineBytes else { throw Self.tooLong }
      if hasData { data.append(10) }
      data += value
      hasData = true
    default: break
    }
    return nil
  }

  private static let eventField = Array("event".utf8)
  private static let dataField = Array("data".utf8)
  private static let pokeName = Array("poke".utf8)

  private mutating func dispatch() throws(ProtocolError) -> Event? {
    defer { (name, data, hasData) = ([], [], false) }
    guard hasData, name == Self.pokeName else { return nil }
    return .poke(try Poke(StrictJSON.value(of: data)))
  }
}
