import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { parseDurationMs } from '../../../shared/units.ts';
import { CannotMeasure } from '../errors.ts';
import { canonical } from '../figures.ts';
import { parseJson, readAnswer } from '../http/answer.ts';
import { askFromHere } from '../http/from-here.ts';
import { askFromHost } from '../http/from-host.ts';
import type { HttpRequest } from '../http/request.ts';
import { addressOf, type HttpSpec, httpSpec } from '../http/spec.ts';
import { type CheckContext, checkKind, type Found, type Quantity } from '../kind.ts';

/** One request may take this long; a service that is slower does not answer. */
const requestTimeoutMs = 10_000;

export const http = checkKind({
  kind: 'http',
  about: 'What a service answers. Asked on the host where `on` is given, else from this machine.',
  schema: z.strictObject({
    http: httpSpec.meta({
      description: 'The request and what the answer must be.',
      examples: [{ get: 'http://127.0.0.1:{port}/healthz', expect: 200, json: { status: 'ok' } }],
    }),
  }),
  title: ({ http: spec }) => `${addressOf(spec).method} ${addressOf(spec).url}`,
  quantities: ({ http: spec }) => quantitiesOf(spec),
  timeoutMs: ({ http: { within } }) => (parseDurationMs(within ?? '') ?? 0) + 3 * requestTimeoutMs,
  async measure({ http: spec }, context) {
    const request = fillRequest(spec, context);
    const until = performance.now() + (parseDurationMs(spec.within ?? '') ?? 0);
    const everyMs = parseDurationMs(spec.every ?? '') ?? 1_000;
    for (;;) {
      const isLast = performance.now() + everyMs > until;
      const found = await ask(request, spec, context).catch((error: unknown) => {
        if (isLast || !(error instanceof CannotMeasure)) throw error;
        return null;
      });
      if (found && (isLast || found.conditions.every(({ holds }) => holds))) return found;
      await delay(everyMs, null, { signal: context.signal });
    }
  },
});

function quantitiesOf({ json = {}, measure = {} }: HttpSpec): Quantity[] {
  return [
    { name: 'http status', unit: '', words: ['code'], byName: true },
    // What the author measures goes before what every answer has: a service may tell its own latency.
    ...Object.entries(measure).map(([name, from]) => ({
      name,
      unit: typeof from === 'string' ? '' : canonical(1, from.unit).unit,
      words: [],
      byName: true,
    })),
    {
      name: 'latency',
      unit: 's',
      words: ['response', 'responding', 'time', 'answer', 'answers'],
      byName: true,
    },
    ...Object.entries(json)
      .filter(([, value]) => typeof value === 'number')
      .map(([path]) => ({ name: path, unit: '', words: path.split(/[._-]/), byName: true })),
  ];
}

function fillRequest(spec: HttpSpec, { fill, holdsSecret }: CheckContext): HttpRequest {
  const { method, url: written } = addressOf(spec);
  const url = fill(written);
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new CannotMeasure(
      `${written} is no address to ask. Write http:// or https://, the machine and the path.`,
    );
  }
  if (new URL(url).username || new URL(url).password) {
    throw new CannotMeasure(`${written} holds a name or a password. Send it in a header: Authorization.`);
  }
  const headers = Object.fromEntries(
    Object.entries(spec.headers ?? {}).map(([name, value]) => [name, fill(value)]),
  );
  for (const [name, value] of Object.entries(headers)) {
    if (/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) && !/[\r\n\0]/.test(value)) continue;
    throw new CannotMeasure(`The header ${name} cannot be sent: its name or value holds what no header may.`);
  }
  const body = typeof spec.body === 'string' ? fill(spec.body) : fillDeep(spec.body, fill);
  const sent = body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body);
  const isTyped = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  const type =
    sent !== null && parseJson(sent) === undefined ? 'text/plain; charset=utf-8' : 'application/json';
  return {
    method,
    url: new URL(url).href,
    headers: sent === null || isTyped ? headers : { 'content-type': type, ...headers },
    body: sent,
    timeoutMs: requestTimeoutMs,
    isPrivate: [url, ...Object.values(headers)].some(holdsSecret),
  };
}

function fillDeep(value: unknown, fill: (text: string) => string): unknown {
  if (typeof value === 'string') return fill(value);
  if (Array.isArray(value)) return value.map((one) => fillDeep(one, fill));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fillDeep(one, fill)]));
}

async function ask(request: HttpRequest, spec: HttpSpec, context: CheckContext): Promise<Found> {
  const { shell, subject, host, signal } = context;
  const answer = host ? await askFromHost(request, { shell, subject }) : await askFromHere(request, signal);
  return readAnswer(answer, new URL(request.url).host, spec, context);
}
