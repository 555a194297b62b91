import { z } from 'zod';
import { parseBytes, parseDurationMs } from '../../shared/units.ts';
import { note, type ReferenceKind } from './notes.ts';

/** Any text that is not empty. A number or `true` in its place counts as the text that was written. */
export const text = () => note(z.string().min(1), { expects: 'text' });

/** `10 min`, `24 h`; milliseconds in the pack. */
export const duration = () =>
  note(
    parsedText(parseDurationMs, 'is not a duration. Write a number and ms, s, min, h, d or w: 10 min, 24 h.'),
    {
      expects: 'a duration such as 10 min',
    },
  ).meta({ pattern: '^\\s*\\d+(\\.\\d+)?\\s*[A-Za-z]+\\s*$' });

/** `500 GB`; bytes in the pack. */
export const size = () =>
  note(
    parsedText(
      parseBytes,
      'is not a size. Write a number and B, kB, MB, GB, TB, KiB, MiB, GiB or TiB: 500 GB.',
    ),
    {
      expects: 'a size such as 500 GB',
    },
  ).meta({ pattern: '^\\s*\\d+(\\.\\d+)?\\s*[A-Za-z]+\\s*$' });

/** An instant with its offset, such as `2026-11-24T09:00+09:00`. */
export const instant = () =>
  note(
    parsedText(
      (written) =>
        /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(written) &&
        !Number.isNaN(Date.parse(written))
          ? written
          : null,
      'is not a time. Write date, time and offset: 2026-11-24T09:00+09:00.',
    ),
    { expects: 'a time such as 2026-11-24T09:00+09:00' },
  );

/** `no-go at T-00:30`; milliseconds before T-0. */
export const silence = () =>
  note(
    parsedText((written) => {
      const [, hours, minutes] = /^no-go at T-(\d\d+):([0-5]\d)$/.exec(written) ?? [];
      return hours && minutes ? (Number(hours) * 60 + Number(minutes)) * 60_000 : null;
    }, 'is not understood. Write "no-go at T-HH:MM" with hours and minutes before T-0: no-go at T-00:30.'),
    { expects: 'such as no-go at T-00:30' },
  );

/** How many hosts go together: a count, or a share of all hosts of the target. */
export const batchSize = () =>
  note(
    z.union([
      z.int().min(1),
      parsedText((written) => {
        const percent = Number(/^(\d+(?:\.\d+)?) ?%$/.exec(written)?.[1] ?? Number.NaN);
        return percent > 0 && percent <= 100 ? { percent } : null;
      }, 'is not a batch. Write a count of hosts from 1, or a percentage up to 100%: [1, 100%].'),
    ]),
    { expects: 'a count of hosts or a percentage' },
  );

/** Whether a text can be a rule at all. The checklist's rule language says what it means. */
export const rule = () =>
  note(
    z
      .string()
      .refine(
        (written) => /([<>]=?|[≤≥=])\s*[-+]?[\d.]*\d/.test(written) || /\d\s*\S*\+(\s|$)/.test(written),
        {
          error: ({ input }) =>
            `${JSON.stringify(input)} is not a rule. Write quantity, comparator, number and unit: latency p95 < 5 s.`,
        },
      ),
    { expects: 'a rule such as latency p95 < 5 s' },
  );

/** One value or a list of them; a list in the pack. */
export const oneOrMore = <Element extends z.ZodType>(element: Element) =>
  z
    .union([element, z.array(element).min(1)])
    .transform((value): z.output<Element>[] => (Array.isArray(value) ? value : [value]));

/** A name that must exist elsewhere in the pack, or an address in its checklist. */
export const reference = (refersTo: ReferenceKind) =>
  note(z.string().min(1), { refersTo, expects: expectations[refersTo] });

const expectations: Record<ReferenceKind, string> = {
  role: 'the name of a role',
  target: 'the name of a target',
  host: 'the name of a host',
  place: 'the name of a target or host',
  runbook: 'the name of a runbook',
  check: 'the name of a check',
  need: "one of the runbook's needs",
  file: "a path in the pack's folder",
  heading: 'a heading of the checklist',
  item: 'an item of the checklist',
  items: 'an item or heading of the checklist',
};

function parsedText<Value>(parse: (written: string) => Value | null, complaint: string) {
  return z.string().transform((written, context): Value => {
    const value = parse(written);
    if (value !== null) return value;
    context.addIssue({ code: 'custom', message: `${JSON.stringify(written)} ${complaint}` });
    return z.NEVER;
  });
}
