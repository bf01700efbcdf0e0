import Foundation

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Asks the daemon of this machine something: one request, one connection, one answer.
///
/// The daemon is the same program and answers with `Content-Length` and then closes, so this needs
/// nothing of HTTP but its simplest form.
struct LoopbackClient {
  /// What came back.
  struct Answer {
    let status: Int
    let body: [UInt8]
  }

  private let host: String
  private let port: String

  /// Takes an address as the daemon writes it: `http://HOST:PORT`; `nil` for anything else.
  init?(address: String) {
    let scheme = "http://"
    guard address.hasPrefix(scheme), let colon = address.lastIndex(of: ":") else { return nil }
    let host = address[..<colon].dropFirst(scheme.count)
    port = String(address[address.index(after: colon)...])
    guard UInt16(port) != nil else { return nil }
    switch host {
    // Listening everywhere is not an address to call.
    case "0.0.0.0", "[::]": self.host = "127.0.0.1"
    default: self.host = host.trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
    }
  }

  /// Sends a request and reads the answer to its end.
  func send(
    method: String,
    target: String,
    token: String,
    body: [UInt8]
  ) throws -> Answer {
    let head = [
      "\(method) \(target) HTTP/1.1", "Host: \(host):\(port)", "Connection: close",
      "Fieldbook: 1", "Authorization: Bearer \(token)", "Content-Type: application/json",
      "Content-Length: \(body.count)", "", "",
    ]
    let descriptor = try connected()
    defer { close(descriptor) }
    try write(Array(head.joined(separator: "\r\n").utf8) + body, to: descriptor)
    return try Self.parse(try read(from: descriptor))
  }

  private func connected() throws -> Int32 {
    var hints = unsafe addrinfo()
    unsafe hints.ai_family = AF_UNSPEC
    #if canImport(Glibc)
    unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    #else
    unsafe hints.ai_socktype = SOCK_STREAM
    #endif
    var list: UnsafeMutablePointer<addrinfo>?
    guard unsafe getaddrinfo(host, port, &hints, &list) == 0 else { throw unreachable }
    defer { unsafe freeaddrinfo(list) }
    var next = unsafe list
    while let info = unsafe next {
      let descriptor = unsafe socket(
        info.pointee.ai_family,
        info.pointee.ai_socktype,
        info.pointee.ai_protocol
      )
      if descriptor >= 0 {
        if unsafe connect(descriptor, info.pointee.ai_addr, info.pointee.ai_addrlen) == 0 {
          return descriptor
        }
        close(descriptor)
      }
      unsafe next = info.pointee.ai_next
    }
    throw unreachable
  }

  private var unreachable: Failure {
    Failure(
      .failed,
      "A fieldbookd holds the folder, but none answers at \(host):\(port). It may be starting or "
        + "stopping: try again in a moment."
    )
  }

  private func write(_ bytes: [UInt8], to descriptor: Int32) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { buffer in
        // A daemon that went away must not end this process by a signal.
        unsafe sendQuietly(descriptor, buffer)
      }
      guard count > 0 else { throw unreachable }
      rest = rest.dropFirst(count)
    }
  }

  private func read(from descriptor: Int32) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = unsafe chunk.withUnsafeMutableBytes { buffer in
        unsafe recv(descriptor, buffer.baseAddress, buffer.count, 0)
      }
      guard count >= 0 else { throw unreachable }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
    }
  }

  private static func parse(_ bytes: [UInt8]) throws -> Answer {
    let text = String(decoding: bytes, as: UTF8.self)
    let separator = Array("\r\n\r\n".utf8)
    let words = text.prefix { $0 != "\r\n" }.split(separator: " ")
    guard words.count >= 2, let status = Int(words[1]), text.contains("\r\n\r\n") else {
      throw Failure(.failed, "The daemon was cut short in its answer. Look whether it was done.")
    }
    var start = 0
    while start + 4 <= bytes.count, !bytes[start..<start + 4].elementsEqual(separator) {
      start += 1
    }
    return Answer(status: status, body: Array(bytes[min(start + 4, bytes.count)...]))
  }
}

/// Outside the type, where `send` is the system's.
private func sendQuietly(_ descriptor: Int32, _ buffer: UnsafeRawBufferPointer) -> Int {
  #if canImport(Darwin)
  return unsafe send(descriptor, buffer.baseAddress, buffer.count, 0)
  #else
  return unsafe send(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_NOSIGNAL))
  #endif
}
