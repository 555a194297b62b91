import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { requestLine } from '../../pack/index.ts';
import { CannotMeasure } from '../errors.ts';
import { canonical } from '../figures.ts';
import { parseJson, readAnswer } from '../http/answer.ts';
import { askFromHere } from '../http/from-here.ts';
import { askFromHost } from '../http/from-host.ts';
import type { HttpRequest } from '../http/request.ts';
import { type HttpCheckSpec, httpCheckSpec } from '../http/spec.ts';
import { type CheckContext, checkKind, type Found, type Quantity } from '../kind.ts';
import { fillLine } from '../line.ts';

/** One request may take this long; a service that is slower does not answer. */
const requestTimeoutMs = 10_000;

export const http = checkKind({
  kind: 'http',
  about: 'What a service answers. Asked on the host where `on` is given, else from this machine.',
  schema: z.strictObject({
    http: httpCheckSpec.meta({
      description: 'One of get, post, put, delete and head, and what the answer must be.',
      examples: [{ get: 'http://127.0.0.1:{port}/healthz', expect: 200, json: { status: 'ok' } }],
    }),
  }),
  title: ({ http: spec }) => `${requestLine(spec).method} ${requestLine(spec).url}`,
  quantities: ({ http: spec }) => quantitiesOf(spec),
  timeoutMs: ({ http: { within } }) => within + 3 * requestTimeoutMs,
  async measure({ http: written }, context) {
    const spec = fillWishes(written, context);
    const request = fillRequest(spec, context);
    const until = performance.now() + spec.within;
    for (;;) {
      const isLast = performance.now() + spec.every > until;
      const found = await ask(request, spec, context).catch((error: unknown) => {
        if (isLast || !(error instanceof CannotMeasure)) throw error;
        return null;
      });
      if (found && (isLast || found.conditions.every(({ holds }) => holds))) return found;
      await delay(spec.every, null, { signal: context.signal });
    }
  },
});

function quantitiesOf({ json, measure }: HttpCheckSpec): Quantity[] {
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

/** What the answer must be, with the values of the machine that is asked about. */
function fillWishes(spec: HttpCheckSpec, { fill }: CheckContext): HttpCheckSpec {
  const json = Object.entries(spec.json).map(([path, wanted]) => [
    path,
    typeof wanted === 'string' ? fill(wanted) : wanted,
  ]);
  return {
    ...spec,
    contains: spec.contains.map((part) => fillLine(part, 'the answer', fill)),
    json: Object.fromEntries(json),
  };
}

function fillRequest(spec: HttpCheckSpec, { fill, holdsSecret }: CheckContext): HttpRequest {
  const { method, url: written } = requestLine(spec);
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
    Object.entries(spec.headers).map(([name, value]) => [name, fill(value)]),
  );
  for (const [name, value] of Object.entries(headers)) {
    if (!/[\r\n\0]/.test(value)) continue;
    throw new CannotMeasure(`The header ${name} cannot be sent: its value runs over lines.`);
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

async function ask(
  request: HttpRequest,
  spec: HttpCheckSpec,
  { shell, subject, host, signal }: CheckContext,
): Promise<Found> {
  const answer = host ? await askFromHost(request, { shell, subject }) : await askFromHere(request, signal);
  return readAnswer(answer, new URL(request.url).host, spec);
}
