import SyncClientHTTP
import Testing

@Suite("Choosing a proxy")
struct ProxyChoiceTests {
  private func choice(_ address: String, _ environment: [String: String]) throws -> ProxyChoice? {
    ProxyChoice(for: try #require(ServerAddress(address)), environment: environment)
  }

  @Test("Without a variable there is no proxy")
  func none() throws {
    #expect(try choice("https://a.example", [:]) == nil)
    #expect(try choice("https://a.example", ["https_proxy": ""]) == nil)
  }

  @Test("Each scheme has its variable, and one stands for all")
  func schemes() throws {
    let environment = ["https_proxy": "http://secure:3128", "http_proxy": "plain:80"]
    #expect(try choice("https://a.example", environment)?.host == "secure")
    #expect(try choice("https://a.example", environment)?.port == 3_128)
    #expect(try choice("http://a.example", environment)?.host == "plain")
    #expect(try choice("http://a.example", ["ALL_PROXY": "any:1"])?.host == "any")
  }

  @Test("HTTP_PROXY in capitals is not trusted, HTTPS_PROXY is")
  func capitals() throws {
    #expect(try choice("http://a.example", ["HTTP_PROXY": "evil:80"]) == nil)
    #expect(try choice("https://a.example", ["HTTPS_PROXY": "good:80"])?.host == "good")
  }

  @Test("A name and a password are taken along")
  func credentials() throws {
    let choice = try choice("https://a.example", ["https_proxy": "http://me:word@p:8080"])
    #expect(choice?.user == "me")
    #expect(choice?.password == "word")
  }

  @Test(
    "no_proxy names hosts, domains or everything",
    arguments: [
      ("a.example.org", true), ("example.org", true), (".example.org", true), ("*", true),
      ("b.example.org, a.example.org", true), ("ample.org", false), ("b.example.org", false),
    ]
  )
  func exempt(_ list: String, _ isExempt: Bool) throws {
    let environment = ["https_proxy": "http://p:80", "no_proxy": list]
    #expect((try choice("https://a.example.org", environment) == nil) == isExempt)
  }
}
