import AsyncHTTPClient

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Which proxy leads to a server, by the variables that `curl` and others read.
package struct ProxyChoice: Hashable, Sendable {
  /// The host of the proxy.
  package let host: String

  /// Its port.
  package let port: Int

  /// The name that it wants, if it was given one.
  package let user: String?

  /// The password that it wants, if it was given one.
  package let password: String?

  /// Looks up `https_proxy`, `http_proxy` or `all_proxy`, unless `no_proxy` names the host.
  ///
  /// `nil` for none.
  package init?(for address: ServerAddress, environment: [String: String]) {
    func variable(_ name: String) -> String? {
      let value = environment[name] ?? environment[name.uppercased()]
      return value.flatMap { $0.isEmpty ? nil : $0 }
    }
    if let exempt = variable("no_proxy"), Self.names(address.host, in: exempt) { return nil }
    // HTTP_PROXY in capitals can be set by whoever asks a CGI program; nobody should trust it.
    let named =
      address.isSecure
      ? variable("https_proxy") : environment["http_proxy"].flatMap { $0.isEmpty ? nil : $0 }
    guard let text = named ?? variable("all_proxy"),
      let url = URL(string: text.contains("://") ? text : "http://\(text)"),
      url.scheme?.lowercased() == "http", let host = url.host, !host.isEmpty
    else { return nil }
    self.host = host
    port = url.port ?? 1_080
    user = url.user
    password = url.password
  }

  /// The proxy as the HTTP client takes it.
  var proxy: HTTPClient.Configuration.Proxy {
    guard let user else { return .server(host: host, port: port) }
    return .server(
      host: host,
      port: port,
      authorization: .basic(username: user, password: password ?? "")
    )
  }

  /// Whether a list like `localhost,.example.org` names a host, itself or as a part of a domain.
  private static func names(_ host: String, in list: String) -> Bool {
    let host = host.lowercased()
    return list.lowercased().split(separator: ",").contains { entry in
      let name = entry.filter { $0 != " " }.drop { $0 == "." }
      return name == "*" || host == name || (!name.isEmpty && host.hasSuffix(".\(name)"))
    }
  }
}
