#!/bin/sh
# Starts, stops and looks after the service of this root, in place of the service manager of a real host:
#   service start|stop|restart|reload|status NAME
# It runs current/bin/start in a session of its own, so that the service outlives the connection that started it.
set -u

root=$(cd "$(dirname "$0")/.." && pwd -P) || exit 1
verb=${1-}
name=${2-}
case $name in
'' | *[!A-Za-z0-9._-]* | [.-]*)
  echo "usage: service start|stop|restart|reload|status NAME" >&2
  exit 2
  ;;
esac

run=$root/shared/run
log=$root/shared/logs/service.log
pidfile=$run/$name.pid
ready=$run/$name.ready
listen_within_s=10
stop_within_s=10

# "<state> <start time>" of a process, or nothing. With its start time a process id cannot be mistaken for a later one.
look() {
  if [ -r "/proc/$1/stat" ]; then
    stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 0
    # The program's name stands in brackets and may hold spaces.
    # shellcheck disable=SC2086
    set -- ${stat##*) }
    echo "$1 ${20}"
  elif [ ! -d /proc/self ]; then
    ps -o stat=,lstart= -p "$1" 2>/dev/null | sed 's/^ *\([^ ]\)[^ ]* */\1 /'
  fi
}

# Two of these scripts must not start or stop the same service at once.
lock() {
  mkdir -p "$run" || exit 1
  tenths=300
  until mkdir "$run/$name.lock" 2>/dev/null; do
    if [ "$tenths" -eq 0 ]; then
      echo "Another service script has held $run/$name.lock for 30 s. Remove it if none runs." >&2
      exit 1
    fi
    tenths=$((tenths - 1))
    holder=$(cat "$run/$name.lock/pid" 2>/dev/null)
    if [ -n "$holder" ] && ! kill -0 "$holder" 2>/dev/null; then
      rm -rf "$run/$name.lock"
    else
      sleep 0.1
    fi
  done
  echo "$$" >"$run/$name.lock/pid"
  trap 'rm -rf "$run/$name.lock"' EXIT
  trap 'exit 1' HUP INT TERM
}

# Sets pid where the service runs. A process that has ended and was not yet collected does not.
running() {
  pid=
  [ -s "$pidfile" ] || return 1
  read -r found since <"$pidfile" || return 1
  case $found in '' | *[!0-9]*) return 1 ;; esac
  now=$(look "$found")
  case $now in '' | Z* | X*) return 1 ;; esac
  [ "${now#* }" = "$since" ] || return 1
  pid=$found
}

forget() {
  rm -f "$pidfile" "$ready"
}

start() {
  if running; then
    echo "$name runs already (process $pid)."
    return 0
  fi
  if [ ! -x "$root/current/bin/start" ]; then
    echo "$name cannot start: $root/current/bin/start is not there. Point current to a release." >&2
    return 1
  fi
  mkdir -p "$root/shared/logs" || return 1
  forget
  # The inner shell leaves its own process id and becomes the service.
  # shellcheck disable=SC2016
  inner='printf "%s\n" "$$" >"$1" && exec "$2"'
  detach=nohup
  command -v setsid >/dev/null 2>&1 && detach=setsid
  SERVICE_READY_FILE=$ready $detach sh -c "$inner" sh "$pidfile.new" "$root/current/bin/start" \
    </dev/null >>"$log" 2>&1 &
  tenths=$((listen_within_s * 10))
  while [ ! -s "$pidfile.new" ] && [ "$tenths" -gt 0 ]; do
    sleep 0.05
    tenths=$((tenths - 1))
  done
  started=$(cat "$pidfile.new" 2>/dev/null)
  rm -f "$pidfile.new"
  now=$(look "${started:-0}")
  if [ -z "$started" ] || ! printf '%s %s\n' "$started" "${now#* }" >"$pidfile"; then
    [ -z "$started" ] || kill -KILL "$started"
    echo "$name was not started: its process id cannot be written to $run." >&2
    return 1
  fi
  while [ "$tenths" -gt 0 ]; do
    if [ "$(cat "$ready" 2>/dev/null)" = "$started" ]; then
      echo "$name started (process $started)."
      return 0
    fi
    if ! running; then
      echo "$name ended while starting. The last lines of $log:" >&2
      tail -n 5 "$log" >&2
      forget
      return 1
    fi
    sleep 0.1
    tenths=$((tenths - 1))
  done
  echo "$name did not begin to listen within $listen_within_s s. The last lines of $log:" >&2
  tail -n 5 "$log" >&2
  stop >&2
  return 1
}

stop() {
  if ! running; then
    forget
    echo "$name does not run."
    return 0
  fi
  stopped=$pid
  kill -TERM "$stopped" 2>/dev/null
  tenths=$((stop_within_s * 10))
  while running; do
    if [ "$tenths" -eq 0 ]; then
      kill -KILL "$stopped" 2>/dev/null
      echo "$name did not end within $stop_within_s s and was killed." >&2
    fi
    sleep 0.1
    tenths=$((tenths - 1))
  done
  forget
  echo "$name stopped (process $stopped)."
}

case $verb in
start)
  lock
  start
  ;;
stop)
  lock
  stop
  ;;
restart)
  lock
  stop && start
  ;;
reload)
  if ! running; then
    echo "$name does not run, so there is nothing to reload." >&2
    exit 1
  fi
  kill -HUP "$pid"
  echo "$name was told to read its settings again (process $pid)."
  ;;
status)
  if running; then
    echo "$name runs (process $pid), release $(basename "$(readlink "$root/current")")."
    exit 0
  fi
  echo "$name does not run."
  exit 3
  ;;
*)
  echo "usage: service start|stop|restart|reload|status NAME" >&2
  exit 2
  ;;
esac
