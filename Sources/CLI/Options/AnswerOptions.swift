import ArgumentParser
import Runs

/// How answers are kept, shared and shared out.
struct AnswerOptions: ParsableArguments {
  @Flag(
    name: [.customLong("fresh")],
    help: "Ask everything anew, also where this command was stopped before and could go on.")
  var isFresh = false

  @Option(
    name: [.customLong("use_cache"), .customShort("c")],
    help: ArgumentHelp(
      "A folder of answers that runs share: what is there for the same model and settings is not asked again.",
      valueName: "folder"))
  var cache: String?

  @Option(
    name: [.customLong("max_failures")],
    help: ArgumentHelp(
      "Give up when more requests fail: a number, or a share such as 5%. By default a tenth, but at least 10.",
      valueName: "n"))
  var maxFailures: String?

  @Option(
    name: [.customLong("shard")],
    help: ArgumentHelp(
      """
      Ask only the i-th of n parts, from 1 on; needs --output_path, and `assay merge` scores. `auto` takes the part from \
      an array job of Slurm, `auto/n` from an Indexed Job of Kubernetes too.
      """, valueName: "i/n"))
  var shardText: String?

  func validate() throws {
    _ = try failureLimit()
    if let shardText, !shardText.hasPrefix("auto") { _ = try shard() }
  }

  func failureLimit() throws -> FailureLimit {
    guard let maxFailures else { return FailureLimit() }
    guard let limit = FailureLimit(maxFailures) else {
      throw ValidationError(
        "--max_failures is a number such as 5, or a share such as 2%, not `\(maxFailures)`.")
    }
    return limit
  }

  func shard() throws -> Shard? {
    guard let text = shardText else { return nil }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    if parts[0] == "auto" {
      return try ArrayJob(Surroundings.environment).shard(of: parts.count > 1 ? Int(parts[1]) : nil)
    }
    guard let shard = Shard(text) else {
      throw ValidationError("--shard is `i/n` with i from 1 to n, such as 2/4, or `auto`, not `\(text)`.")
    }
    return shard
  }
}

/// What a cluster's scheduler says of the part that this process is to take.
struct ArrayJob {
  private let variables: [String: String]

  init(_ variables: [String: String]) { self.variables = variables }

  private func number(_ name: String) -> Int? { variables[name].flatMap { Int($0) } }

  /// - Parameter count: how many parts there are; nil leaves it to the scheduler.
  func shard(of count: Int?) throws -> Shard {
    if let id = number("SLURM_ARRAY_TASK_ID") {
      let first = number("SLURM_ARRAY_TASK_MIN") ?? 0
      let step = max(1, number("SLURM_ARRAY_TASK_STEP") ?? 1)
      let own = number("SLURM_ARRAY_TASK_COUNT")
      if let own, let shard = Shard(number: (id - first) / step + 1, of: own), count ?? own == own {
        return shard
      }
      throw ValidationError(
        "--shard auto: Slurm's array has \(own.map(String.init) ?? "an unknown number of") tasks and this is task \(id)"
          + (count.map { ", but there are to be \($0) parts; give `--shard i/\($0)`." }
            ?? "; give `--shard i/n`."))
    }
    if let index = number("JOB_COMPLETION_INDEX") {
      guard let count else {
        throw ValidationError("--shard auto: Kubernetes tells no number of parts; give `--shard auto/n`.")
      }
      if let shard = Shard(number: index + 1, of: count) { return shard }
      throw ValidationError("--shard auto/\(count): JOB_COMPLETION_INDEX is \(index), beyond the last part.")
    }
    throw ValidationError(
      "--shard auto: neither SLURM_ARRAY_TASK_ID nor JOB_COMPLETION_INDEX is set; give `--shard i/n`.")
  }
}
