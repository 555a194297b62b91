import { z } from 'zod';
import { line, oneOrMore, text } from './fields.ts';
import { note } from './notes.ts';

const methods = ['get', 'post', 'put', 'delete', 'head'] as const;
type Method = (typeof methods)[number];

const address = () =>
  text().optional().meta({ description: 'The address, as the machine that asks reaches it.' });

const headerName = z
  .string()
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'is not the name of a header: it has no spaces and no colon.');

const status = z.int().min(100).max(599);

/** What a value of a JSON answer can be held against. */
const scalar = note(z.union([z.string(), z.number(), z.boolean(), z.null()]), {
  expects: 'text, a number, true, false or null',
});

/**
 * A request and what its answer must be, in the words that the `http` check and the `http` step share. Each adds how
 * long it asks.
 */
export const httpSpec = z
  .strictObject({
    get: address(),
    post: address(),
    put: address(),
    delete: address(),
    head: address(),
    headers: z
      .record(headerName, z.string())
      .default({})
      .meta({ description: 'Headers of the request.', examples: [{ 'X-API-Key': '{API_KEY}' }] }),
    body: z
      .union([z.string(), z.record(z.string(), z.unknown()), z.array(z.unknown())])
      .optional()
      .meta({ description: 'Text as it stands, or values that are sent as JSON.' }),
    expect: oneOrMore(status)
      .default([200])
      .meta({ description: 'The status it must have, or several that will do.', default: 200 }),
    contains: oneOrMore(line())
      .default([])
      .meta({ description: 'Text that must be in the answer; of several, each must be.' }),
    json: z.record(text(), scalar).default({}).meta({
      description: 'Values that must stand in the JSON answer, by path: `model.version`, `items.0.name`.',
    }),
  })
  .refine((spec) => methodsOf(spec).length === 1, `needs exactly one of ${methods.join(', ')}`);
export type HttpSpec = z.output<typeof httpSpec>;

export interface RequestLine {
  method: Uppercase<Method>;
  /** As it was written, with `{name}` in it. */
  url: string;
}

export function requestLine(spec: HttpSpec): RequestLine {
  const [method = 'get'] = methodsOf(spec);
  return { method: method.toUpperCase() as Uppercase<Method>, url: spec[method] ?? '' };
}

function methodsOf(spec: Partial<Record<Method, string | undefined>>): Method[] {
  return methods.filter((method) => spec[method] !== undefined);
}
