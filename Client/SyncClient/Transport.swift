/// What carries a request to a server and brings the answer back.
///
/// The engine decides what to say and signs it; a transport only moves bytes. There is one over HTTP
/// for Linux, one straight into a server for simulations, and an app brings its own.
public protocol Transport: Sendable {
  /// Carries one request.
  ///
  /// - Parameter request: What to send.
  /// - Returns: The whole answer, or what arrived of it before the connection was cut.
  /// - Throws: ``TransportFailure`` where no answer of a Fieldbook server came back at all.
  func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportAnswer

  /// Opens an answer that goes on, such as a stream of events.
  ///
  /// - Parameter request: What to send.
  /// - Returns: The beginning of the answer, and its pieces as they arrive.
  /// - Throws: ``TransportFailure``, `unsupported` where the transport carries whole answers only.
  func open(_ request: TransportRequest) async throws(TransportFailure) -> TransportStream
}

extension Transport {
  /// Opens nothing: a transport of whole answers.
  ///
  /// - Throws: ``TransportFailure`` `unsupported`, always.
  public func open(_ request: TransportRequest) async throws(TransportFailure) -> TransportStream {
    throw TransportFailure(.unsupported, "This way to the server carries no streams.")
  }
}
