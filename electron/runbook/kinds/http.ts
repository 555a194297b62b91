import { z } from 'zod';
import { fields } from '../../pack/index.ts';

import { fill, type Text, type Values } from '../text.ts';
import { kindOf, ownScript } from './kind.ts';

const methods = ['get', 'post', 'put', 'delete', 'head'] as const;
const url = fields.text().optional().meta({ description: 'The address, as the host itself reaches it.' });

const schema = z.strictObject({
  http: z
    .strictObject({
      get: url,
      post: url,
      put: url,
      delete: url,
      head: url,
      headers: z.record(z.string(), z.string()).default({}),
      body: z.union([z.string(), z.record(z.string(), z.unknown()), z.array(z.unknown())]).optional(),
      expect: z
        .union([z.number().int(), z.array(z.number().int())])
        .default(200)
        .meta({ description: 'Status, or several.' }),
      contains: z.string().optional().meta({ description: 'Text that must be in the answer.' }),
      json: z
        .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
        .default({})
        .meta({
          description: 'Values that must stand in the JSON answer, by path: `model.version: "{version}"`.',
        }),
      within: fields
        .duration()
        .default(30_000)
        .meta({ description: 'Asks again until the answer is right, for this long.', default: '30 s' }),
      every: fields
        .duration()
        .default(2000)
        .meta({ description: 'Pause between two questions.', default: '2 s' }),
    })
    .refine(
      (spec) => methods.filter((method) => spec[method] !== undefined).length === 1,
      `needs exactly one of ${methods.join(', ')}`,
    ),
});
type Spec = z.infer<typeof schema>;

/**
 * Asks until the answer is right or the time is over. Headers and body come by the environment and reach curl by
 * its standard input and files of this job's own folder, so that keys never stand in a process list.
 */
const ask = `
umask 077
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
printf '%s' "$HP_HEADERS" >"$work/headers"
printf '%s' "$HP_BODY" >"$work/body"
command -v curl >/dev/null || { echo "curl is not on this host. Install it, or ask in a run step."; exit 2; }

ask() {
  set -- --silent --show-error --max-time 15 --request "$HP_METHOD" --output "$work/answer" --write-out '%{http_code} %{time_total}'
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
answer = json.load(open(sys.argv[1]))
for path, wanted in json.loads(sys.argv[2]).items():
    value = answer
    for key in path.split("."):
        value = value[int(key)] if isinstance(value, list) else value.get(key) if isinstance(value, dict) else None
    if value != wanted or isinstance(value, bool) != isinstance(wanted, bool):
        print("%s is %s, %s was expected" % (path, json.dumps(value), json.dumps(wanted)))
        sys.exit(1)
' "$work/answer" "$HP_JSON"
  elif command -v node >/dev/null; then
    node -e '
const [, file, text] = process.argv;
const answer = JSON.parse(require("fs").readFileSync(file, "utf8"));
for (const [path, wanted] of Object.entries(JSON.parse(text))) {
  const value = path.split(".").reduce((at, key) => (at === null || at === undefined ? undefined : at[key]), answer);
  if (value !== wanted) {
    console.log(path + " is " + JSON.stringify(value) + ", " + JSON.stringify(wanted) + " was expected");
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
  if [ -n "$HP_CONTAINS" ] && ! grep -qF -- "$HP_CONTAINS" "$work/answer"; then
    echo "the answer does not contain: $HP_CONTAINS"
    return 1
  fi
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

export const http = kindOf<Spec>({
  kind: 'http',
  style: 'script',
  where: 'hosts',
  serves: false,
  about: 'Asks an address on the host itself, again and again until the answer is right or the time is over.',
  schema,
  timeoutMs: 3_600_000,
  title: (spec, values) => {
    const { method, url } = requestOf(spec);
    const path = shown(url, values).replace(/^[a-z]+:\/\/[^/]*/, '') || '/';
    return `${method} ${path} answers ${[spec.http.expect].flat().join(' or ')}`;
  },
  compile: (spec, { values }) => {
    const { method, url } = requestOf(spec);
    const { headers, body, expect, contains, json, within, every } = spec.http;
    const lines = Object.entries(headers).flatMap(
      ([name, value]): Text => [`${name}: `, ...fill(value, values), '\n'],
    );
    const hasType = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
    const type =
      body !== undefined && typeof body !== 'string' && !hasType ? ['Content-Type: application/json\n'] : [];
    return ownScript(ask, {
      HP_METHOD: method,
      HP_URL: fill(url, values),
      HP_HEADERS: [...type, ...lines],
      HP_BODY: body === undefined ? '' : fill(typeof body === 'string' ? body : JSON.stringify(body), values),
      HP_EXPECT: [expect].flat().join(' '),
      HP_CONTAINS: fill(contains ?? '', values),
      HP_JSON: jsonText(json, values),
      HP_WITHIN_SECONDS: String(Math.ceil(within / 1000)),
      HP_EVERY_SECONDS: String(Math.max(1, Math.round(every / 1000))),
    });
  },
  undo: () => null,
  undoText: () => '',
});

function requestOf({ http: spec }: Spec): { method: string; url: string } {
  const method = methods.find((one) => spec[one] !== undefined) ?? 'get';
  return { method: method.toUpperCase(), url: spec[method] ?? '' };
}

/** Values are filled in before the text is made, so that a quote in one stays inside its string. */
function jsonText(json: Record<string, string | number | boolean>, values: Values): string {
  const entries = Object.entries(json).map(([path, wanted]) => [
    path,
    typeof wanted === 'string' ? shown(wanted, values) : wanted,
  ]);
  return JSON.stringify(Object.fromEntries(entries));
}

function shown(template: string, values: Values): string {
  return fill(template, { known: values.known, secrets: [] }).join('');
}
