#!/usr/bin/env bash
# Times Assay and the harness side by side. README.md beside this file says what is measured and how to call it.
set -euo pipefail
export LC_ALL=C
here=$(cd "$(dirname "$0")" && pwd)
top=$(dirname "$here")
assay=${ASSAY:-$top/.build/release/assay}
python=${PYTHON:-python3}
rounds=${ROUNDS:-5}
limit=200
model=$top/Models/assay-tiny
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

[ -x "$assay" ] || { echo "no program at $assay; run \`make build\` or set ASSAY" >&2; exit 2; }

# The median wall time of several runs of a command, in seconds; the first run warms the caches and is not counted.
median() {
  local round start end
  for ((round = 0; round <= rounds; round++)); do
    start=${EPOCHREALTIME/./}
    "$@" >"$scratch/out" 2>"$scratch/err" || { tail -3 "$scratch/err" >&2; echo "failed"; return; }
    end=${EPOCHREALTIME/./}
    [ "$round" -eq 0 ] || echo $((end - start))
  done | sort -n | awk '
    /failed/ { failed = 1 } { times[NR] = $1 }
    END { if (failed || NR == 0) print "failed"; else printf "%.3f", times[int((NR + 1) / 2)] / 1000000 }'
}

row() {
  local name=$1 ours=$2 theirs=$3 ratio=–
  [[ $ours =~ ^[0-9] && $theirs =~ ^[0-9] ]] && ratio=$(awk "BEGIN { printf \"%.0f×\", $theirs / $ours }")
  echo "| $name | $ours | $theirs | $ratio |"
}

# What keeps the harness from being measured, or nothing.
trouble=
"$python" -c 'import lm_eval' 2>/dev/null || trouble="no lm_eval in $(basename "$python")"
theirs() { [ -n "$trouble" ] && { echo "–"; return; }; median "$python" "$here/harness.py" "$@"; }

echo "| Job (seconds, median of $rounds) | Assay | harness | |"
echo "| --- | ---: | ---: | ---: |"
row "start: \`--help\`" "$(median "$assay" --help)" \
  "$([ -n "$trouble" ] && echo – || median "$python" -m lm_eval --help)"

tasks=${TASKS:-$([ -n "$trouble" ] || "$python" "$here/harness.py" folder)}
if [ -d "$tasks" ]; then
  files=$(find "$tasks" -name '*.yaml' | wc -l)
  row "index $files task files" "$(median "$assay" ls tasks --include_path "$tasks")" "$(theirs index "$tasks")"
fi

if [ -n "${MIRROR:-}" ]; then
  row "requests of \`gsm8k\` and \`hellaswag\`, $limit documents each" \
    "$(median "$assay" compile --tasks gsm8k,hellaswag --limit $limit --dataset_mirror "$MIRROR" -o "$scratch/requests")" \
    "$(theirs build gsm8k,hellaswag $limit "$MIRROR" "$scratch/cache")"
fi

row "run \`demo\` on \`Models/assay-tiny\`" "$(median "$assay" run --tasks demo --model_args "pretrained=$model")" \
  "$(theirs run "$model" "$top/TaskLibrary/demo")"

echo
echo "Machine: $(nproc) cores, $(awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo)."
[ -z "$trouble" ] || echo "The harness was not measured: $trouble; set PYTHON."
[ -n "${MIRROR:-}" ] || echo "Requests of real tasks were not measured: set MIRROR to a dataset mirror with their rows."
