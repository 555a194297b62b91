/**
 * The files `job-script-*.ts` hold the parts of the programs that start, follow, end and remove jobs on a host, in
 * POSIX sh: they run under dash, busybox, bash and ksh, with the tools every system has. `job-programs.ts` puts them
 * together.
 *
 * A job is a folder. Making it is what starts the job, so whoever finds it there never starts it:
 *
 *     script      the job's script
 *     out         what it printed so far
 *     record      a line for each thing that happened; becomes `exit` with the last of them
 *     cancelled, limit-reached   are there once somebody wanted it to end, or its time was up
 *
 *     start                            the script is started
 *     supervisor PID BORN BOOT         the process that waits for its end
 *     group PID BORN group|pid         the script's process group; only its process where it could get no group
 *     end CODE TIMED_OUT BEGAN ENDED   1 for TIMED_OUT where the time limit ended it; seconds since 1970
 *
 * BORN, the kernel's start time, tells a process from a later one that has the same number; BOOT is the boot id. What
 * a follower says of times is how long ago they were, so that the clocks of host and laptop need not agree.
 */

/** What all of them use: `dir` is the job's folder, `root` the one it is in, `proc` where the kernel tells of itself. */
export const common = `
# Sets born to the kernel's start time of process $1. Fails when that is gone, or dead and not yet reaped.
born() {
  if [ -r "$proc/self/stat" ]; then
    { read -r stat < "$proc/$1/stat"; } 2>/dev/null || return 1
    set -- \${stat##*\\) }
    case $1 in Z | X) return 1 ;; esac
    born=\${20}
  else
    set -- $(LC_ALL=C ps -o stat= -o lstart= -p "$1" 2>/dev/null)
    case \${1:-Z} in Z*) return 1 ;; esac
    born=$2$3$4$5$6
  fi
}

# Sets self to the pid of this very process; $$ is that of the outermost shell.
self() {
  if [ -r "$proc/self/stat" ]; then read -r self rest < "$proc/self/stat"
  else self=$(exec sh -c 'echo "$PPID"')
  fi
}

# Sets boot to what changes when the host restarts.
boot() {
  { read -r boot < "$proc/sys/kernel/random/boot_id"; } 2>/dev/null && return
  boot=$(sysctl -n kern.bootsessionuuid 2>/dev/null || sysctl -n kern.boottime 2>/dev/null | tr -d ' ')
  boot=\${boot:-none}
}

# Sets up to a count of hundredths of seconds that only grows, with no process of its own where the kernel tells.
uptime() {
  if { read -r up rest < "$proc/uptime"; } 2>/dev/null; then up=\${up%.*}\${up#*.}
  else up=$(date +%s)00
  fi
}

# Some systems cannot sleep for fractions.
nap() {
  sleep "$1" 2>/dev/null || sleep 1
}

# Reads the record in file $1, which may not be there.
recall() {
  supervisor= group= code= timed_out= began= ended= starts=0
  {
    while read -r line a b c d rest; do
      case $line in
        start) starts=$((starts + 1)) ;;
        supervisor) supervisor=$a supervisor_born=$b supervisor_boot=$c ;;
        group) group=$a group_born=$b group_kind=$c ;;
        end) code=$a timed_out=$b began=$c ended=$d ;;
      esac
    done < "$1"
  } 2>/dev/null
}

# Sets state: starting, running, restarted (the host was) or gone.
look() {
  recall "$dir/record"
  boot
  if [ -z "$supervisor" ]; then state=starting
  elif [ "$boot" != "$supervisor_boot" ]; then state=restarted
  elif born "$supervisor" && [ "$born" = "$supervisor_born" ]; then state=running
  else state=gone
  fi
}

# Whether anything of the script is left; sets target for kill. Needs what look sets.
scripted() {
  [ -n "$group" ] && [ "$boot" = "$supervisor_boot" ] || return 1
  target=-$group
  [ "$group_kind" = group ] || target=$group
  if born "$group"; then [ "$born" = "$group_born" ]
  else [ "$group_kind" = group ] && signal 0 && peopled
  fi
}

# Whether some process of the group lives. Signals also find those that are dead and that nobody reaps.
peopled() {
  if [ -r "$proc/self/stat" ]; then
    for process in "$proc"/[0-9]*/stat; do
      { read -r stat < "$process"; } 2>/dev/null || continue
      set -- \${stat##*\\) }
      [ "$3" = "$group" ] || continue
      case $1 in Z | X) ;; *) return 0 ;; esac
    done
    return 1
  else
    ps -A -o pgid= -o stat= | grep -q "^ *$group  *[^Z]"
  fi
}

# Sends signal $1 to target. Only some shells want the -- before a group, and only some know it.
signal() {
  kill -s "$1" -- "$target" 2>/dev/null || kill -s "$1" "$target" 2>/dev/null
}

# TERM, ten seconds later KILL. Fails when something is left even then. Only after scripted.
end_script() {
  uptime
  asked=$up killed=
  # Just after its start the leader has no group yet.
  signal TERM || kill -s TERM "$group" 2>/dev/null
  while scripted; do
    nap 0.1
    uptime
    if [ "$((up - asked))" -ge 1000 ] && [ -z "$killed" ]; then
      signal KILL
      killed=1
    fi
    [ "$((up - asked))" -le 1500 ] || return 1
  done
}
`;
