import { z } from 'zod';
import { fields, type HttpSpec, httpSpec, requestLine } from '../../pack/index.ts';
import { fill, fillJson, show, type Text, type Values } from '../text.ts';
import { askUntilRight } from './http-script.ts';
import { kindOf, ownScript } from './kind.ts';

const schema = z.strictObject({
  http: httpSpec
    .safeExtend({
      within: fields
        .duration()
        .default(30_000)
        .meta({ description: 'Asks again until the answer is right, for this long.', default: '30 s' }),
      every: fields
        .duration()
        .default(2000)
        .meta({ description: 'Pause between two questions, in whole seconds.', default: '2 s' }),
    })
    .meta({ description: 'One of get, post, put, delete and head, and what the answer must be.' }),
});
type Spec = z.infer<typeof schema>;

export const http = kindOf<Spec>({
  kind: 'http',
  style: 'script',
  where: 'hosts',
  serves: false,
  about: 'Asks an address on the host itself, again and again until the answer is right or the time is over.',
  schema,
  timeoutMs: 3_600_000,
  title: ({ http: spec }, values) => {
    const { method, url } = requestLine(spec);
    const path = plain(url, values).replace(/^[a-z]+:\/\/[^/]*/, '') || '/';
    return `${method} ${path} answers ${spec.expect.join(' or ')}`;
  },
  compile: ({ http: spec }, { values }) => {
    const { method, url } = requestLine(spec);
    const body = bodyOf(spec, values);
    return ownScript(askUntilRight, {
      HP_METHOD: method,
      HP_URL: fill(url, values),
      HP_HEADERS: headerLines(spec, body, values),
      HP_BODY: body,
      HP_EXPECT: spec.expect.join(' '),
      HP_CONTAINS: spec.contains.flatMap((part) => [...fillLine(part, values), '\n']),
      HP_JSON: fillJson(spec.json, { known: values.known, secrets: [] }),
      HP_WITHIN_SECONDS: String(Math.ceil(spec.within / 1000)),
      HP_EVERY_SECONDS: String(Math.max(1, Math.round(spec.every / 1000))),
    });
  },
  undo: () => null,
  undoText: () => '',
});

/** Empty where nothing is sent. */
function bodyOf({ body }: HttpSpec, values: Values): Text {
  if (body === undefined) return [];
  return typeof body === 'string' ? fill(body, values) : fillJson(body, values);
}

/** One header a line, as curl reads them from a file; it takes `Name;` for a header without a value. */
function headerLines({ headers }: HttpSpec, body: Text, values: Values): Text {
  const isTyped = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  const type = isJson(show(body)) ? 'application/json' : 'text/plain; charset=utf-8';
  return [
    ...(body.length === 0 || isTyped ? [] : [`content-type: ${type}\n`]),
    ...Object.entries(headers).flatMap(([name, written]): Text => {
      const value = fill(written, values);
      if (/[\r\n\0]/.test(show(value))) {
        throw new Error(`The header ${name} cannot be sent: its value runs over lines.`);
      }
      return value.length === 0 ? [`${name};\n`] : [`${name}: `, ...value, '\n'];
    }),
  ];
}

/** A text to look for: an empty one would be found everywhere, one that runs over lines nowhere. */
function fillLine(written: string, values: Values): Text {
  const line = fill(written, values);
  if (line.length > 0 && !/[\r\n]/.test(show(line))) return line;
  throw new Error(`"${written}" comes to no single line to look for in the answer.`);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function plain(template: string, { known }: Values): string {
  return show(fill(template, { known, secrets: [] }));
}
