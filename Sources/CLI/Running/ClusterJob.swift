import Values

/// A run in parts as the schedulers of clusters take it.
struct ClusterJob {
  let program: String
  let image: String
  /// Of `run`, as they were given.
  let flags: [String]
  let output: String
  let isWithSamples: Bool
  let count: Int

  private var part: String { ([program, "run"] + flags).map(Self.quoted).joined(separator: " ") }

  private var merge: String {
    ([program, "merge", output, "--output_path", output] + (isWithSamples ? ["--log_samples"] : []))
      .map(Self.quoted).joined(separator: " ")
  }

  /// Each task works its part out from its own id, so that a single one can be sent again.
  var slurm: String {
    """
    #!/bin/bash
    # Send with: bash FILE [options of sbatch, such as --partition=gpu --gres=gpu:1]
    # Sent again, finished parts stay as they are and the others go on where they stopped.
    set -eu

    parts=$(sbatch --parsable --job-name=assay --array=0-\(count - 1) --output=assay-%A_%a.out "$@" <<'JOB'
    #!/bin/bash
    exec \(part) --shard "$((SLURM_ARRAY_TASK_ID + 1))/\(count)"
    JOB
    )
    echo "parts: job $parts"

    merge=$(sbatch --parsable --job-name=assay-merge --output=assay-merge-%j.out --dependency="afterok:${parts%%;*}" "$@" <<'JOB'
    #!/bin/bash
    exec \(merge)
    JOB
    )
    echo "merge: job $merge"

    """
  }

  /// Each part's pod is told its number in JOB_COMPLETION_INDEX.
  var kubernetes: String {
    """
    # Send with: kubectl create -f FILE
    # Then wait for the parts and merge them:
    #   kubectl wait --for=condition=complete --timeout=-1s job/assay
    #   kubectl patch job/assay-merge -p '{"spec":{"suspend":false}}'
    apiVersion: batch/v1
    kind: Job
    metadata:
      name: assay
    spec:
      completionMode: Indexed
      completions: \(count)
      parallelism: \(count)
      backoffLimitPerIndex: 3
      template:
        spec:
          restartPolicy: Never
          containers:
          - name: part
            image: \(Self.yaml(image))
            command: \(Self.list([program, "run"] + flags + ["--shard", "auto/\(count)"]))
            volumeMounts:
            - {name: results, mountPath: \(Self.yaml(output))}
          volumes:
          # The folder for results, shared by all pods: name a claim that many pods may write to.
          - name: results
            persistentVolumeClaim: {claimName: assay-results}
    ---
    apiVersion: batch/v1
    kind: Job
    metadata:
      name: assay-merge
    spec:
      suspend: true
      template:
        spec:
          restartPolicy: Never
          containers:
          - name: merge
            image: \(Self.yaml(image))
            command: \(Self.list([program, "merge", output, "--output_path", output] + (isWithSamples ? ["--log_samples"] : [])))
            volumeMounts:
            - {name: results, mountPath: \(Self.yaml(output))}
          volumes:
          - name: results
            persistentVolumeClaim: {claimName: assay-results}

    """
  }

  var ray: String {
    """
    # Send with: ray job submit --working-dir . -- python FILE
    # Sent again, finished parts stay as they are and the others go on where they stopped.
    import subprocess

    import ray

    PARTS = \(count)
    RUN = \(Self.list([program, "run"] + flags))
    MERGE = \(Self.list([program, "merge", output, "--output_path", output] + (isWithSamples ? ["--log_samples"] : [])))


    # Ask for what one part needs, such as num_gpus=1.
    @ray.remote(num_cpus=1, max_retries=3, retry_exceptions=True)
    def part(number):
        subprocess.run(RUN + ["--shard", f"{number}/{PARTS}"], check=True)


    ray.init()
    ray.get([part.remote(number) for number in range(1, PARTS + 1)])
    subprocess.run(MERGE, check=True)

    """
  }

  /// A word for the shell.
  private static func quoted(_ word: String) -> String {
    let isPlain =
      !word.isEmpty
      && word.utf8.allSatisfy { byte in
        byte >= 0x30 && byte <= 0x39 || byte >= 0x41 && byte <= 0x5A || byte >= 0x61 && byte <= 0x7A
          || "-_./,=:+@%".utf8.contains(byte)
      }
    return isPlain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
  }

  /// A list of texts, which JSON, YAML and Python write alike.
  private static func list(_ words: [String]) -> String {
    "[" + words.map(yaml).joined(separator: ", ") + "]"
  }

  private static func yaml(_ text: String) -> String { Value.string(text).json() }
}
