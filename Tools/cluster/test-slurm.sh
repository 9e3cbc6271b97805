#!/bin/bash
# Runs a job of four parts, as `assay plan --emit slurm` writes it, on a Slurm of one machine that this script starts, and
# compares the merged results with those of a run in one piece. Needs root; PROGRAM is the built program.
set -euo pipefail
program=$(realpath "${1:-.build/release/assay}")
top=$(realpath "$(dirname "$0")/../..")
if ! command -v slurmctld > /dev/null; then
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq slurm-wlm munge
fi
work=$(mktemp -d)
pids=()
cleanup() {
  for pid in "${pids[@]}"; do kill "$pid" 2> /dev/null || true; done
  wait 2> /dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT

mkdir -p "$work"/{munge,state,spool,job}
chmod 700 "$work/munge"
head -c 1024 /dev/urandom > "$work/munge/key"
chmod 400 "$work/munge/key"
munged --foreground --force --key-file="$work/munge/key" --socket="$work/munge/socket" \
  --pid-file="$work/munge/pid" --log-file="$work/munge/log" --seed-file="$work/munge/seed" > "$work/munged.log" 2>&1 &
pids+=($!)

host=$(hostname -s)
cat > "$work/slurm.conf" << CONF
ClusterName=assay
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=26817
SlurmdPort=26818
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$work/munge/socket
CredType=cred/munge
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
MpiDefault=none
ReturnToService=2
SchedulerParameters=sched_interval=1,batch_sched_delay=1
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
export SLURM_CONF=$work/slurm.conf
sleep 1
slurmctld -D -f "$SLURM_CONF" > "$work/slurmctld.log" 2>&1 &
pids+=($!)
slurmd -D -f "$SLURM_CONF" -N "$host" > "$work/slurmd.log" 2>&1 &
pids+=($!)
for _ in $(seq 60); do
  sinfo -h -o %t 2> /dev/null | grep -q idle && break
  sleep 1
done
sinfo -h -o %t | grep -q idle || { tail "$work"/slurm*.log; exit 1; }

# Made-up answers must give the same bytes; a model's numbers may differ behind the digits that are printed, since what is
# computed together depends on what a part holds.
for model in scripted native; do
  mkdir "$work/job/$model"
  cd "$work/job/$model"
  run=(--model "$model" --tasks demo --output_path "$PWD/parts" --log_samples)
  if [ "$model" = native ]; then
    run+=(--model_args "pretrained=$top/Models/assay-tiny")
  fi
  "$program" run "${run[@]/%\/parts//whole}" > whole.txt 2> whole.errors || { tail -5 whole.errors; exit 1; }
  "$program" plan --emit slurm --shards 4 --program "$program" "${run[@]}" > job.sh
  bash job.sh
  for _ in $(seq 300); do
    [ -z "$(squeue -h)" ] && break
    sleep 1
  done
  ls assay-merge-*.out > /dev/null || { tail *.out; exit 1; }
  diff <(grep '|' whole.txt) <(grep '|' assay-merge-*.out)
  if [ "$model" = scripted ]; then
    python3 - "$PWD" << 'PYTHON'
import glob, json, sys

def read(name):
    (path,) = glob.glob(f"{sys.argv[1]}/{name}/*/results_*.json")
    results = json.load(open(path))
    for key in ("date", "total_evaluation_time_seconds"):
        results.pop(key)
    samples = {}
    for sample in glob.glob(f"{sys.argv[1]}/{name}/*/samples_*.jsonl"):
        samples[sample.split("/samples_")[1].rsplit("_", 1)[0]] = open(sample, "rb").read()
    return results, samples

whole, merged = read("whole"), read("parts")
parts = glob.glob(f"{sys.argv[1]}/parts/*/answers_*.shard-*-of-4.jsonl")
assert len(parts) == 4, parts
assert whole[1] and whole[1] == merged[1], "samples differ"
assert whole[0] == merged[0], [key for key in whole[0] if whole[0][key] != merged[0].get(key)]
print(f"{len(parts)} parts, merged: results and {len(whole[1])} files of samples are those of the run in one piece")
PYTHON
  fi
  echo "$model: the merged table is that of the run in one piece"
done
