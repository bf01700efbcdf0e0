// swift-tools-version: 6.2

import PackageDescription

// One package. The shared core needs nothing but libsqlite3 and zlib; HTTP, TLS, cryptography, arguments and
// logs come from packages that sit behind the trait `Edges`, which is on by default. Without it
// (`--disable-default-traits`) no package is resolved, and the four modules that carry the model
// (Convergence, AssessmentModel, FrameworkCatalogue, Reporting) still build.
// Sources/Convergence/Decisions/0001 says why we depart from "no packages" there.

let edges = TargetDependencyCondition.when(traits: ["Edges"])

extension Target.Dependency {
  static var argumentParser: Self {
    .product(name: "ArgumentParser", package: "swift-argument-parser", condition: edges)
  }
  static var asyncHTTPClient: Self {
    .product(name: "AsyncHTTPClient", package: "async-http-client", condition: edges)
  }
  static var crypto: Self { .product(name: "Crypto", package: "swift-crypto", condition: edges) }
  static var hummingbird: Self {
    .product(name: "Hummingbird", package: "hummingbird", condition: edges)
  }
  static var hummingbirdTesting: Self {
    .product(name: "HummingbirdTesting", package: "hummingbird", condition: edges)
  }
  static var logging: Self { .product(name: "Logging", package: "swift-log", condition: edges) }
  static var nioCore: Self { .product(name: "NIOCore", package: "swift-nio", condition: edges) }
  static var nioHTTP1: Self { .product(name: "NIOHTTP1", package: "swift-nio", condition: edges) }
  static var serviceLifecycle: Self {
    .product(name: "ServiceLifecycle", package: "swift-service-lifecycle", condition: edges)
  }
  static var metrics: Self { .product(name: "Metrics", package: "swift-metrics", condition: edges) }
}

let package = Package(
  name: "fieldbook",
  platforms: [.iOS(.v18), .macOS(.v15)],
  products: [
    .library(name: "Convergence", targets: ["Convergence"]),
    .library(name: "AssessmentModel", targets: ["AssessmentModel"]),
    .library(name: "FrameworkCatalogue", targets: ["FrameworkCatalogue"]),
    .library(name: "Reporting", targets: ["Reporting"]),
    .library(name: "SyncProtocol", targets: ["SyncProtocol"]),
    .library(name: "OperationStore", targets: ["OperationStore"]),
    .library(name: "SyncClient", targets: ["SyncClient"]),
    .executable(name: "fieldbook", targets: ["fieldbook"]),
    .executable(name: "fieldbookd", targets: ["fieldbookd"]),
  ],
  traits: [
    .default(enabledTraits: ["Edges"]),
    .trait(
      name: "Edges",
      description: "HTTP, TLS, cryptography, arguments and logs, from packages."
    ),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
  ],
  targets: [
    // MARK: Shared by every device
    .target(name: "Convergence", path: "Sources/Convergence", exclude: ["Decisions"]),
    .target(
      name: "AssessmentModel",
      dependencies: ["Convergence"],
      path: "Sources/AssessmentModel"
    ),
    .target(
      name: "FrameworkCatalogue",
      dependencies: ["AssessmentModel"],
      path: "Sources/FrameworkCatalogue",
      exclude: ["Decisions"],
      resources: [.copy("Data")]
    ),
    .target(
      name: "Reporting",
      dependencies: ["AssessmentModel", "Convergence"],
      path: "Sources/Reporting"
    ),
    .systemLibrary(
      name: "CSQLite",
      path: "Sources/CSQLite",
      pkgConfig: "sqlite3",
      providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite3"])]
    ),
    .target(
      name: "OperationStore",
      dependencies: ["Convergence", "SyncProtocol", "CSQLite"],
      path: "Sources/OperationStore",
      exclude: ["Decisions"]
    ),

    // MARK: What crosses the wire
    .systemLibrary(
      name: "CZlib",
      path: "Sources/CZlib",
      pkgConfig: "zlib",
      providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]
    ),
    .target(
      name: "SyncProtocol",
      dependencies: ["Convergence", "CZlib", .crypto],
      path: "Protocol/SyncProtocol"
    ),

    // MARK: Server
    .target(
      name: "SyncServer",
      dependencies: ["Convergence", "SyncProtocol", "OperationStore", .logging, .metrics],
      path: "Server/SyncServer"
    ),
    .target(
      name: "SyncServerHTTP",
      dependencies: [
        "Convergence", "SyncServer", "SyncProtocol", .hummingbird, .logging, .metrics,
        .serviceLifecycle,
      ],
      path: "Server/SyncServerHTTP"
    ),
    .executableTarget(
      name: "fieldbookd",
      dependencies: [
        "AssessmentModel", "Convergence", "FrameworkCatalogue", "OperationStore", "SyncProtocol",
        "SyncServer", "SyncServerHTTP", .argumentParser, .hummingbird, .logging,
      ],
      path: "Server/fieldbookd"
    ),

    // MARK: Client
    .target(
      name: "SyncClient",
      dependencies: ["Convergence", "SyncProtocol", "OperationStore"],
      path: "Client/SyncClient"
    ),
    .target(
      name: "SyncClientHTTP",
      dependencies: ["SyncClient", "SyncProtocol", .asyncHTTPClient, .nioCore, .nioHTTP1],
      path: "Client/SyncClientHTTP"
    ),
    .executableTarget(
      name: "fieldbook",
      dependencies: [
        "AssessmentModel", "Convergence", "FrameworkCatalogue", "OperationStore", "Reporting",
        "SyncClient", "SyncClientHTTP", "SyncProtocol", .argumentParser,
      ],
      path: "Client/fieldbook"
    ),

    // MARK: Tests
    .target(
      name: "TestSupport",
      dependencies: ["Convergence"],
      path: "Tests/TestSupport"
    ),
    .testTarget(
      name: "ConvergenceTests",
      dependencies: ["Convergence", "TestSupport"],
      path: "Tests/ConvergenceTests"
    ),
    .testTarget(
      name: "AssessmentModelTests",
      dependencies: ["AssessmentModel", "Convergence", "TestSupport"],
      path: "Tests/AssessmentModelTests"
    ),
    .testTarget(
      name: "FrameworkCatalogueTests",
      dependencies: ["FrameworkCatalogue", "AssessmentModel", "TestSupport"],
      path: "Tests/FrameworkCatalogueTests"
    ),
    .testTarget(
      name: "ReportingTests",
      dependencies: ["Reporting", "AssessmentModel", "Convergence", "TestSupport"],
      path: "Tests/ReportingTests",
      exclude: ["Golden"]
    ),
    .testTarget(
      name: "SyncProtocolTests",
      dependencies: ["SyncProtocol", "Convergence", "TestSupport"],
      path: "Tests/SyncProtocolTests"
    ),
    .testTarget(
      name: "OperationStoreTests",
      dependencies: [
        "AssessmentModel", "Convergence", "OperationStore", "SyncProtocol", "TestSupport",
      ],
      path: "Tests/OperationStoreTests"
    ),
    .testTarget(
      name: "SyncServerTests",
      dependencies: [
        "AssessmentModel", "Convergence", "OperationStore", "Simulation", "SyncProtocol",
        "SyncServer", "TestSupport",
      ],
      path: "Tests/SyncServerTests"
    ),
    .testTarget(
      name: "SyncServerHTTPTests",
      dependencies: [
        "AssessmentModel", "Convergence", "OperationStore", "SyncProtocol", "SyncServer",
        "SyncServerHTTP", "TestSupport", .hummingbird, .hummingbirdTesting,
      ],
      path: "Tests/SyncServerHTTPTests"
    ),
    .testTarget(
      name: "SyncClientTests",
      dependencies: [
        "AssessmentModel", "Convergence", "OperationStore", "Simulation", "SyncClient",
        "SyncProtocol", "SyncServer", "TestSupport",
      ],
      path: "Tests/SyncClientTests"
    ),
    .testTarget(
      name: "SyncClientHTTPTests",
      dependencies: [
        "AssessmentModel", "Convergence", "OperationStore", "SyncClient", "SyncClientHTTP",
        "SyncProtocol", "SyncServer", "SyncServerHTTP", "TestSupport", .hummingbird,
      ],
      path: "Tests/SyncClientHTTPTests"
    ),
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "fieldbook", "fieldbookd", "simulate", "SyncProtocol", "Convergence", "TestSupport",
      ],
      path: "Tests/EndToEndTests"
    ),
    .target(
      name: "Simulation",
      dependencies: [
        "AssessmentModel", "Convergence", "CSQLite", "FrameworkCatalogue", "OperationStore",
        "SyncClient", "SyncProtocol", "SyncServer", "TestSupport",
      ],
      path: "Tests/Simulation",
      exclude: ["Scenarios/README.md"],
      resources: [.copy("Scenarios/Library")]
    ),
    .testTarget(
      name: "SimulationTests",
      dependencies: [
        "AssessmentModel", "Convergence", "CSQLite", "FrameworkCatalogue", "OperationStore",
        "Simulation", "SyncClient", "SyncProtocol", "SyncServer", "TestSupport",
      ],
      path: "Tests/SimulationTests"
    ),
    .executableTarget(
      name: "simulate",
      dependencies: [
        "AssessmentModel", "Convergence", "FrameworkCatalogue", "OperationStore", "Simulation",
        "SyncClient", "SyncClientHTTP", "SyncProtocol", "TestSupport", .argumentParser,
      ],
      path: "Tests/simulate"
    ),
    .testTarget(name: "TidyTests", path: "Tests/TidyTests"),
    .executableTarget(
      name: "benchmarks",
      dependencies: [
        "AssessmentModel", "Convergence", "FrameworkCatalogue", "OperationStore", "SyncClient",
        "SyncProtocol", "SyncServer",
      ],
      path: "Tests/benchmarks",
      exclude: ["README.md", "link.py", "wire"]
    ),
  ],
  swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system {
  target.swiftSettings =
    (target.swiftSettings ?? []) + [
      .strictMemorySafety(),
      .enableUpcomingFeature("ExistentialAny"),
      .enableUpcomingFeature("ImmutableWeakCaptures"),
      .enableUpcomingFeature("InferIsolatedConformances"),
      .enableUpcomingFeature("InternalImportsByDefault"),
      .enableUpcomingFeature("MemberImportVisibility"),
      .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    ]
  // Only CI turns warnings into errors: a newer compiler must never break a newcomer's first build.
  if Context.environment["FIELDBOOK_WARNINGS_AS_ERRORS"] == "1" {
    target.swiftSettings?.append(.treatAllWarnings(as: .error))
  }
}
