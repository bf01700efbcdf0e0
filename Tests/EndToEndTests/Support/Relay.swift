import Foundation
import Synchronization

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// A bad line between a device and its server: it holds an answer back until something was done
/// elsewhere, or cuts an answer short.
final class Relay: Sendable {
  /// What the line does to an answer to `POST /v1/sync`.
  enum Weather: Sendable {
    case fair

    /// The next answer waits until this has been done; then the weather is fair again.
    case holding(@Sendable () -> Void)

    /// The answer is cut behind so many bytes.
    case cutting(after: Int)
  }

  let port: UInt16
  private let listener: Int32
  private let weather = Mutex<Weather>(.fair)

  /// Opens a line to a server.
  init(to server: Int) {
    let listener = Self.makeSocket()
    var address = Self.loopback(0)
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        _ = unsafe bind(listener, address, size)
        listen(listener, 8)
        _ = unsafe getsockname(listener, address, &size)
      }
    }
    self.listener = listener
    port = UInt16(bigEndian: address.sin_port)
    Thread.detachNewThread { [self] in
      while true {
        let client = accept(listener, nil, nil)
        guard client >= 0 else { return }
        Thread.detachNewThread { self.carry(client, to: server) }
      }
    }
  }

  /// Changes what the line does from the next answer on.
  func turn(_ weather: Weather) { self.weather.withLock { $0 = weather } }

  /// Closes it.
  func end() { _ = shutdown(listener, 2) }

  private func carry(_ client: Int32, to port: Int) {
    let server = Self.makeSocket()
    var address = Self.loopback(UInt16(port))
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        _ = unsafe connect(server, address, size)
      }
    }
    var weather = Weather.fair
    var passed = 0
    var files = [
      pollfd(fd: client, events: Int16(POLLIN), revents: 0),
      pollfd(fd: server, events: Int16(POLLIN), revents: 0),
    ]
    while unsafe poll(&files, 2, -1) > 0 {
      if files[0].revents != 0 {
        guard let bytes = Self.receive(client) else { break }
        if String(decoding: bytes.prefix(13), as: UTF8.self) == "POST /v1/sync" {
          weather = self.weather.withLock { weather in
            let now = weather
            if case .holding = now { weather = .fair }
            return now
          }
          passed = 0
        }
        Self.pass(bytes, to: server)
      }
      if files[1].revents != 0 {
        guard let bytes = Self.receive(server) else { break }
        switch weather {
        case .fair: Self.pass(bytes, to: client)
        case .holding(let action):
          action()
          weather = .fair
          Self.pass(bytes, to: client)
        case .cutting(let length):
          Self.pass(Array(bytes.prefix(max(0, length - passed))), to: client)
          passed += bytes.count
        }
        if case .cutting(let length) = weather, passed >= length { break }
      }
    }
    for file in [client, server] {
      _ = shutdown(file, Int32(2))
      _ = close(file)
    }
  }

  private static func makeSocket() -> Int32 {
    #if canImport(Darwin)
    socket(AF_INET, SOCK_STREAM, 0)
    #else
    socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #endif
  }

  private static func loopback(_ port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    address.sin_port = port.bigEndian
    return address
  }

  private static func receive(_ file: Int32) -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = unsafe recv(file, &buffer, buffer.count, 0)
    return count > 0 ? Array(buffer[..<count]) : nil
  }

  private static func pass(_ bytes: [UInt8], to file: Int32) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes {
        unsafe send(file, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }
}
