#!/bin/bash
#
# A sweep on a Slurm cluster: an array of jobs solves it part by part, and a last job gathers the parts.
#
#   bash examples/sweep/slurm.sh PARTS DIR STUDY --vary FIELD=VALUES ...
#
# DIR is a folder that all nodes see. In the end it holds sweep.csv and the pictures, as after a sweep on one
# machine. Should anything be killed, the same line goes on where it was. Take some minutes of work to a part and no
# more than 64 parts: up to 64,000 combinations a sweep is cut into 64 pieces, of which a part takes some.
# This is two submissions, and as many jobs as there are parts, and one more.
#
# What a job gets; change it here, or let sbatch read it from SBATCH_ACCOUNT, SBATCH_PARTITION, SBATCH_TIMELIMIT:
#SBATCH --job-name=sweep
#SBATCH --cpus-per-task=4
#SBATCH --time=04:00:00

set -euo pipefail
AT_ONCE=${AT_ONCE:-8}                    # parts that run at the same time
MENUSMITH=${MENUSMITH:-npx menusmith}    # how the command is started on a node

sweep() {
  # 3 says that some rows are not certified. They are in the table, and no reason to do a part again.
  $MENUSMITH sweep "$@" --jobs "$SLURM_CPUS_PER_TASK" || [ $? -eq 3 ]
}

if [ -z "${SLURM_JOB_ID:-}" ]; then      # where the line is typed: hands both in
  parts=$1
  array=$(sbatch --parsable --array="1-$parts%$AT_ONCE" "$0" "$@")
  sbatch --dependency="afterok:$array" --kill-on-invalid-dep=yes "$0" "$@"
  exit
fi

parts=$1 dir=$2
shift 2
if [ -n "${SLURM_ARRAY_TASK_ID:-}" ]; then
  sweep "$@" --out "$dir" --shard "$SLURM_ARRAY_TASK_ID/$parts"
else
  sweep "$@" --out "$dir"
fi
