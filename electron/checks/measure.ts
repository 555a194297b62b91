import { formatDuration } from '../../shared/units.ts';
import type { LaunchCheck } from './bind.ts';
import { contextFor, type Surroundings } from './context.ts';
import { CannotMeasure } from './errors.ts';
import type { MeasuredBody } from './evidence.ts';
import { type Evaluate, judge } from './judge.ts';
import type { Found } from './kind.ts';
import { redactMeasured, redactor } from './redact.ts';

export interface MeasureOptions {
  launch: string;
  surroundings: Surroundings;
  evaluate: Evaluate;
  now: () => Date;
  /** Ends the measurement without evidence. */
  signal: AbortSignal;
  /** Versions of what judges, by name. */
  versions: Record<string, string>;
}

/**
 * Measures one check on one machine and judges what it found. Whatever keeps it from being measured is its finding,
 * not an exception: an unreachable host, a missing tool, a time that is over.
 * @throws the signal's reason
 */
export async function measureOnce(
  check: LaunchCheck,
  host: string | null,
  { launch, surroundings, evaluate, now, signal, versions }: MeasureOptions,
): Promise<MeasuredBody> {
  const startedAt = performance.now();
  const subject = check.ofLaunch ? 'The launch' : (host ?? 'This machine');
  const found = await find();
  signal.throwIfAborted();
  const judged =
    typeof found === 'string'
      ? { verdict: 'error' as const, rules: [], sentence: found }
      : judge(subject, found, check.rules, evaluate);
  const {
    measured,
    conditions,
    versions: tools,
  } = typeof found === 'string' ? { measured: [], conditions: [], versions: {} } : found;

  const redact = redactor(surroundings.secrets());
  return {
    launch,
    check: check.id,
    kind: check.kind,
    digest: check.digest,
    items: check.items,
    host,
    verdict: judged.verdict,
    measured: measured.map((one) => redactMeasured(one, redact)),
    rules: judged.rules,
    conditions: conditions.map(({ holds, needs }) => ({ holds, needs: redact(needs) })),
    sentence: redact(judged.sentence),
    ms: Math.round(performance.now() - startedAt),
    versions: { ...versions, ...tools },
  };

  async function find(): Promise<Found | string> {
    if (check.problem) return check.problem;
    const limit = AbortSignal.timeout(check.timeoutMs);
    const either = AbortSignal.any([signal, limit]);
    try {
      const context = contextFor(check, host, surroundings, either, now);
      return await Promise.race([check.measure(context), rejection(either)]);
    } catch (error) {
      if (limit.aborted) return `${subject} could not be measured within ${formatDuration(check.timeoutMs)}.`;
      if (error instanceof CannotMeasure) return error.message;
      const why = error instanceof Error ? error.message : String(error);
      return `${subject} could not be measured: ${why}${/[.!?]$/.test(why) ? '' : '.'}`;
    }
  }
}

/** A measurement that does not heed its signal is left behind. */
function rejection(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const end = () => reject(signal.reason);
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}
