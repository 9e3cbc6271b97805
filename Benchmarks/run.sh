#!/usr/bin/env bash
# Times Assay and the harness side by side. README.md beside this file says what is measured and how to call it.
set -euo pipefail
export LC_ALL=C
here=$(cd "$(dirname "$0")" && pwd)
top=$(dirname "$here")
assay=${ASSAY:-$top/.build/release/assay}
python=${PYTHON:-python3}
rounds=${ROUNDS:-5}
harness_rounds=${HARNESS_ROUNDS:-1}
limit=200
replicates=100000
# So many the harness does; its time for all of them is worked out from these.
few_replicates=2000
model=$top/Models/assay-tiny
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

[ -x "$assay" ] || { echo "no program at $assay; run \`make build\` or set ASSAY" >&2; exit 2; }

# What keeps the harness from being measured, or nothing.
trouble=
"$python" -c 'import lm_eval' 2>/dev/null || trouble="no lm_eval in $(basename "$python")"

# The medians of wall seconds, processor seconds and peak megabytes, with a blank between them.
ours() { python3 "$here/measure.py" --rounds "$rounds" -- "$assay" "$@"; }
# The same for commands that end with 1 when they find mistakes.
checks() { python3 "$here/measure.py" --rounds "$rounds" --findings -- "$assay" "$@"; }
theirs() {
  [ -z "$trouble" ] || { echo "–"; return; }
  python3 "$here/measure.py" --rounds "$harness_rounds" --keep "$scratch/harness" -- "$python" "$@"
}

# A line of the table from a job's name and the three medians of each side.
row() { python3 "$here/row.py" "$@"; }

echo "| Job | Assay s | CPU s | MB | harness s | CPU s | MB | | CPU |"
echo "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
row "start: \`--help\`" "$(ours --help)" "$(theirs -m lm_eval --help)"

tasks=${TASKS:-$([ -n "$trouble" ] || "$python" "$here/harness.py" folder)}
if [ -d "$tasks" ]; then
  files=$(find "$tasks" -name '*.yaml' | wc -l)
  listing="–"
  # The harness always lists its own folder.
  [ -n "${TASKS:-}" ] || listing=$(theirs -m lm_eval ls tasks)
  row "\`ls tasks\`, $files files" "$(ours ls tasks --include_path "$tasks")" "$listing"
  row "\`validate\`, all of them" "$(checks validate "$tasks")" "–"
  row "\`lint\`, all of them" "$(checks lint "$tasks")" "–"
fi
row "\`validate\` one file" "$(checks validate "$top/TaskLibrary/gsm8k/gsm8k.yaml")" "–"
row "\`lint\` one file" "$(checks lint "$top/TaskLibrary/gsm8k/gsm8k.yaml")" "–"
row "\`preview\` one task" "$(ours preview --tasks demo_choices)" "–"

if [ -n "${MIRROR:-}" ]; then
  row "requests of \`gsm8k\` and \`hellaswag\`, $limit documents each" \
    "$(ours compile --tasks gsm8k,hellaswag --limit $limit --dataset_mirror "$MIRROR" -o "$scratch/requests")" \
    "$(theirs "$here/harness.py" build gsm8k,hellaswag $limit "$MIRROR" "$scratch/cache")"
fi

python3 "$here/suite.py" "$scratch/suite"
row "requests of 57 tasks like MMLU's, 14,042 rows, 5 shots" \
  "$(ours compile --tasks shaped --include_path "$scratch/suite/shaped" -o /dev/null)" \
  "$(theirs "$here/harness.py" suite "$scratch/suite/shaped" "$scratch/cache")"

# The scores of a run with random answers; $1 is the number of replicates.
found=(run --model dummy --tasks found --include_path "$scratch/suite/found" --bootstrap_iters)
"$assay" "${found[@]}" $few_replicates --log_samples --output_path "$scratch/found" >/dev/null 2>&1
samples=$(find "$scratch/found" -name 'samples_*.jsonl')
own=$(sed -n 's/.*"f1_stderr,none": \([0-9.e-]*\).*/\1/p' "$(find "$scratch/found" -name 'results_*.json')")
slow=$(theirs "$here/harness.py" bootstrap "$samples" $few_replicates)
same=
if [[ $slow =~ ^[0-9] ]]; then
  given=$(sed -n 's/^stderr //p' "$scratch/harness")
  same="; of $few_replicates replicates both give $own"
  [ "$given" = "$own" ] || same="; of $few_replicates replicates the harness gives $given, Assay $own"
  # Starting Python and reading the pairs is not repeated.
  base=$(theirs "$here/harness.py" bootstrap "$samples" 2)
  slow=$(awk -v all="$slow" -v base="$base" -v n=$((replicates / few_replicates)) 'BEGIN {
    split(all, a, " "); split(base, b, " ")
    print b[1] + (a[1] - b[1]) * n, b[2] + (a[2] - b[2]) * n, a[3] }')
fi
row "F1 of 10,000 rows, $replicates replicates" "$(ours "${found[@]}" $replicates)" "$slow"

row "run \`demo\` on \`Models/assay-tiny\`" "$(ours run --tasks demo --model_args "pretrained=$model")" \
  "$(theirs "$here/harness.py" run "$model" "$top/TaskLibrary/demo")"

echo
echo "Machine: $(nproc) cores, $(awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo)."
[ -z "$same" ] || echo "The harness's time for F1 is worked out from $few_replicates replicates${same}."
[ -z "$trouble" ] || echo "The harness was not measured: $trouble; set PYTHON."
[ -n "${MIRROR:-}" ] || echo "Requests of real tasks were not measured: set MIRROR to a dataset mirror with their rows."
