import Testing

@Suite("Reading Swift")
struct SwiftTextTests {
  private func code(_ source: String) -> String {
    String(decoding: SwiftText(source).code, as: UTF8.self)
  }

  @Test("Comments and strings become spaces, lines keep their numbers")
  func blanking() {
    #expect(code("a // b\nc") == "a     \nc")
    #expect(code("a /* b /* c */\n*/ d") == "a             \n   d")
    #expect(code("x = \"a { b\" }") == "x =         }")
    #expect(code("x = \"\\\"{\" + y") == "x =       + y")
    #expect(code("x = #\"a \"{\" b\"# + y") == "x =             + y")
    #expect(code("x = #\"\"\"\"# + y") == "x =        + y")
    #expect(code("x = #\"\"\"\n{\n\"\"\"# + y") == "x =     \n \n     + y")
    #expect(code("\"\"\"\n  {\n  \"\"\" + y") == "   \n   \n      + y")
  }

  @Test("Code inside an interpolation stays code")
  func interpolation() {
    #expect(code("\"a \\(f(\"{\") + g) b\" + y").contains("f("))
    #expect(code("\"a \\(f(\"{\") + g) b\" + y").hasSuffix("+ g)    + y"))
    #expect(!code("#\"\\(f)\"#").contains("f"))
  }

  @Test(
    "Source that cannot be understood is reported, not taken for clean",
    arguments: ["let a = \"b\nfunc c() {}", "func a() {", "/* b", "a }", "let a = \"\"\"\nb"]
  )
  func problems(source: String) {
    #expect(SwiftText(source).problem != nil)
  }
}
