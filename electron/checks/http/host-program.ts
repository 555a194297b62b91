import { CannotMeasure } from '../errors.ts';
import type { Program } from '../shell.ts';
import { type HttpRequest, isLoopback, mostBodyBytes } from './request.ts';

/** curl reads no longer line of its configuration, and the body is one. */
const mostQuotedBytes = 90_000;

/**
 * Sends the request with curl or Python, which take it from their standard input, so that no header shows in the list
 * of the host's processes. wget cannot, so it only sends what is not secret, and can do no more than GET.
 * The answer stands between two marks that no body can know.
 * @throws CannotMeasure for a body that is too long
 */
export function requestProgram(request: HttpRequest, mark: string): Program {
  const { method, url, headers, isPrivate } = request;
  if (request.body !== null && Buffer.byteLength(curlQuoted(request.body)) > mostQuotedBytes) {
    throw new CannotMeasure(
      'The body is too long to be sent from a host: some 90 KB go. Send it in a command check.',
    );
  }
  return {
    script,
    env: {
      HP_MARK: mark,
      HP_CURL: curlConfig(request, mark),
      HP_PYTHON: pythonSender,
      HP_REQUEST: JSON.stringify({ ...request, mark, loopback: isLoopback(url), most: mostBodyBytes }),
      ...(method === 'GET' && !isPrivate
        ? {
            HP_WGET: 'yes',
            HP_URL: url,
            HP_HEADERS: Object.entries(headers)
              .map(([name, value]) => `${name}: ${value}`)
              .join('\n'),
          }
        : { HP_WGET: '' }),
      HP_SECONDS: String(Math.ceil(request.timeoutMs / 1000)),
    },
  };
}

/** The request is taken out of the environment, which no program may be given more than some 100 KB of. */
const script = `
mark=$HP_MARK curl_config=$HP_CURL request=$HP_REQUEST sender=$HP_PYTHON
unset HP_MARK HP_CURL HP_REQUEST HP_PYTHON
printf '%s begin\\n' "$mark"
if command -v curl >/dev/null; then
  curl -q --config - <<HP_END
$curl_config
HP_END
  code=$?
  [ "$code" -eq 0 ] || printf '\\n%s failed curl %s\\n' "$mark" "$code"
  printf '%s tool %s\\n' "$mark" "$(curl --version | sed -n '1s/^curl \\([^ ]*\\).*/curl \\1/p')"
elif command -v python3 >/dev/null; then
  python3 -c "$sender" <<HP_END
$request
HP_END
elif [ -n "$HP_WGET" ] && command -v wget >/dev/null; then
  set -- -S -O -
  # GNU's follows redirects and hides the body of an error unless it is told; BusyBox's knows none of these words.
  case $(wget --version 2>&1) in
    *GNU*) set -- "$@" --timeout "$HP_SECONDS" --max-redirect=0 --content-on-error --tries=1 --no-config ;;
  esac
  IFS='
'
  set -f
  for header in $HP_HEADERS; do set -- "$@" --header "$header"; done
  wget "$@" -- "$HP_URL"
  printf '\\n%s failed wget %s\\n' "$mark" "$?"
  printf '%s tool wget -\\n' "$mark"
else
  printf '%s failed none 0\\n' "$mark"
fi
`;

/** Python 3 with its standard library. Holds no secret; the request comes on standard input. */
const pythonSender = `
import json, sys, time, platform, urllib.request, urllib.error
asked = json.load(sys.stdin)
mark = asked["mark"]
out = sys.stdout.buffer
class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *words):
        return None
handlers = [Stay()] + ([urllib.request.ProxyHandler({})] if asked["loopback"] else [])
body = None if asked["body"] is None else asked["body"].encode()
request = urllib.request.Request(asked["url"], data=body, headers=asked["headers"], method=asked["method"])
started = time.monotonic()
try:
    try:
        answer = urllib.request.build_opener(*handlers).open(request, timeout=asked["timeoutMs"] / 1000)
    except urllib.error.HTTPError as error:
        answer = error
    out.write(answer.read(asked["most"] + 1))
    out.write(("\\n%s done %d %.6f\\n" % (mark, answer.getcode(), time.monotonic() - started)).encode())
except Exception as error:
    reason = getattr(error, "reason", error)
    refused = isinstance(reason, ConnectionRefusedError)
    out.write(("\\n%s failed python %d\\n" % (mark, 7 if refused else 1)).encode())
    sys.stderr.write(str(reason) + "\\n")
out.write(("%s tool python %s\\n" % (mark, platform.python_version())).encode())
`.trim();

/** curl's own configuration, where a value stands in quotes with five escapes. */
function curlConfig({ method, url, headers, body, timeoutMs }: HttpRequest, mark: string): string {
  const options: [string, string?][] = [
    ['url', url],
    ['silent'],
    ['show-error'],
    ['globoff'],
    ['proto', '=http,https'],
    ['max-time', String(timeoutMs / 1000)],
    ['write-out', `\n${mark} done %{http_code} %{time_total}\n`],
    ...(method === 'HEAD' ? [['head'] as [string]] : [['request', method] as [string, string]]),
    ...Object.entries(headers).map(([name, value]): [string, string] => [
      'header',
      value ? `${name}: ${value}` : `${name};`,
    ]),
    ...(body === null ? [] : [['data-raw', body] as [string, string]]),
    ...(isLoopback(url) ? [['noproxy', '*'] as [string, string]] : []),
  ];
  return options
    .map(([name, value]) => (value === undefined ? name : `${name} = ${curlQuoted(value)}`))
    .join('\n');
}

function curlQuoted(value: string): string {
  const escapes: Record<string, string> = {
    '\\': '\\\\',
    '"': '\\"',
    '\n': '\\n',
    '\r': '\\r',
    '\t': '\\t',
    '\v': '\\v',
  };
  return `"${value.replace(/[\\"\n\r\t\v]/g, (character) => escapes[character] ?? character)}"`;
}
