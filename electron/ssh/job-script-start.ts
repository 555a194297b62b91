/**
 * Starting a job: `limit` and `limit_whole` are the time limit in seconds, `tools` those for `find_apart`; `write_script`,
 * `export_values` and `launch` come with the job.
 */
export const starting = `
# Puts into the folder what must be there before anything runs. The record then has a place on the disk, also for its
# last line when the disk is full by then.
furnish() {
  write_script > "$dir/script" && : > "$dir/out" && echo made > "$dir/record"
}

# Sets apart to what gives the script a session and process group of its own: the first of the tools there is. The
# last one, nohup, can only keep it from being hung up. The usual place of the first saves a search.
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
    *nohup) set -- "$apart" "$@" ;;
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
  if echo "end $status $late $((now - (up - since) / 100)) $now" >> "$dir/record"; then
    sync "$dir/record" 2>/dev/null
    mv -f "$dir/record" "$dir/exit"
  fi
}

# Writes down who we are and what we wait for, so that others can tell whether we live and end the script.
sign() {
  self
  born "$self"
  boot
  supervisor_born=$born supervisor_boot=$boot
  born "$script" || born=0
  group=$script group_born=$born group_kind=group
  case $apart in '' | *nohup) group_kind=pid ;; esac
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
  # Redirected by exec, because shells keep what they redirect around a command, and with that the session, open.
  {
    exec < /dev/null 9>&1 > /dev/null 2>&1
    supervise
  } &
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
