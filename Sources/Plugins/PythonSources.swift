/// The texts of our own Python modules, which are part of the program.
enum PythonSources {
  /// What the interpreter is given to run.
  static var boot: String { text(PackageResources.boot_py) }

  /// The modules that it then finds, by name.
  static let modules: [(name: String, bytes: [UInt8])] = [
    ("_assay.errors", PackageResources._assay_errors_py),
    ("_assay.functions", PackageResources._assay_functions_py),
    ("_assay.host", PackageResources._assay_host_py),
    ("_assay.methods", PackageResources._assay_methods_py),
    ("_assay.rows", PackageResources._assay_rows_py),
    ("_assay.standins", PackageResources._assay_standins_py),
    ("_assay.tasks", PackageResources._assay_tasks_py),
    ("_assay.wire", PackageResources._assay_wire_py),
    ("datasets", PackageResources.datasets_py),
    ("lm_eval", PackageResources.lm_eval_py),
    ("lm_eval.api", PackageResources.lm_eval_api_py),
    ("lm_eval.api.filter", PackageResources.lm_eval_api_filter_py),
    ("lm_eval.api.group", PackageResources.lm_eval_api_group_py),
    ("lm_eval.api.instance", PackageResources.lm_eval_api_instance_py),
    ("lm_eval.api.metrics", PackageResources.lm_eval_api_metrics_py),
    ("lm_eval.api.registry", PackageResources.lm_eval_api_registry_py),
    ("lm_eval.api.samplers", PackageResources.lm_eval_api_samplers_py),
    ("lm_eval.api.task", PackageResources.lm_eval_api_task_py),
    ("lm_eval.api.utils", PackageResources.lm_eval_api_utils_py),
    ("lm_eval.filters", PackageResources.lm_eval_filters_py),
    ("lm_eval.filters.extraction", PackageResources.lm_eval_filters_extraction_py),
    ("lm_eval.filters.selection", PackageResources.lm_eval_filters_selection_py),
    ("lm_eval.filters.transformation", PackageResources.lm_eval_filters_transformation_py),
    ("lm_eval.tasks", PackageResources.lm_eval_tasks_py),
    ("lm_eval.utils", PackageResources.lm_eval_utils_py),
  ]

  static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
