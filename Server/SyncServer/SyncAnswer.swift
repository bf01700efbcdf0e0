public import SyncProtocol

/// The answer of one sync as it grows: greeting, results, then a page of each visit (section 9.7).
///
/// It says what comes next and holds no store: whoever has one hands in what the service answered, in
/// one call after the other, or across an actor and its reader.
public struct SyncAnswer: Sendable {
  /// What the caller said first.
  public let hello: Hello

  private let pageBatches: Int
  private var answer: [Frame] = []
  private var asked = 0
  private var left = Limits.pageBytes

  /// Reads what begins a sync.
  ///
  /// - Parameters:
  ///   - request: The frames of the request.
  ///   - pageBatches: The most batches of a page; fewer are for who wants short answers.
  /// - Throws: ``Problem``: `malformed` without a hello in front, `upgrade` where no version is shared.
  public init(_ request: [Frame], pageBatches: Int = Limits.pageBatches) throws(Problem) {
    guard case .hello(let value)? = request.first else {
      throw Problem(.malformed, "The first frame of a sync is a hello.")
    }
    hello = try Service.hello(value)
    self.pageBatches = pageBatches
  }

  /// Adds the answer to the hello.
  public mutating func add(_ greeting: HelloAnswer) {
    answer.append(.hello(greeting.value))
  }

  /// Adds the result of each batch that the request brought, in order.
  public mutating func add(_ results: [BatchResult]) {
    answer += results.map { .result($0) }
  }

  /// The page to read next, or `nil` when every visit of the hello had its turn.
  ///
  /// All pages of an answer share what one may hold: the first ones get what they ask for, and those
  /// after them are short.
  public mutating func nextPage() -> PageRequest? {
    guard asked < hello.visits.count else { return nil }
    let progress = hello.visits[asked]
    asked += 1
    return PageRequest(
      of: progress.visit,
      after: progress.cursor,
      count: left > 0 ? pageBatches : 1,
      bytes: max(0, left),
      intake: progress.intake
    )
  }

  /// Adds the page that was asked for last.
  public mutating func add(page: [Frame]) {
    for case .batch(let sealed, _) in page { left -= sealed.line.count }
    answer += page
  }

  /// The whole answer.
  public var frames: [Frame] { answer + [.end] }
}
