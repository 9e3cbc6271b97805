import Diagnostics
import YAML

/// `trust_remote_code`, which no longer has an effect.
struct TrustRemoteCode: Rule {
  static let code: Diagnostic.Code = "trust-remote-code"
  static let family = Family.data
  static let severity = Diagnostic.Severity.note

  static let about = """
    `datasets` 4 and later run no code of a data set; the harness drops the key, and a data set that needs it cannot be
    loaded any more.

    ```yaml
    task: demo
    dataset_path: owner/data
    dataset_kwargs:
      revision: v1
      trust_remote_code: true
    ```
    ```diagnostics
    note[trust-remote-code]: `trust_remote_code` has no effect any more
     --> example.yaml:5:3
      |
    5 |   trust_remote_code: true
      |   ^^^^^^^^^^^^^^^^^
      = help: remove it; a data set that needs code must be converted
      = fix: remove `trust_remote_code`
    ```
    ```yaml fixed
    task: demo
    dataset_path: owner/data
    dataset_kwargs:
      revision: v1
    ```
    """

  func check(_ file: FileContext, _ findings: inout Findings) {
    guard let options = file.value("dataset_kwargs"), let entry = options.entry("trust_remote_code") else {
      return
    }
    findings.add(
      Self.finding(
        "`trust_remote_code` has no effect any more", at: entry.key.span,
        help: "remove it; a data set that needs code must be converted",
        fix: Fix.removal(of: entry, from: options, in: file.source)))
  }
}
