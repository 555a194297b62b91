/**
 * Ends a job. One that is not there is made there as ended, so that a start that is still on its way finds it.
 * Exits 4 where the folder cannot be made, 5 where something is left even after KILL.
 */
export const cancel = `
(umask 077; mkdir -p "$root") || exit 4
if why=$(mkdir -m 700 "$dir" 2>&1); then
  now=$(date +%s)
  : > "$dir/out" && env echo "end 143 0 $now $now" > "$dir/record" && mv -f "$dir/record" "$dir/exit" && exit
  rm -rf "$dir"
  exit 4
elif [ ! -d "$dir" ]; then
  echo "$why" >&2
  exit 4
fi
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
