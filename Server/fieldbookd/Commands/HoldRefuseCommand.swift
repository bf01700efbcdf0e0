import ArgumentParser

/// `fieldbookd hold refuse`.
struct HoldRefuseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "refuse",
    abstract: "Say that held work stays without effect.",
    discussion: """
      Nothing is deleted: it is kept, shown as held, and no longer waits for a decision. Releasing it \
      later takes that back.
      """
  )

  @OptionGroup var options: HoldOptions

  func run() async throws {
    try await options.decide(isRelease: false)
  }
}
