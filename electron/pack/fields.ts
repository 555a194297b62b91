import { z } from 'zod';
import { parseBytes, parseDurationMs } from '../../shared/units.ts';
import { note, type ReferenceKind } from './notes.ts';

/** Any text that is not empty. A number or `true` in its place counts as the text that was written. */
export const text = () => note(z.string().min(1), { expects: 'text' });

/** Text that is looked for line by line. */
export const line = () => text().refine((written) => !/[\r\n]/.test(written), 'must be one line');

/** For editors: a number and a unit. Which units there are is the reader's to say. */
const withUnit = '^\\s*\\d+(\\.\\d+)?\\s*[A-Za-z]+\\s*$';

/** `10 min`, `24 h`; milliseconds in the pack. */
export const duration = () =>
  parsed({
    parse: parseDurationMs,
    complaint: 'is not a duration. Write a number and ms, s, min, h, d or w: 10 min, 24 h.',
    expects: 'a duration such as 10 min',
  }).meta({ title: 'duration', pattern: withUnit });

/** `500 GB`; bytes in the pack. */
export const size = () =>
  parsed({
    parse: parseBytes,
    complaint: 'is not a size. Write a number and B, kB, MB, GB, TB, KiB, MiB, GiB or TiB: 500 GB.',
    expects: 'a size such as 500 GB',
  }).meta({ title: 'size', pattern: withUnit });

const instantPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/** An instant with its offset, as it is written. */
export const instant = () =>
  parsed({
    parse: (written) => (instantPattern.test(written) && !Number.isNaN(Date.parse(written)) ? written : null),
    complaint: 'is not a time. Write date, time and offset: 2026-11-24T09:00+09:00.',
    expects: 'a time such as 2026-11-24T09:00+09:00',
  }).meta({ title: 'time', pattern: instantPattern.source });

const silencePattern = /^no-go at T-(\d\d+):([0-5]\d)$/;

/** `no-go at T-00:30`; milliseconds before T-0. */
export const silence = () =>
  parsed({
    parse: (written) => {
      const [, hours, minutes] = silencePattern.exec(written) ?? [];
      return hours && minutes ? (Number(hours) * 60 + Number(minutes)) * 60_000 : null;
    },
    complaint: 'is not understood. Write hours and minutes before T-0: no-go at T-00:30.',
    expects: 'such as no-go at T-00:30',
  }).meta({ title: '`no-go at T-HH:MM`', pattern: silencePattern.source });

/** How many hosts go together: a count, or a share of all hosts of the target. */
export const batchSize = () =>
  note(
    z.union([
      z.int().min(1),
      parsed({
        parse: (written) => {
          const percent = Number(/^(\d+(?:\.\d+)?) ?%$/.exec(written)?.[1] ?? Number.NaN);
          return percent > 0 && percent <= 100 ? { percent } : null;
        },
        complaint: 'is not a batch. Write a count of hosts from 1, or a percentage up to 100%: [1, 100%].',
        expects: 'a percentage',
      }).meta({ pattern: '^\\d+(\\.\\d+)? ?%$' }),
    ]),
    { expects: 'a count of hosts or a percentage' },
  ).meta({ title: 'count or percentage' });

/** A comparator and a number, or `500 GB+`: without them a text is no rule, whatever it measures. */
const isRule = (written: string) =>
  /(?:[<>]=?|[≤≥=])\s*[-+]?[\d.]*\d/.test(written) || /\d\s*\S*\+(?:\s|$)/.test(written);

/** Text that can be a rule. What it means, the rule language says when the check is bound to its items. */
export const rule = () =>
  note(
    z
      .string()
      .refine(isRule, 'is not a rule. Write quantity, comparator, number and unit: latency p95 < 5 s.'),
    { expects: 'a rule such as latency p95 < 5 s' },
  ).meta({ title: 'rule' });

/** One value or a list of them; a list in the pack. */
export const oneOrMore = <Element extends z.ZodType>(element: Element) =>
  z
    .union([element, z.array(element).min(1)])
    .transform((value): z.output<Element>[] => (Array.isArray(value) ? value : [value]));

/** A name that must exist elsewhere in the pack, or an address in its checklist. */
export const reference = (refersTo: ReferenceKind) => {
  const [title, expects] = names[refersTo];
  return note(z.string().min(1), { refersTo, expects }).meta({ title });
};

const names: Record<ReferenceKind, [title: string, expects: string]> = {
  role: ['role', 'the name of a role'],
  target: ['target', 'the name of a target'],
  host: ['host', 'the name of a host'],
  place: ['target or host', 'the name of a target or host'],
  runbook: ['runbook', 'the name of a runbook'],
  check: ['name of a check', 'the name of a check'],
  need: ['need', "the name of one of the runbook's needs"],
  file: ['path in the pack', "a path in the pack's folder"],
  heading: ['heading', 'a heading of the checklist'],
  item: ['item', 'an item of the checklist'],
  items: ['item or heading', 'an item or heading of the checklist'],
};

interface Parsed<Value> {
  parse: (written: string) => Value | null;
  /** Said of what `parse` gives null for. */
  complaint: string;
  expects: string;
}

function parsed<Value>({ parse, complaint, expects }: Parsed<Value>) {
  const schema = z.string().transform((written, context): Value => {
    const value = parse(written);
    if (value !== null) return value;
    context.addIssue({ code: 'custom', message: complaint });
    return z.NEVER;
  });
  return note(schema, { expects });
}
