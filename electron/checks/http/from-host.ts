import { randomBytes } from 'node:crypto';
import { CannotMeasure } from '../errors.ts';
import type { Output, Shell } from '../shell.ts';
import { requestProgram } from './host-program.ts';
import { type HttpAnswer, type HttpRequest, mostBodyBytes } from './request.ts';

/** Asks on a host, with whatever it has to ask with. @throws CannotMeasure, and what the SSH driver throws */
export async function askFromHost(
  request: HttpRequest,
  { shell, subject }: { shell: Shell; subject: string },
): Promise<HttpAnswer> {
  const mark = randomBytes(12).toString('hex');
  return parseAnswer(subject, request, mark, await shell.run(requestProgram(request, mark)));
}

/** Reads what the program printed, among what the host's login scripts may have. Pure. @throws CannotMeasure */
function parseAnswer(
  subject: string,
  { method, url, timeoutMs }: HttpRequest,
  mark: string,
  { stdout, stderr }: Pick<Output, 'stdout' | 'stderr'>,
): HttpAnswer {
  const begin = stdout.indexOf(`${mark} begin\n`);
  const failed = new RegExp(`^${mark} failed (\\S+) (\\d+)$`, 'm').exec(stdout);
  const done = new RegExp(`^${mark} done (\\d+) (\\S+)$`, 'm').exec(stdout);
  const [, name = '', version = ''] = new RegExp(`^${mark} tool (\\S+) (\\S+)$`, 'm').exec(stdout) ?? [];
  const tool = { name, version };
  const place = new URL(url).host;
  if (begin < 0 || (!failed && !done))
    throw new CannotMeasure(`${subject} could not ask ${place}: no answer came back.`);
  const bodyTo = (end: number) =>
    checkedBody(subject, stdout.slice(begin + mark.length + ' begin\n'.length, end - 1));

  const [, by, code] = failed ?? [];
  if (by === 'none') {
    throw new CannotMeasure(
      `${subject} has nothing to ask ${place} with: a ${method} needs curl or python3, and so does a secret. Install curl.`,
    );
  }
  if (by === 'wget') {
    const status = /^\s*HTTP\/[\d.]+ (\d{3})/m.exec(stderr)?.[1];
    if (status !== undefined) {
      return {
        answered: true,
        status: Number(status),
        seconds: null,
        body: bodyTo(failed?.index ?? 0),
        tool,
      };
    }
    if (/refused/i.test(stderr)) return { answered: false };
  } else if (done && (!failed || code === '0')) {
    const seconds = Number(done[2]?.replace(',', '.'));
    const body = method === 'HEAD' ? '' : bodyTo(done.index);
    return {
      answered: true,
      status: Number(done[1]),
      seconds: Number.isFinite(seconds) ? seconds : null,
      body,
      tool,
    };
  } else if (code === '7') {
    return { answered: false };
  } else if (by === 'curl' && code === '28') {
    throw new CannotMeasure(`${subject} had no answer from ${place} within ${timeoutMs / 1000} s.`);
  }
  const why =
    stderr
      .trim()
      .split('\n')
      .at(-1)
      ?.replace(/^curl: \(\d+\) /, '')
      .trim() || `${by} ended with ${code}`;
  throw new CannotMeasure(`${subject} could not ask ${place}: ${why}.`);
}

function checkedBody(subject: string, body: string): string {
  if (Buffer.byteLength(body) <= mostBodyBytes) return body;
  throw new CannotMeasure(`The answer on ${subject} is longer than 2 MB. Ask for something shorter.`);
}
