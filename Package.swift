// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "assay",
  products: [
    .executable(name: "assay", targets: ["CLI"]),
    .library(
      name: "Evaluation",
      targets: [
        "Backends", "Datasets", "Diagnostics", "Exchange", "Filters", "Metrics", "Reports", "Runs", "TaskDSL",
        "Values",
      ]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.81.0"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.29.0"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
  ],
  targets: [
    // Ground: libraries of the system
    .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),

    // Ground: the inner loops of inference, also in a debug build
    .target(
      name: "CKernels",
      exclude: [
        "across.inc", "attention.inc", "bytes.inc", "kernels.inc", "numbers.inc", "pack.inc", "rows.inc",
        "tiles.inc",
      ],
      cSettings: [.unsafeFlags(["-O2"], .when(configuration: .debug))]),

    // Floor 1: tools that know nothing of evaluation
    .target(name: "Diagnostics"),
    .target(
      name: "Patterns", dependencies: ["CPCRE2", "Diagnostics"], swiftSettings: [.strictMemorySafety()]),
    .target(name: "Schema", dependencies: ["Diagnostics", "Values", "YAML"]),
    .target(name: "Templates", dependencies: ["Diagnostics", "Values"]),
    .target(
      name: "Tensors", dependencies: ["CKernels", "Values"],
      swiftSettings: [.strictMemorySafety(), .unsafeFlags(["-O"], .when(configuration: .debug))]),
    .target(
      name: "Tokenizers", dependencies: ["Patterns", "Values"],
      swiftSettings: [.unsafeFlags(["-O"], .when(configuration: .debug))]),
    .target(
      name: "Transport",
      dependencies: [
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ]),
    .target(name: "Values"),
    .target(name: "YAML", dependencies: ["CYAML", "Diagnostics", "Values"]),

    // Floor 2: requests and answers
    .target(name: "Exchange", dependencies: ["Values", .product(name: "Crypto", package: "swift-crypto")]),

    // Floor 3: the language, and the answerers
    .target(
      name: "Backends",
      dependencies: [
        "Diagnostics", "Exchange", "Inference", "Schema", "Templates", "Tokenizers", "Transport", "Values",
        "YAML",
      ]),
    .target(name: "Datasets", dependencies: ["Diagnostics", "Schema", "Values", "YAML"]),
    .target(
      name: "Filters", dependencies: ["Diagnostics", "Exchange", "Patterns", "Schema", "Values", "YAML"]),
    .target(
      name: "Inference", dependencies: ["Exchange", "Tensors", "Tokenizers", "Values"],
      swiftSettings: [.unsafeFlags(["-O"], .when(configuration: .debug))]),
    .target(
      name: "Metrics", dependencies: ["Diagnostics", "Exchange", "Patterns", "Schema", "Values", "YAML"]),
    .target(
      name: "Plugins", dependencies: ["Exchange", "Values"], resources: [.embedInCode("Python")],
      swiftSettings: [.unsafeFlags(["-O"], .when(configuration: .debug))]),
    .target(
      name: "TaskDSL",
      dependencies: [
        "Datasets", "Diagnostics", "Exchange", "Filters", "Metrics", "Patterns", "Schema", "Templates",
        "Values",
        "YAML",
      ]),

    // Floor 4: what happens, and what came of it
    .target(
      name: "Editor",
      dependencies: [
        "Datasets", "Diagnostics", "Exchange", "Lint", "Metrics", "Schema", "TaskDSL", "Values", "YAML",
      ]),
    .target(
      name: "Lint",
      dependencies: [
        "Datasets", "Diagnostics", "Exchange", "Filters", "Metrics", "Patterns", "Runs", "Schema", "TaskDSL",
        "Templates",
        "Values", "YAML",
      ]),
    .target(
      name: "Reports", dependencies: ["Diagnostics", "Exchange", "Metrics", "Runs", "TaskDSL", "Values"]),
    .target(
      name: "Runs", dependencies: ["Diagnostics", "Exchange", "Filters", "Metrics", "TaskDSL", "Values"]),

    // Roof
    .executableTarget(
      name: "CLI",
      dependencies: [
        "Backends", "Datasets", "Diagnostics", "Editor", "Exchange", "Filters", "Lint", "Metrics", "Plugins",
        "Reports", "Runs",
        "Schema", "TaskDSL", "Tokenizers", "Values", "YAML",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // Examples
    .executableTarget(
      name: "ShortestAnswer", dependencies: ["Datasets", "Diagnostics", "Exchange", "Runs", "TaskDSL"],
      path: "Examples/ShortestAnswer"),

    // Tests
    .target(name: "TestKit", dependencies: ["Diagnostics", "Exchange", "Values"], path: "Tests/TestKit"),
    .testTarget(
      name: "BackendsTests",
      dependencies: [
        "Backends", "CLI", "Exchange", "Inference", "TestKit", "Tokenizers", "Transport", "Values",
        .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"), .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "CLITests", dependencies: ["CLI", "ShortestAnswer", "TestKit", "Values"],
      exclude: ["Cases", "Fixtures", "Transcripts"]),
    .testTarget(
      name: "DatasetsTests",
      dependencies: ["Datasets", "Diagnostics", "Schema", "TestKit", "Values", "YAML"],
      exclude: ["Fixtures", "Golden"]),
    .testTarget(name: "DiagnosticsTests", dependencies: ["Diagnostics", "TestKit"], exclude: ["Golden"]),
    .testTarget(
      name: "DocumentationTests",
      dependencies: ["CLI", "Datasets", "Diagnostics", "Lint", "TaskDSL", "TestKit", "YAML"]),
    .testTarget(
      name: "EditorTests",
      dependencies: ["Diagnostics", "Editor", "Lint", "Schema", "TaskDSL", "TestKit", "Values", "YAML"]),
    .testTarget(
      name: "FiltersTests", dependencies: ["Diagnostics", "Filters", "Schema", "TestKit", "Values", "YAML"],
      exclude: ["Conformance"]),
    .testTarget(name: "HouseTests", dependencies: ["TestKit"]),
    .testTarget(
      name: "InferenceTests", dependencies: ["Exchange", "Inference", "Tensors", "TestKit", "Values"],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "LibraryTests",
      dependencies: [
        "Datasets", "Diagnostics", "Exchange", "Reports", "Runs", "TaskDSL", "TestKit", "Values", "YAML",
      ],
      exclude: ["Golden"]),
    .testTarget(
      name: "LintTests",
      dependencies: [
        "Datasets", "Diagnostics", "Exchange", "Lint", "Schema", "TaskDSL", "TestKit", "Values", "YAML",
      ],
      exclude: ["Sound"]),
    .testTarget(
      name: "MetricsTests", dependencies: ["Diagnostics", "Metrics", "Schema", "TestKit", "Values", "YAML"],
      exclude: ["Conformance"]),
    .testTarget(
      name: "ParityTests",
      dependencies: [
        "Backends", "Datasets", "Diagnostics", "Exchange", "Metrics", "Plugins", "Reports", "Runs", "TaskDSL",
        "TestKit", "Values",
      ],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "PatternsTests", dependencies: ["Diagnostics", "Patterns", "TestKit", "Values"],
      exclude: ["Conformance"]),
    .testTarget(
      name: "PluginsTests", dependencies: ["Exchange", "Plugins", "TestKit", "Values"],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "ReportsTests", dependencies: ["Reports", "TestKit", "Values"], exclude: ["Fixtures"]),
    .testTarget(
      name: "RunsTests",
      dependencies: ["Datasets", "Diagnostics", "Exchange", "Runs", "TaskDSL", "TestKit", "Values"]),
    .testTarget(
      name: "SchemaTests", dependencies: ["Diagnostics", "Schema", "TestKit", "Values", "YAML"],
      exclude: ["Golden"]),
    .testTarget(
      name: "TaskDSLTests",
      dependencies: [
        "Datasets", "Diagnostics", "Exchange", "Filters", "Lint", "Metrics", "Schema", "TaskDSL", "TestKit",
        "Values", "YAML",
      ],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "TemplatesTests", dependencies: ["Diagnostics", "Templates", "TestKit", "Values"],
      exclude: ["Conformance"]),
    .testTarget(name: "TensorsTests", dependencies: ["Tensors", "TestKit", "Values"]),
    .testTarget(
      name: "TokenizersTests", dependencies: ["TestKit", "Tokenizers", "Values"], exclude: ["Fixtures"]),
    .testTarget(name: "ValuesTests", dependencies: ["TestKit", "Values"], exclude: ["Fixtures"]),
    .testTarget(
      name: "YAMLTests", dependencies: ["Diagnostics", "TestKit", "Values", "YAML"],
      exclude: ["Cases", "Fixtures", "Golden"]),
  ],
  swiftLanguageModes: [.v6]
)

// One house, one law.
for target in package.targets where target.type != .system {
  target.swiftSettings =
    [
      .enableUpcomingFeature("ExistentialAny"),
      .enableUpcomingFeature("InternalImportsByDefault"),
      .enableUpcomingFeature("MemberImportVisibility"),
      .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
      .treatAllWarnings(as: .error),
    ] + (target.swiftSettings ?? [])
}
