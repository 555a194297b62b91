import { z } from 'zod';
import { duration, text, texts } from '../fields.ts';
import type { HttpRequest } from './request.ts';

const methods = ['get', 'post', 'put', 'delete', 'head'] as const;
const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** One of the methods with an address, and what the answer must be. */
export const httpSpec = z
  .strictObject({
    get: text().optional(),
    post: text().optional(),
    put: text().optional(),
    delete: text().optional(),
    head: text().optional(),
    headers: z.record(text(), z.string()).optional(),
    body: z
      .union([z.string(), z.record(z.string(), z.unknown()), z.array(z.unknown())])
      .optional()
      .meta({ description: 'Text as it stands, or values that are sent as JSON.' }),
    expect: z
      .union([z.int(), z.array(z.int()).min(1)])
      .optional()
      .meta({ description: 'The status it must have; 200 to 299 if nothing is said.' }),
    contains: texts().optional(),
    json: z
      .record(text(), scalar)
      .optional()
      .meta({
        description: 'Values that must stand in the JSON answer, by path.',
        examples: [{ 'model.version': '0.2.0' }],
      }),
    measure: z
      .record(text(), z.union([text(), z.strictObject({ at: text(), unit: text() })]))
      .optional()
      .meta({
        description: 'Figures of the JSON answer for rules: name, and path or path and unit.',
        examples: [{ 'feature drift': 'drift.psi', lag: { at: 'replica.lag', unit: 'ms' } }],
      }),
    within: duration().optional().meta({ description: 'Goes on asking until it is so, for this long.' }),
    every: duration().optional().meta({ description: 'How often; every second if nothing is said.' }),
  })
  .refine((spec) => methods.filter((method) => spec[method] !== undefined).length === 1, {
    error: `A request has exactly one of ${methods.join(', ')}.`,
  });
export type HttpSpec = z.output<typeof httpSpec>;

export interface Address {
  method: HttpRequest['method'];
  /** As it was written, with `{names}` in it. */
  url: string;
  /** The part after the machine, for reading; a secret in it is still a name. */
  path: string;
}

export function addressOf(spec: HttpSpec): Address {
  const method = methods.find((one) => spec[one] !== undefined) ?? 'get';
  const url = spec[method] ?? '';
  const path = url.replace(/^https?:\/\/[^/?#]*/, '').replace(/[?#].*$/, '') || '/';
  return { method: method.toUpperCase() as HttpRequest['method'], url, path };
}
