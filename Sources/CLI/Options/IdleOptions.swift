import ArgumentParser

/// Flags of the harness that people's command lines carry and that change nothing here.
struct IdleOptions: ParsableArguments {
  @Option(name: [.customLong("cache_requests")], help: .hidden)
  var cacheRequests: String?

  @Flag(name: [.customLong("check_integrity")], help: .hidden)
  var isCheckingIntegrity = false

  @Option(name: [.customLong("wandb_args")], parsing: .upToNextOption, help: .hidden)
  var wandb: [String] = []

  @Option(name: [.customLong("wandb_config_args")], parsing: .upToNextOption, help: .hidden)
  var wandbConfiguration: [String] = []

  @Option(name: [.customLong("trackio_args")], parsing: .upToNextOption, help: .hidden)
  var trackio: [String] = []

  @Option(name: [.customLong("hf_hub_log_args")], parsing: .upToNextOption, help: .hidden)
  var hubLog: [String] = []

  @Flag(name: [.customLong("trust_remote_code")], help: .hidden)
  var isTrustingRemoteCode = false

  @Option(name: [.customLong("verbosity"), .customShort("v")], help: .hidden)
  var verbosity: String?

  func validate() throws {
    if let cacheRequests, !["true", "refresh", "delete"].contains(cacheRequests) {
      throw ValidationError("--cache_requests is `true`, `refresh` or `delete`, not `\(cacheRequests)`.")
    }
  }

  /// Says once which of the flags given have no effect.
  ///
  /// - Parameter others: flags that have none with this model.
  func say(_ others: [String]) {
    let given: [(String, Bool)] = [
      ("--cache_requests", cacheRequests != nil),
      ("--check_integrity", isCheckingIntegrity), ("--wandb_args", !wandb.isEmpty),
      ("--wandb_config_args", !wandbConfiguration.isEmpty), ("--trackio_args", !trackio.isEmpty),
      ("--hf_hub_log_args", !hubLog.isEmpty), ("--trust_remote_code", isTrustingRemoteCode),
      ("--verbosity", verbosity != nil),
    ]
    let names = given.filter(\.1).map(\.0) + others
    guard !names.isEmpty else { return }
    Surroundings.say(
      "note: \(names.joined(separator: ", ")) \(names.count == 1 ? "has" : "have") no effect in this version")
  }
}
