import ArgumentParser
import TaskDSL

/// Whether task files may use what only Assay has.
struct CompatibilityOptions: ParsableArguments {
  @Flag(
    name: [.customLong("strict_compat")],
    help: "Refuse what only Assay reads; each use is an error that says what lm-evaluation-harness does.")
  var isStrict = false

  /// The same options with what was asked for here.
  func over(_ options: CompileOptions) -> CompileOptions {
    var options = options
    options.areExtensionsErrors = isStrict
    return options
  }
}
