import Foundation

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// What answers every request with a page of its own, as the network of a hotel does.
final class CaptivePortal: Sendable {
  let port: UInt16
  private let listener: Int32

  init() throws {
    #if canImport(Darwin)
    let type = SOCK_STREAM
    #else
    let type = Int32(SOCK_STREAM.rawValue)
    #endif
    let listener = socket(AF_INET, type, 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        _ = unsafe bind(listener, address, size)
        listen(listener, 8)
        _ = unsafe getsockname(listener, address, &size)
      }
    }
    self.listener = listener
    self.port = UInt16(bigEndian: address.sin_port)
    Thread.detachNewThread { Self.serve(listener) }
  }

  deinit { close(listener) }

  private static func serve(_ listener: Int32) {
    let page = "<html><body>Please log in to use this network.</body></html>"
    let answer =
      "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: \(page.utf8.count)\r\n"
      + "Connection: close\r\n\r\n\(page)"
    while true {
      let client = accept(listener, nil, nil)
      guard client >= 0 else { return }
      var buffer = [UInt8](repeating: 0, count: 4096)
      _ = unsafe recv(client, &buffer, buffer.count, 0)
      _ = unsafe answer.withCString { unsafe send(client, $0, answer.utf8.count, 0) }
      close(client)
    }
  }
}
