#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Where a server is: `https://host`, perhaps with a port and a path before `/v1`.
public struct ServerAddress: Hashable, Sendable, CustomStringConvertible {
  /// The address without a slash at its end.
  public let text: String

  /// Whether the connection is encrypted.
  public let isSecure: Bool

  /// The host.
  public let host: String

  /// Reads an address as a person types it; `nil` for anything but HTTP and HTTPS, for one with a
  /// query, a fragment, a name or a password.
  public init?(_ text: String) {
    var trimmed = Substring(text)
    while trimmed.last == "/" { trimmed = trimmed.dropLast() }
    guard let url = URL(string: String(trimmed)), let scheme = url.scheme?.lowercased(),
      ["http", "https"].contains(scheme), let host = url.host, !host.isEmpty,
      url.query == nil, url.fragment == nil, url.user == nil, url.password == nil
    else { return nil }
    self.text = String(trimmed)
    self.host = host
    isSecure = scheme == "https"
  }

  /// The address.
  public var description: String { text }
}
