/** Following a job: `offset` is how much of `out` is known already, `keep_alive` seconds of silence are too many. */
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

# Sends output and the end. Each line of its input is a reason to look, or tells what to say, where to begin, that the
# job has ended or that the client is gone. The exit file is read before the output, so that the last lines are never
# missed; and a supervisor must be seen dead twice, because it may have written the exit file after we looked for that.
follow() {
  result= dead=0
  while read -r event detail; do
    case $event in
      say)
        say "$detail"
        break
        ;;
      from)
        offset=$detail
        exec 3< "$dir/out"
        [ "$offset" -eq 0 ] || dd bs=1 skip="$((offset - 1))" count=1 <&3 > /dev/null 2>&1
        uptime
        since=$up spoke=$up greeting=here
        # A job just started needs no look yet, and one that does nothing needs no greeting of its own.
        [ -e "$dir/exit" ] || continue
        ;;
      end) result=$detail ;;
      gone) break ;;
    esac
    [ -z "$greeting" ] || say "$greeting"
    greeting=
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
        uptime
        if [ "$((up - since))" -ge 1200 ]; then
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

/** Follows a job that is there, and never starts it. */
export const attachOnly = `
attach_only() {
  if [ -d "$dir" ]; then attach
  else echo say absent
  fi
}
attach_only | follow
`;
