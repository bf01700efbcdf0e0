/// Which modules each target that we ship may import.
///
/// This is the diagram of the architecture. SwiftPM lets a target import a module that it never
/// declared, so nothing but this table keeps the arrows pointing one way.
enum ImportTable {
  /// The files below one folder, and what they may import.
  struct Row: Sendable {
    let target: String
    let path: String
    /// Modules of this package and of the packages that it names; the manifest declares each too.
    let modules: Set<String>
    /// Modules that come with the toolchain or the system.
    let system: Set<String>

    init(_ target: String, in folder: String, modules: Set<String>, system: Set<String> = []) {
      self.target = target
      self.path = folder.isEmpty ? target : folder + "/" + target
      self.modules = modules
      self.system = system
    }

    /// All of them; whoever may import Foundation may make do with its essentials.
    var allowed: Set<String> {
      let all = modules.union(system)
      return all.contains("Foundation") ? all.union(["FoundationEssentials"]) : all
    }
  }

  /// Values without locale or file system.
  ///
  /// `Foundation` is allowed with it, but only as the `#else` of
  /// `#if canImport(FoundationEssentials)`.
  private static let essentials: Set<String> = ["FoundationEssentials", "Synchronization"]

  /// What talks to the operating system may name the C library, each by its own name.
  private static let system: Set<String> = essentials.union(["Darwin", "Glibc", "Musl"])

  static let rows: [Row] = [
    // The shared core: values only, no package, and no Foundation where it can be helped.
    Row("Convergence", in: "Sources", modules: []),
    Row("AssessmentModel", in: "Sources", modules: ["Convergence"]),
    // Foundation, for `Bundle.module`.
    Row(
      "FrameworkCatalogue",
      in: "Sources",
      modules: ["AssessmentModel"],
      system: ["Foundation"]
    ),
    Row("Reporting", in: "Sources", modules: ["AssessmentModel", "Convergence"]),
    Row("CSQLite", in: "Sources", modules: []),
    Row("CZlib", in: "Sources", modules: []),
    Row(
      "OperationStore",
      in: "Sources",
      modules: ["Convergence", "SyncProtocol", "CSQLite"],
      system: system
    ),
    // What crosses the wire.
    Row(
      "SyncProtocol",
      in: "Protocol",
      modules: ["Convergence", "Crypto", "CZlib"],
      system: essentials
    ),
    // Server and client meet in the protocol and the store, and never import each other.
    Row(
      "SyncServer",
      in: "Server",
      modules: ["Convergence", "SyncProtocol", "OperationStore", "Logging", "Metrics"],
      system: essentials
    ),
    Row(
      "SyncServerHTTP",
      in: "Server",
      modules: [
        "Convergence", "SyncServer", "SyncProtocol", "Hummingbird", "Logging", "Metrics",
        "ServiceLifecycle",
      ],
      system: essentials
    ),
    Row(
      "fieldbookd",
      in: "Server",
      modules: [
        "AssessmentModel", "Convergence", "FrameworkCatalogue", "OperationStore", "SyncProtocol",
        "SyncServer", "SyncServerHTTP", "ArgumentParser", "Hummingbird", "Logging",
      ],
      system: system.union(["Foundation"])
    ),
    Row(
      "SyncClient",
      in: "Client",
      modules: ["Convergence", "SyncProtocol", "OperationStore"],
      system: essentials
    ),
    Row(
      "SyncClientHTTP",
      in: "Client",
      modules: ["SyncClient", "SyncProtocol", "AsyncHTTPClient", "NIOCore", "NIOHTTP1"],
      system: essentials
    ),
    Row(
      "fieldbook",
      in: "Client",
      modules: [
        "AssessmentModel", "Convergence", "FrameworkCatalogue", "OperationStore", "Reporting",
        "SyncClient", "SyncClientHTTP", "SyncProtocol", "ArgumentParser",
      ],
      system: system.union(["Foundation"])
    ),
  ]

  /// The only targets that may depend on each package's module, by decision 0001 of `Convergence`.
  static let confinedTo: [String: Set<String>] = [
    "ArgumentParser": ["fieldbook", "fieldbookd", "benchmarks", "simulate"],
    "AsyncHTTPClient": ["SyncClientHTTP"],
    "Crypto": ["SyncProtocol"],
    "Hummingbird": ["SyncServerHTTP", "fieldbookd"],
    "Logging": ["SyncServer", "SyncServerHTTP", "fieldbookd"],
    "NIOCore": ["SyncClientHTTP"],
    "NIOHTTP1": ["SyncClientHTTP"],
    "Metrics": ["SyncServer", "SyncServerHTTP", "fieldbookd"],
    "ServiceLifecycle": ["SyncServerHTTP"],
  ]

  /// What a test may import beside what its target declares in the manifest.
  static let everyTestMayImport: Set<String> = system.union(["Foundation", "Testing"])

  /// The row of the target that `path` belongs to.
  static func row(for path: String) -> Row? { rows.first { path.hasPrefix($0.path + "/") } }
}
