/**
 * The parts of the programs that start, follow, end and remove jobs on a host, in POSIX sh: they run under dash,
 * busybox, bash and ksh, with the tools every system has. `job-programs.ts` puts them together.
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
 * BORN, the kernel's start time, tells a process from a later one that has the same number; BOOT is the boot id. What a follower
 * says of times is how long ago they were, so that the clocks of host and laptop need not agree.
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

/** Starting: `limit` and `limit_whole` are the time limit in seconds, `tools` those for `find_apart`, `launch` becomes the script. */
export const starting = `
# Puts into the folder what must be there before anything runs. The record then has a place on the disk, also for its
# last line when the disk is full by then.
furnish() {
  write_script > "$dir/script" && : > "$dir/out" && echo made > "$dir/record"
}

# Sets apart to what gives the script a session and process group of its own: the first of the tools there is. The
# last one, nohup, can only keep it from being hung up.
find_apart() {
  apart=/usr/bin/$1
  [ ! -x "$apart" ] || return 0
  for tool in "$@"; do
    apart=$(command -v "$tool") && return
  done
}

# Becomes the given command, apart.
go() {
  case $apart in
    *setsid) set -- "$apart" "$@" ;;
    *perl)
      set -- "$apart" -e 'use POSIX; POSIX::setsid(); exec { $ARGV[0] } @ARGV; print STDERR "$ARGV[0]: $!\\n"; exit 127' "$@"
      ;;
    *python3)
      # Python ignores SIGPIPE, which the script must not inherit.
      set -- "$apart" -c 'import os, signal, sys; os.setsid(); signal.signal(signal.SIGPIPE, signal.SIG_DFL); os.execvp(sys.argv[1], sys.argv[1:])' "$@"
      ;;
    *) set -- "$apart" "$@" ;;
  esac
  export_values
  exec "$@"
}

# Sets status to that of a child, however often a signal wakes us before.
reap() {
  wait "$1"
  status=$?
  while [ "$status" -gt 128 ] && kill -0 "$1" 2>/dev/null; do
    wait "$1"
    status=$?
  done
  # ksh gives 256 and the signal.
  [ "$status" -lt 256 ] || status=$((status - 128))
}

# Sleeps for the guard, unless that is called off. Only KILL is sure to reach a process that has just been forked.
guard_for() {
  [ -z "$off" ] || exit 0
  sleep "$1" &
  sleeper=$!
  [ -z "$off" ] || kill -s KILL "$sleeper"
  reap "$sleeper"
  [ -z "$off" ] || exit 0
}

# Ends the script when its time is up; TERM calls it off before.
guard() {
  off= sleeper=
  trap : HUP INT
  trap 'off=1; [ -z "$sleeper" ] || kill -s KILL "$sleeper"' TERM
  guard_for "$limit"
  # Not every sleep takes fractions.
  [ "$status" -eq 0 ] || guard_for "$limit_whole"
  trap '' TERM
  [ ! -e "$dir/exit" ] || exit 0
  # On a full disk only a name can change; the script has been read by now.
  : > "$dir/limit-reached" || mv "$dir/script" "$dir/limit-reached"
  scripted && end_script
}

# Tells whoever follows through fd 9, then writes the result so that it is there whole and durably, or not at all.
finish() {
  uptime
  recall "$dir/record"
  trap '' PIPE
  { echo "end $starts $status $late $((up - since)) 0" >&9; } 2>/dev/null
  [ -z "$guard" ] || kill -s TERM "$guard" 2>/dev/null
  now=$(date +%s)
  echo "end $status $late $((now - (up - since) / 100)) $now" >> "$dir/record"
  sync "$dir/record" 2>/dev/null
  mv -f "$dir/record" "$dir/exit"
}

# Writes down who we are and what we wait for, so that others can tell whether we live and end the script.
sign() {
  self
  born "$self"
  boot
  supervisor_born=$born supervisor_boot=$boot
  born "$script" || born=0
  group=$script group_born=$born group_kind=group
  case $apart in *nohup) group_kind=pid ;; esac
  echo "supervisor $self $supervisor_born $boot
group $group $group_born $group_kind" >> "$dir/record"
}

# Runs in the background for as long as the script does. Signals meant for the session only wake it; the guard must
# not inherit that, or it would lose a TERM that comes before it has a trap of its own.
supervise() {
  trap : HUP INT
  late=0 guard=
  uptime
  since=$up
  if [ -e "$dir/cancelled" ]; then
    status=143
  elif ! echo start >> "$dir/record"; then
    status=126
  else
    launch < /dev/null >> "$dir/out" 2>&1 9>&- &
    script=$!
    sign
    guard 9>&- &
    guard=$!
    trap : TERM
    reap "$script"
    if [ -e "$dir/limit-reached" ]; then
      late=1
      result=$status
      reap "$guard"
      status=$result
    fi
  fi
  finish
}

# Starts the job in the folder just made.
start() {
  if ! furnish 2>/dev/null; then
    # A shell's own echo does not say what is wrong.
    why=$(env echo made 2>&1 > "$dir/record")
    rm -rf "$dir"
    refuse "$why"
    return
  fi
  find_apart $tools
  echo from 0
  supervise < /dev/null 9>&1 > /dev/null 2>&1 &
  relay
}
`;

/** Following: `offset` is how much of `out` is known already, `keep_alive` seconds of silence are too many. */
export const following = `
say() {
  printf '%s %s\\n' "$nonce" "$*"
}

# Passes on what the client sends: a line whenever it is time to look.
relay() {
  while read -r line; do echo look; done
  echo gone
}

# Ends before there is anything to follow.
refuse() {
  echo "say refused $(printf %s "$1" | tr '\\n' ' ')"
}

# Sends what is new in out, read through fd 3, which remembers how far it is. A regular file gives all that is asked
# for in one read; the dot after each part shows it.
drain() {
  while [ -s "$dir/out" ]; do
    set -- $(LC_ALL=C LS_BLOCK_SIZE=1 ls -ln "$dir/out")
    left=$(($5 - offset))
    [ "$left" -gt 0 ] || return
    while [ "$left" -gt 0 ]; do
      size=$left
      [ "$size" -le 262144 ] || size=262144
      say "out $offset $size"
      dd bs="$size" count=1 <&3 2>/dev/null
      say .
      offset=$((offset + size)) left=$((left - size))
    done
  done
}

# Sets result from the exit file, with ages in hundredths of seconds instead of times.
read_exit() {
  recall "$dir/exit"
  case .$code.$timed_out.$began.$ended. in
    *[!0-9.]* | *..*) result=damaged ;;
    *)
      now=$(date +%s)
      result="$starts $code $timed_out $((now - began))00 $((now - ended))00"
      ;;
  esac
}

# Sends output and the end. Each line of its input is a reason to look, or tells the end, or that the client is gone.
# The exit file is read before the output, so
# that the last lines are never missed, and a supervisor must be seen dead twice, because it may have written the
# exit file between our reading that and looking at it.
follow() {
  result= dead=0 young=0
  while read -r event detail; do
    case $event in
      say)
        say "$detail"
        break
        ;;
      from)
        offset=$detail
        exec 3< "$dir/out"
        [ "$offset" -eq 0 ] || dd bs=1 skip="$offset" count=0 <&3 2>/dev/null
        say here
        uptime
        spoke=$up
        ;;
      end) result=$detail ;;
      gone) break ;;
    esac
    [ -n "$result" ] || [ ! -e "$dir/exit" ] || read_exit
    drain
    if [ -n "$result" ]; then
      say "end $result"
      break
    fi
    look
    case $state in
      running) dead=0 ;;
      starting)
        young=$((young + 1))
        if [ "$young" -ge 50 ]; then
          say unknown
          break
        fi
        ;;
      *)
        dead=$((dead + 1))
        if [ "$dead" -ge 2 ]; then
          if scripted; then state=orphaned; fi
          say "lost $starts $state"
          break
        fi
        ;;
    esac
    uptime
    if [ "$((up - spoke))" -ge "\${keep_alive}00" ]; then
      say alive
      spoke=$up
    fi
  done
}

# Has a job followed that somebody else started, perhaps this very moment.
attach() {
  count=0
  until [ -e "$dir/out" ]; do
    count=$((count + 1))
    if [ "$count" -gt 20 ]; then
      echo say unknown
      return
    fi
    nap 0.25
  done
  echo "from $offset"
  relay
}
`;

/** Starts the job unless its folder is there. `ago` is for how many seconds it may have been started already. */
export const startOrAttach = `
start_or_attach() {
  if [ "$ago" -gt 0 ] && [ ! -d "$dir" ]; then
    uptime
    # A crash soon after the folder was made may have lost it again.
    if [ "$up" -lt "\${ago}00" ]; then
      echo say restarted
      return
    fi
  fi
  if mkdir -m 700 "$dir" 2>/dev/null; then start
  elif [ -d "$dir" ]; then attach
  else
    if why=$( (umask 077; mkdir -p "$root" && mkdir "$dir") 2>&1 ); then start
    elif [ -d "$dir" ]; then attach
    else refuse "$why"
    fi
  fi
}
start_or_attach | follow
`;

export const attachOnly = `
attach_only() {
  if [ -d "$dir" ]; then attach
  else echo say absent
  fi
}
attach_only | follow
`;

/**
 * Ends a job. One that is not there is made there as ended, so that a start that is still on its way finds it.
 * Exits 4 where the folder cannot be made, 5 where something is left even after KILL.
 */
export const cancel = `
(umask 077; mkdir -p "$root") || exit 4
if mkdir -m 700 "$dir" 2>/dev/null; then
  now=$(date +%s)
  : > "$dir/out"
  echo "end 143 0 $now $now" > "$dir/record" && mv -f "$dir/record" "$dir/exit"
  exit
fi
[ -d "$dir" ] || { mkdir "$dir"; exit 4; }
[ ! -e "$dir/exit" ] || exit 0
: > "$dir/cancelled"
uptime
since=$up
while [ ! -e "$dir/exit" ]; do
  look
  if scripted; then end_script || exit 5; fi
  uptime
  case $state in
    running) [ "$((up - since))" -le 3000 ] || exit 5 ;;
    starting) [ "$((up - since))" -le 1000 ] || exit 0 ;;
    *) exit 0 ;;
  esac
  nap 0.1
done
`;

/** Removes folders of jobs that ended at least `older` seconds ago; they are renamed first, so that none is left in half. */
export const sweep = `
[ -d "$root" ] || exit 0
now=$(date +%s)
for dir in "$root"/*/; do
  [ -e "$dir/exit" ] || continue
  recall "$dir/exit"
  case $ended in '' | *[!0-9]*) continue ;; esac
  [ "$((now - ended))" -ge "$older" ] || continue
  dir=\${dir%/}
  mv "$dir" "$root/.swept-\${dir##*/}"
done
rm -rf "$root"/.swept-*
`;
