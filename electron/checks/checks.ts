import type { Evidence, Gate } from '../../shared/contract/checklist.ts';
import type { BoundCheck } from '../../shared/contract/checks.ts';
import type { Journal } from '../journal/index.ts';
import type { LaunchCheck } from './bind.ts';
import type { Surroundings } from './context.ts';
import { ChecksError } from './errors.ts';
import {
  checkMeasured,
  evidenceFromEntry,
  evidenceKey,
  evidenceOfItem,
  latestEvidence,
  type MeasuredBody,
} from './evidence.ts';
import { gatesAt, machinesOf } from './gates.ts';
import type { Evaluate } from './judge.ts';
import { createLimiter } from './limiter.ts';
import { measureOnce } from './measure.ts';

export interface ChecksOptions {
  journal: Journal;
  /** Id of the launch: evidence of another launch, or of the same in another mode, does not count. */
  launch: string;
  /** The checks as the pack has them now. */
  bound: () => readonly LaunchCheck[];
  surroundings: Surroundings;
  evaluate: Evaluate;
  /** Who asks, for the journal. */
  author: () => string;
  versions?: Record<string, string>;
  now?: () => Date;
  /** How many measurements may run at once, and how many of them on one host. */
  concurrency?: { total: number; perHost: number };
}

export interface RunRequest {
  /** Runs the checks bound to this item. */
  item?: string | undefined;
  /** Runs the checks of these names. */
  checks?: readonly string[] | undefined;
  /**
   * On these hosts, whatever the checks' own `on` says; a check without `on` is about this machine or the launch and is
   * measured here all the same. What is found on hosts that are not a check's own is evidence, and decides no gate.
   */
  hosts?: readonly string[] | undefined;
  /** Measures from now on: one that is under way may have begun before what it is to judge. */
  fresh?: boolean | undefined;
}

export interface Checks {
  list(): BoundCheck[];
  /**
   * Measures the checks of an item, the named ones, or all, on each of their hosts or of those asked for, and records
   * what they find. A measurement that is under way already is joined, not repeated, unless `fresh` is asked for.
   * @throws ChecksError, JournalError
   */
  run(request: RunRequest): Promise<Evidence[]>;
  /**
   * Measures again what depends on the launch itself (items, runs) and has been measured before, and records only
   * what comes out differently. For after an item or a run has changed.
   */
  reconsider(): Promise<Evidence[]>;
  /** Evidence of an item, newest first. */
  evidence(item: string, most?: number): Evidence[];
  /** The gate of every item that a check is bound to. */
  gates(at?: Date): Map<string, Gate>;
  /** Hears of the items whose gate changed: a measurement began or ended. Gives the function that stops it. */
  onChange(listener: (items: readonly string[]) => void): () => void;
  /** Ends what is running, without evidence. */
  close(): void;
}

const usualConcurrency = { total: 8, perHost: 4 };

export function createChecks(options: ChecksOptions): Checks {
  const { journal, launch, bound, author, now = () => new Date(), concurrency = usualConcurrency } = options;
  const limiter = createLimiter(concurrency.total, concurrency.perHost);
  const closing = new AbortController();
  /** By `evidenceKey`. */
  const measuring = new Map<string, Promise<Evidence>>();
  const listeners = new Set<(items: readonly string[]) => void>();
  let reconsidering: Promise<unknown> = Promise.resolve();
  const { surroundings, evaluate, versions = {} } = options;
  const measureOptions = { launch, surroundings, evaluate, now, versions, signal: closing.signal };

  function tell(items: readonly string[]): void {
    for (const listener of listeners) listener(items);
  }

  function record(body: MeasuredBody): Evidence {
    const [entry] = journal.append(author(), checkMeasured.draft(body));
    if (!entry) throw new Error('The journal gave back no entry');
    return evidenceFromEntry(entry);
  }

  function measure(check: LaunchCheck, host: string | null, fresh = false): Promise<Evidence> {
    const key = evidenceKey(check.id, host);
    const underWay = measuring.get(key);
    if (underWay && !fresh) return underWay;
    const again = () => measure(check, host);
    if (underWay) return underWay.then(again, again);
    const evidence = limiter
      .run(host ?? '', async () => record(await measureOnce(check, host, measureOptions)))
      .finally(() => {
        measuring.delete(key);
        tell(check.items);
      });
    measuring.set(key, evidence);
    tell(check.items);
    return evidence;
  }

  function select({ item, checks: names }: RunRequest): LaunchCheck[] {
    const all = bound();
    const unknown = names?.find((name) => !all.some(({ id }) => id === name));
    if (unknown !== undefined) {
      const known = all.map(({ id }) => id).join(', ') || 'none';
      throw new ChecksError(
        'unknown-check',
        `There is no check "${unknown}". Checks of this launch: ${known}.`,
      );
    }
    const selected = all
      .filter(({ items }) => item === undefined || items.includes(item))
      .filter(({ id }) => names === undefined || names.includes(id));
    if (item !== undefined && selected.length === 0) {
      throw new ChecksError(
        'no-check',
        'No check is bound to this item. Bind one in launch.yaml, under "checks".',
      );
    }
    return selected;
  }

  async function runAll(selected: readonly LaunchCheck[], { hosts, fresh }: RunRequest): Promise<Evidence[]> {
    const machines = (check: LaunchCheck) => (check.hosts.length > 0 && hosts ? hosts : machinesOf(check));
    return Promise.all(
      selected.flatMap((check) => machines(check).map((host) => measure(check, host, fresh))),
    );
  }

  async function reconsiderAll(): Promise<Evidence[]> {
    const latest = latestEvidence(journal, launch);
    const changed: Evidence[] = [];
    for (const check of bound().filter(({ ofLaunch }) => ofLaunch)) {
      const known = latest.get(evidenceKey(check.id, null));
      if (!known) continue;
      const body = await measureOnce(check, null, measureOptions);
      const isSame = known.verdict === body.verdict && known.digest === body.digest;
      if (isSame && known.sentence === body.sentence) continue;
      changed.push(record(body));
      tell(check.items);
    }
    return changed;
  }

  return {
    list: () =>
      bound().map(({ id, kind, title, items, hosts, rules, freshMs }) => ({
        id,
        kind,
        title,
        items,
        hosts,
        rules: rules.map(({ rule }) => rule),
        freshMs,
      })),

    async run(request) {
      const selected = select(request);
      // What is about other items must see what those have come to.
      const first = await runAll(
        selected.filter(({ ofLaunch }) => !ofLaunch),
        request,
      );
      const then = await runAll(
        selected.filter(({ ofLaunch }) => ofLaunch),
        request,
      );
      return [...first, ...then];
    },

    reconsider() {
      const after = reconsidering.then(reconsiderAll, reconsiderAll);
      reconsidering = after;
      return after;
    },

    evidence: (item, most = 200) => evidenceOfItem(journal, launch, item, most),

    gates: (at = now()) => gatesAt(bound(), latestEvidence(journal, launch), measuring, at),

    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    close: () => closing.abort(new Error('The checks were stopped.')),
  };
}
