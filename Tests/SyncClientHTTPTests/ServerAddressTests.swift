import SyncClientHTTP
import Testing

@Suite("Addresses of servers")
struct ServerAddressTests {
  @Test(
    "Slashes at the end are dropped, nothing else is",
    arguments: [
      ("https://review.example.org", "https://review.example.org"),
      ("https://review.example.org/", "https://review.example.org"),
      ("http://127.0.0.1:8750//", "http://127.0.0.1:8750"),
      ("https://example.org:8443/review/", "https://example.org:8443/review"),
    ]
  )
  func good(_ text: String, _ expected: String) {
    #expect(ServerAddress(text)?.text == expected)
  }

  @Test("Only HTTPS is secure")
  func secure() {
    #expect(ServerAddress("https://a")?.isSecure == true)
    #expect(ServerAddress("http://a")?.isSecure == false)
  }

  @Test(
    "What is no address of a server is refused",
    arguments: [
      "", "review.example.org", "ftp://a", "https://", "https://a?b=c", "https://a#b",
      "https://name@a", "https://name:word@a", "file:///etc",
    ]
  )
  func bad(_ text: String) {
    #expect(ServerAddress(text) == nil)
  }
}
