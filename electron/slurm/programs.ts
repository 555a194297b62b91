import { quote } from '../ssh/index.ts';

/**
 * The programs that a sweep runs on the host where jobs are submitted, in POSIX sh. What they leave there:
 *
 *     ~/.holdpoint/sweeps/files/    panels, lists of points, programs, a Node: named by their SHA-256, sent once
 *     ~/.holdpoint/sweeps/SWEEP/    one sweep, named by its digest
 *         results/DIGEST.json       a point, written whole; what is there is done
 *         logs/JOB-TASK.log         what a task said
 *
 * Slurm knows all jobs of a sweep by one name, and their `singleton` lets no two of them run at a time: of two that were
 * submitted at once the second begins when the first is over, and finds its results.
 */
const common = `
export LC_ALL=C
root=$HOME/.holdpoint/sweeps
dir=$root/$sweep name=holdpoint-$sweep

# The path of program $1, which may be on that of login shells only.
find_program() {
  command -v "$1" || bash -lc "command -v $1" 2>/dev/null | tail -n 1
}

squeue=$(find_program squeue)
if [ -z "$squeue" ]; then
  echo "There is no squeue on the path." >&2
  exit 4
fi
PATH=$PATH:\${squeue%/*}

# Prints how many tasks of which job are in which state.
queued() {
  tasks=$(squeue -h -r -u "$(id -un)" -n "$name" -o '%F %T' 2>&1) || { printf '%s\\n' "$tasks" >&2; exit 5; }
  [ -z "$tasks" ] || printf '%s\\n' "$tasks" | sort | uniq -c | while read -r line; do echo "task $line"; done
}
`;

/** The queue is read first: what is not in it any more has its results there. */
const looking = `
queued
[ -d "$dir/results" ] || exit 0
cd "$dir/results" && ls | while read -r file; do
  case $file in *.json) echo "result \${file%.json}" ;; esac
done
`;

/** Takes the names of results from standard input; prints each after a line with its name. */
const fetching = `
cd "$dir/results" && xargs awk 'FNR == 1 { print "== " FILENAME } { print }' 2>/dev/null
:
`;

/** What the host has to compute with: its kind, the least C library, and Node. */
const probing = `
echo "machine $(uname -s) $(uname -m)"
echo "libc $(getconf GNU_LIBC_VERSION 2>/dev/null)"
node=$(find_program node)
[ -z "$node" ] || echo "node $("$node" -p 'process.versions.node' 2>/dev/null) $node"
`;

/** All that the array gets is in its environment; the script of a task is the same for every sweep. */
const submitting = `
sbatch=$(find_program sbatch)
if [ -z "$sbatch" ]; then
  echo "There is no sbatch on the path." >&2
  exit 4
fi
mkdir -p "$dir/results" "$dir/logs" && cd "$root/files" || exit 6
if [ ! -d "$program" ]; then
  rm -rf "$program.$$" && mkdir "$program.$$" && tar -xf "$program.tar" -C "$program.$$" || exit 6
  mv "$program.$$" "$program" || exit 6
fi
case $node in /*) ;; *) chmod 755 "$node" && node=$root/files/$node || exit 6 ;; esac
export HOLDPOINT_NODE="$node" HOLDPOINT_PROGRAM="$root/files/$program/$entry"
export HOLDPOINT_PANEL="$root/files/$panel" HOLDPOINT_POINTS="$root/files/$points"
export HOLDPOINT_RESULTS="$dir/results" HOLDPOINT_EACH="$each"
set -- --parsable --export=ALL --requeue --dependency=singleton --job-name="$name" --comment="Holdpoint sweep"
set -- "$@" --array="$array" --chdir="$dir" --output=logs/%A-%a.log --open-mode=append --ntasks=1
[ -z "$partition" ] || set -- "$@" --partition="$partition"
[ -z "$account" ] || set -- "$@" --account="$account"
[ -z "$time" ] || set -- "$@" --time="$time"
[ -z "$memory" ] || set -- "$@" --mem="$memory"
"$sbatch" "$@" <<'TASK'
#!/bin/sh
exec "$HOLDPOINT_NODE" "$HOLDPOINT_PROGRAM"
TASK
`;

const cancelling = `
queued
scancel -u "$(id -un)" -n "$name"
`;

/** Prints the last line of each log that has any, once. */
const explaining = `
cd "$dir/logs" 2>/dev/null || exit 0
for log in "$job"-*.log; do tail -n 1 "$log" 2>/dev/null; done | sort | uniq -c | sort -rn | head -n 3
`;

/** Results that are not believed are kept, but found no more. */
const doubting = `
scancel -u "$(id -un)" -n "$name"
cd "$dir" && mv results "doubted-$(date +%s)"
`;

const texts = { looking, fetching, probing, submitting, cancelling, explaining, doubting };

export type ProgramName = keyof typeof texts;

/** A program with its values before it: each a quoted word, so that none becomes part of its text. */
export function programOf(text: ProgramName, values: Record<string, string>): string {
  const assignments = Object.entries(values).map(([name, value]) => `${name}=${quote(value)}`);
  return [...assignments, common, texts[text]].join('\n');
}
