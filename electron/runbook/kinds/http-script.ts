/**
 * Asks until the answer is right or the time is over. Headers and body come by the environment and reach curl by
 * its standard input and files of this job's own folder, so that keys never stand in a process list.
 */
export const askUntilRight = `
umask 077
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
printf '%s' "$HP_HEADERS" >"$work/headers"
printf '%s' "$HP_BODY" >"$work/body"
command -v curl >/dev/null || { echo "curl is not on this host. Install it, or ask in a run step."; exit 2; }

ask() {
  set -- -q --silent --show-error --globoff --max-time 15 --request "$HP_METHOD" --output "$work/answer" --write-out '%{http_code} %{time_total}'
  # What is on the host itself is not asked for through a proxy.
  case $HP_URL in http*://127.* | http*://localhost | http*://localhost[:/]* | http*://'[::1]'*) set -- "$@" --noproxy '*' ;; esac
  [ "$HP_METHOD" = HEAD ] && set -- "$@" --head
  [ -s "$work/headers" ] && set -- "$@" --header "@$work/headers"
  [ -s "$work/body" ] && set -- "$@" --data-binary "@$work/body"
  : >"$work/answer"
  curl "$@" -- "$HP_URL" 2>"$work/problem"
}

json_is() {
  if command -v python3 >/dev/null; then
    python3 -c '
import json, sys
missing = object()
def member(container, key):
    if isinstance(container, dict):
        return container.get(key, missing)
    if isinstance(container, list) and key.isdecimal() and int(key) < len(container):
        return container[int(key)]
    return missing
def found_at(path):
    found = member(answer, path)
    if found is missing:
        found = answer
        for key in path.split("."):
            found = member(found, key)
    return found
try:
    answer = json.load(open(sys.argv[1], encoding="utf-8"))
except ValueError:
    print("the answer is not JSON")
    sys.exit(1)
for path, wanted in json.loads(sys.argv[2]).items():
    found = found_at(path)
    if found is missing or found != wanted or isinstance(found, bool) != isinstance(wanted, bool):
        shown = "not there" if found is missing else json.dumps(found)
        print("%s is %s, %s was expected" % (path, shown, json.dumps(wanted)))
        sys.exit(1)
' "$work/answer" "$HP_JSON"
  elif command -v node >/dev/null; then
    node -e '
const [, file, text] = process.argv;
const member = (container, key) =>
  Array.isArray(container)
    ? /^[0-9]+$/.test(key) ? container[key] : undefined
    : typeof container === "object" && container !== null && Object.prototype.hasOwnProperty.call(container, key)
      ? container[key]
      : undefined;
let answer;
try {
  answer = JSON.parse(require("fs").readFileSync(file, "utf8"));
} catch {
  console.log("the answer is not JSON");
  process.exit(1);
}
for (const [path, wanted] of Object.entries(JSON.parse(text))) {
  const whole = member(answer, path);
  const found = whole === undefined ? path.split(".").reduce(member, answer) : whole;
  if (found !== wanted) {
    const shown = found === undefined ? "not there" : JSON.stringify(found);
    console.log(path + " is " + shown + ", " + JSON.stringify(wanted) + " was expected");
    process.exit(1);
  }
}
' "$work/answer" "$HP_JSON"
  else
    echo "To read JSON this host needs python3 or node."
    exit 2
  fi
}

right() {
  case " $HP_EXPECT " in *" $status "*) ;; *) echo "status $status, expected $HP_EXPECT"; return 1 ;; esac
  printf '%s' "$HP_CONTAINS" | while IFS= read -r part; do
    grep -qF -e "$part" "$work/answer" || { echo "the answer does not contain: $part"; exit 1; }
  done || return 1
  [ "$HP_JSON" = '{}' ] || json_is
}

end=$(($(date +%s) + HP_WITHIN_SECONDS))
attempt=0
while :; do
  attempt=$((attempt + 1))
  if reply=$(ask); then
    status=\${reply%% *}
    if why=$(right); then
      echo "$HP_METHOD $HP_URL: $status in \${reply#* } s, attempt $attempt"
      head -c 4000 "$work/answer"
      echo
      exit 0
    fi
  else
    why=$(cat "$work/problem")
  fi
  echo "attempt $attempt: $why"
  if [ "$(($(date +%s) + HP_EVERY_SECONDS))" -gt "$end" ]; then
    echo "last answer:"
    head -c 4000 "$work/answer"
    echo
    echo "gave up after $attempt attempts in $HP_WITHIN_SECONDS s"
    exit 1
  fi
  sleep "$HP_EVERY_SECONDS"
done
`;
