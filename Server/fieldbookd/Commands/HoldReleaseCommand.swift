import ArgumentParser

/// `fieldbookd hold release`.
struct HoldReleaseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "release",
    abstract: "Let held work take effect.",
    discussion: """
      It has the right that it would have had if the server had held it by then. Work of somebody \
      who never was on the visit cannot be released; put them on it instead. Refusing takes a release \
      back.
      """
  )

  @OptionGroup var options: HoldOptions

  func run() async throws {
    try await options.decide(isRelease: true)
  }
}
