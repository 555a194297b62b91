import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import {
  bindChecks,
  CannotMeasure,
  type Checks,
  checkKinds,
  createChecks,
  type Evaluate,
  evidenceProjection,
  type ItemToBind,
  type LaunchCheck,
  type ParseRule,
  type Surroundings,
} from '../../../electron/checks/index.ts';
import type { CheckContext, CheckKind, Found, Quantity } from '../../../electron/checks/kind.ts';
import { type Journal, openJournal } from '../../../electron/journal/index.ts';
import type { CheckFile } from '../../../electron/pack/index.ts';
import type { Evidence } from '../../../shared/contract/checklist.ts';
import type { Rule } from '../../../shared/contract/common.ts';
import type { MachineFacts } from '../../../shared/contract/hardware.ts';
import { parseBytes, parseDurationMs } from '../../../shared/units.ts';
import { temporaryFolder } from '../../support/folder.ts';

/** `latency p95 < 5 s`, `python >= v3.12`: enough of the rule language for these tests. */
export function rule(text: string): Rule {
  const [, quantity = '', comparator = '', figure = '', unit = ''] =
    /^(.*?)\s*(<=|>=|<|>|=)\s*(v?[\d.]+)\s*(\S*)$/.exec(text) ?? [];
  const factor = (parseDurationMs(`1 ${unit}`) ?? 0) / 1000 || parseBytes(`1 ${unit}`) || 1;
  const canonical =
    parseDurationMs(`1 ${unit}`) !== null ? 's' : parseBytes(`1 ${unit}`) !== null ? 'B' : unit;
  const bound = figure.startsWith('v')
    ? { version: figure.slice(1) }
    : { value: Number(figure) * factor, unit: canonical };
  return { quantity, comparator: comparator as Rule['comparator'], bound, text };
}

export const parseRule: ParseRule = (text) =>
  /[<>=]/.test(text) ? { ok: true, rule: rule(text) } : { ok: false, message: `"${text}" is not a rule.` };

export const evaluate: Evaluate = ({ comparator, bound, text }, { value, unit, interval }) => {
  const error = {
    verdict: 'error' as const,
    sentence: `"${value} ${unit}" cannot be held against "${text}".`,
  };
  const difference = (one: number | string): number => {
    if (!('version' in bound)) return Number(one) - bound.value;
    const numbers = (version: string) => version.split('.').map(Number);
    const at = numbers(bound.version).findIndex((part, index) => part !== (numbers(String(one))[index] ?? 0));
    return at < 0 ? 0 : (numbers(String(one))[at] ?? 0) - (numbers(bound.version)[at] ?? 0);
  };
  if ('value' in bound && (typeof value !== 'number' || unit !== bound.unit)) return error;
  const holds = (one: number | string) =>
    ({
      '<': difference(one) < 0,
      '<=': difference(one) <= 0,
      '>': difference(one) > 0,
      '>=': difference(one) >= 0,
      '=': difference(one) === 0,
    })[comparator];
  const ends = (interval ?? [value, value]).map(holds);
  if (ends.every(Boolean)) return { verdict: 'pass', sentence: '' };
  return { verdict: ends.some(Boolean) ? 'unproven' : 'fail', sentence: '' };
};

const nowhere = { file: 'launch.yaml', line: 1, column: 1, path: 'checks[0]' };

/** A check as the pack gives it, from the keys an author writes. */
export function checkFile(kind: string, written: unknown, changes: Partial<CheckFile> = {}): CheckFile {
  return {
    id: kind,
    kind,
    items: ['item'],
    spec: specOf(kind, written),
    on: [],
    rules: [],
    freshMs: null,
    timeoutMs: null,
    place: nowhere,
    ...changes,
  };
}

/** What the schema of a kind makes of its keys; those of a kind that only a test knows are left alone. */
export function specOf(kind: string, written: unknown): unknown {
  const known = checkKinds.find((one) => one.kind === kind);
  return known ? known.schema.parse(written) : written;
}

export interface BindForTest {
  items?: Record<string, string[]>;
  kinds?: readonly CheckKind[];
}

/** Binds checks whose addresses are item ids; `items` gives the rules in the items' own words. */
export function bind(
  checks: CheckFile[],
  { items = {}, kinds = checkKinds }: BindForTest = {},
): LaunchCheck[] {
  const itemOf = (id: string): ItemToBind => ({ id, rules: (items[id] ?? []).map(rule) });
  return bindChecks({
    checks,
    kinds,
    itemsOf: ({ items: addresses }) => addresses.map(itemOf),
    hostsOf: (place) => (place === 'production' ? ['prd-1', 'prd-2'] : [place]),
    parseRule,
  });
}

export function surroundingsWith(changes: Partial<Surroundings> = {}): Surroundings {
  return {
    folder: '/nowhere',
    runOnHost: async () => {
      throw new Error('no host is to be asked');
    },
    facts: async () => factsWith({}),
    fill: (text) => text,
    env: () => ({}),
    secrets: () => [],
    items: () => [],
    lastRun: () => null,
    measureReturns: () => Promise.reject(new Error('No returns here.')),
    ...changes,
  };
}

export function factsWith(changes: Partial<MachineFacts>): MachineFacts {
  const text = {
    hostname: 'h',
    machine: '',
    os: '',
    kernel: '',
    arch: '',
    cpu: '',
    python: '',
    pytorch: '',
    pytorchCuda: '',
  };
  return {
    host: 'prd-1',
    at: '2026-11-24T00:00:00.000Z',
    ...text,
    cores: null,
    memoryBytes: null,
    memoryFreeBytes: null,
    disks: [],
    gpus: [],
    clockSkewMs: null,
    clockSkewErrorMs: null,
    bootId: '',
    uptimeSeconds: null,
    user: '',
    home: '',
    tools: {},
    killsUserProcesses: null,
    unknown: {},
    ...changes,
  };
}

/** A kind that measures what the test says. */
export function fakeKind(
  measure: (context: CheckContext) => Promise<Found>,
  changes: { kind?: string; ofLaunch?: boolean; quantities?: Quantity[] } = {},
): CheckKind {
  const {
    kind = 'fake',
    ofLaunch = false,
    quantities = [{ name: 'free space', unit: 'B', words: [] }],
  } = changes;
  return {
    kind,
    about: '',
    schema: checkKinds[0]?.schema as CheckKind['schema'],
    ofLaunch,
    prepare: () => ({ title: kind, quantities, timeoutMs: 5_000, measure }),
  };
}

/** A clock that stands still until it is moved. */
export function testClock() {
  let ms = Date.UTC(2026, 10, 24);
  const pass = (more: number) => {
    ms += more;
  };
  return { now: () => new Date(ms), pass };
}

export function openTestJournal(now: () => Date = () => new Date()): Journal {
  const journal = openJournal(join(temporaryFolder(), 'data'), { projections: [evidenceProjection], now });
  onTestFinished(() => journal.close());
  return journal;
}

export interface LaunchForTest {
  surroundings?: Surroundings;
  launch?: string;
  clock?: ReturnType<typeof testClock>;
  journal?: Journal;
  concurrency?: { total: number; perHost: number };
}

/** The checks of a launch, over a journal of their own unless another is given. */
export function openLaunch(bound: LaunchCheck[], options: LaunchForTest = {}) {
  const { surroundings = surroundingsWith(), launch = 'apex@1', clock = testClock(), concurrency } = options;
  const journal = options.journal ?? openTestJournal(clock.now);
  let current = bound;
  const checks: Checks = createChecks({
    journal,
    launch,
    bound: () => current,
    surroundings,
    evaluate,
    author: () => 'ada',
    versions: { holdpoint: '0.1.0' },
    now: clock.now,
    concurrency,
  });
  onTestFinished(() => checks.close());
  const rebind = (next: LaunchCheck[]) => {
    current = next;
  };
  return { checks, journal, clock, rebind };
}

/** What a machine with so much free space is found to have. */
export const gigabytes = (free: number): Found => ({
  measured: [{ quantity: 'free space', value: free * 1e9, unit: 'B', text: `${free} GB` }],
  conditions: [],
  says: `has ${free} GB free`,
});

/** A launch with one check of free space on production, whose hosts have what the test says. */
export function launchWith(
  free: Record<string, number | Error>,
  changes: Parameters<typeof checkFile>[2] = {},
) {
  const kind = fakeKind(async ({ host }) => {
    const found = free[host ?? ''];
    if (found === undefined || found instanceof Error) throw found ?? new CannotMeasure(`${host} has no df.`);
    return gigabytes(found);
  });
  const file = checkFile('fake', {}, { on: ['production'], rules: ['free space >= 500 GB'], ...changes });
  return openLaunch(bind([file], { kinds: [kind] }));
}

export interface MeasureForTest extends Partial<CheckFile> {
  surroundings?: Partial<Surroundings>;
}

/** Runs one check once, by the real clock, and gives its evidence. */
export async function measureHere(
  kind: string,
  spec: unknown,
  { on = [], surroundings = {}, ...changes }: MeasureForTest = {},
): Promise<Evidence> {
  const { checks } = openLaunch(bind([checkFile(kind, spec, { on, ...changes })]), {
    surroundings: surroundingsWith({ folder: '/', ...surroundings }),
    clock: { now: () => new Date(), pass: () => {} },
  });
  const [evidence] = await checks.run({});
  if (!evidence) throw new Error('The check gave no evidence');
  return evidence;
}
