import { z } from 'zod';
import { fields, httpSpec } from '../../pack/index.ts';

const { duration, text } = fields;

const path = () => text().meta({ description: 'Where it stands in the JSON answer, as in `json`.' });

/** The request, what the answer must be, which figures are taken from it, and how long it is asked for. */
export const httpCheckSpec = httpSpec.safeExtend({
  measure: z
    .record(
      text(),
      z.union([
        text(),
        z.strictObject({
          at: path(),
          unit: text().meta({ description: 'The unit of the number there.', examples: ['ms'] }),
        }),
      ]),
    )
    .default({})
    .meta({
      description: 'Figures of the JSON answer for rules, by name: the path, or path and unit.',
      examples: [{ 'feature drift': 'drift.psi', lag: { at: 'replica.lag', unit: 'ms' } }],
    }),
  within: duration()
    .default(0)
    .meta({ description: 'Asks again until the answer is right, for this long; without it, once.' }),
  every: duration().default(2000).meta({ description: 'Pause between two questions.', default: '2 s' }),
});
export type HttpCheckSpec = z.output<typeof httpCheckSpec>;

/** The part of an address after the machine, for reading; a secret in it is still a name. */
export function pathOf(url: string): string {
  return url.replace(/^https?:\/\/[^/?#]*/, '').replace(/[?#].*$/, '') || '/';
}
