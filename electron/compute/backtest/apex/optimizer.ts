import type { ApexConfig } from './config.ts';

export interface Optimised {
  /** Weights by code, without those that are nearly nothing. */
  weights: Map<number, number>;
  alpha: number;
  unconstrainedTurnover: number;
  constrainedTurnover: number;
  dropped: number;
}

/** Weights of this size and less are left out. */
const nothing = 1e-8;

/**
 * The weights that engine decides on.
 * @param candidates codes by score, best first
 * @param current weights held, by code
 * @param penalty what a name that is not held loses, in units of the score
 */
export function optimise(
  candidates: readonly { code: number; score: number }[],
  current: ReadonlyMap<number, number>,
  config: ApexConfig,
  penalty: (code: number) => number,
): Optimised {
  const adjusted = candidates
    .map(({ code, score }) => ({ code, score: current.has(code) ? score : score - penalty(code) }))
    .sort((a, b) => b.score - a.score);
  const target = adjusted.slice(0, config.topK).map(({ code }) => code);
  let dropped = 0;
  while (target.length > 1 && 1 / target.length < config.minWeight) {
    target.pop();
    dropped += 1;
  }
  return (
    withLimit([...target], current, config, config.turnoverLimit, dropped) ??
    withLimit([...target], current, config, 1, dropped) ?? {
      ...blend(target, current, 1),
      dropped,
    }
  );
}

function withLimit(
  target: number[],
  current: ReadonlyMap<number, number>,
  { minWeight, minAlpha }: ApexConfig,
  limit: number,
  droppedBefore: number,
): Optimised | null {
  let dropped = droppedBefore;
  while (target.length > 0) {
    const wanted = turnoverTo(target, current);
    const alpha = wanted > limit ? Math.min(1, Math.max(minAlpha, limit / wanted)) : 1;
    const blended = blend(target, current, alpha);
    const weakest = target.findLastIndex(
      (code) => !current.has(code) && (blended.weights.get(code) ?? 0) < minWeight,
    );
    if (weakest === -1) return { ...blended, dropped };
    target.splice(weakest, 1);
    dropped += 1;
  }
  return null;
}

function turnoverTo(target: readonly number[], current: ReadonlyMap<number, number>): number {
  return halfChange(new Map(target.map((code) => [code, 1 / target.length])), current);
}

function blend(
  target: readonly number[],
  current: ReadonlyMap<number, number>,
  alpha: number,
): Omit<Optimised, 'dropped'> {
  const wanted = new Map(target.map((code) => [code, 1 / target.length]));
  const weights = new Map<number, number>();
  let total = 0;
  for (const code of union(wanted, current)) {
    const now = current.get(code) ?? 0;
    const weight = now + alpha * ((wanted.get(code) ?? 0) - now);
    if (weight <= nothing) continue;
    weights.set(code, weight);
    total += weight;
  }
  for (const [code, weight] of weights) weights.set(code, weight / total);
  return {
    weights,
    alpha,
    unconstrainedTurnover: halfChange(wanted, current),
    constrainedTurnover: halfChange(weights, current),
  };
}

/** Half the sum of weight changes over stocks; cash is not counted. */
function halfChange(to: ReadonlyMap<number, number>, from: ReadonlyMap<number, number>): number {
  let total = 0;
  for (const code of union(to, from)) total += Math.abs((to.get(code) ?? 0) - (from.get(code) ?? 0));
  return total / 2;
}

/** In the order of codes: theirs followed the hash of the names, and the last digits with it. */
export function union(a: ReadonlyMap<number, unknown>, b: ReadonlyMap<number, unknown>): number[] {
  return [...new Set([...a.keys(), ...b.keys()])].sort((x, y) => x - y);
}
