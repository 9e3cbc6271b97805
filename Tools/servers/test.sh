#!/bin/sh
# Runs the demo tasks and 200 rows of HellaSwag against real servers, beside the engine: test.sh PROGRAM WORK.
# PYTHON names a Python with torch and transformers; DATASETS a mirror with Rowan/hellaswag. WORK keeps what was installed.
set -eu
program=$1 work=$2
here=$(dirname "$0")
python=${PYTHON:-python3}
mirror=${DATASETS:-}
mkdir -p "$work"
pids=
trap 'for pid in $pids; do kill "$pid" 2>/dev/null || true; done' EXIT INT TERM

# start NAME COMMAND...: a server whose port is told by $port
start() {
  name=$1; shift
  "$@" > "$work/$name.log" 2>&1 &
  pids="$pids $!"
  for _ in $(seq 60); do
    if "$python" -c "import socket; socket.create_connection(('127.0.0.1', $port), 1)" 2>/dev/null; then return; fi
    sleep 1
  done
  echo "$name did not start; see $work/$name.log" >&2
  exit 1
}

# compare NAME LIMIT TASKS MODEL ARGUMENTS
compare() {
  name=$1 limit=$2 tasks=$3 model=$4 arguments=$5
  rm -rf "$work/out-$name"
  for side in engine server; do
    if [ $side = engine ]; then set -- native "pretrained=Models/assay-tiny"; else set -- "$model" "$arguments"; fi
    "$program" run --tasks $tasks --limit "$limit" --model "$1" --model_args "$2" ${mirror:+--dataset_mirror "$mirror"} \
      --output_path "$work/out-$name/$side" --log_samples > "$work/$name-$side.txt" 2>&1 ||
      { tail -5 "$work/$name-$side.txt" >&2; exit 1; }
  done
  printf '%s: ' "$name"
  "$python" "$here/compare.py" "$work/out-$name/engine" "$work/out-$name/server"
}

rows=
if [ -n "$mirror" ] && [ -d "$mirror/Rowan/hellaswag" ]; then rows=hellaswag
else echo "HellaSwag is left out: DATASETS names no mirror that holds Rowan/hellaswag"; fi

if "$python" -c 'import torch, transformers' 2>/dev/null; then
  port=8412
  start transformers "$python" "$here/transformers_server.py" Models/assay-tiny $port
  # As in the harness one token is kept for an answer, and whole texts are read in windows of one less: 1024 in all.
  own="base_url=http://127.0.0.1:$port,model=tiny,tokenizer=Models/assay-tiny,add_bos_token=true,max_length=1026"
  compare transformers-demo 1000 demo local-completions "$own"
  [ -z "$rows" ] || compare transformers-hellaswag 200 $rows local-completions "$own"
else
  echo "the Transformers server is left out: PYTHON ($python) has no torch and transformers"
fi

if [ ! -x "$work/venv/bin/python" ]; then python3 -m venv "$work/venv"; fi
"$work/venv/bin/python" -c 'import llama_cpp.server, gguf' 2>/dev/null ||
  "$work/venv/bin/pip" install --quiet "llama-cpp-python[server]" gguf
"$work/venv/bin/python" "$here/to_gguf.py" Models/assay-tiny "$work/assay-tiny.gguf" > /dev/null
port=8411
# Keys and values are kept in float32 (type 0): in float16, as they are by default, a log-likelihood moves by a hundredth.
start llama "$work/venv/bin/python" -m llama_cpp.server --model "$work/assay-tiny.gguf" --host 127.0.0.1 --port $port \
  --logits_all true --n_ctx 1024 --n_threads 1 --type_k 0 --type_v 0
own="base_url=http://127.0.0.1:$port,tokenizer=Models/assay-tiny,num_concurrent=2"
compare llama-demo 60 "demo_choices demo_arithmetic" gguf "$own"
[ -z "$rows" ] || compare llama-hellaswag 200 $rows gguf "$own"
