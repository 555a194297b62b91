import type { TopK } from './config.ts';
import type { Panel } from './panel.ts';
import type { Ranking } from './ranking.ts';

/** How deep a ranking must go for a strategy: one name more than is chosen, to measure scores from. */
export function depthOf({ topK, candidateMultiplier }: TopK): number {
  return Math.round(topK * candidateMultiplier) + 1;
}

/** The names wanted after a decision, in order of rank, with their weights by place in `weights`. */
export function wantedNames(
  panel: Panel,
  ranking: Ranking,
  strategy: TopK,
  date: number,
  held: () => Int32Array,
  weights: Float64Array,
): Int32Array {
  const names = choose(panel, ranking, strategy, date, held);
  if (strategy.weights === 'equal' && strategy.maxWeight * names.length >= 1) {
    weights.fill(1 / names.length);
    return names;
  }
  const best = ranking.best(date, strategy.topK + 1);
  const scoreOf = (name: number) => panel.score[date * panel.codes.length + name] as number;
  const bar = best.length > names.length ? scoreOf(best[best.length - 1] as number) : 0;
  const raw = Float64Array.from(names, (name) =>
    strategy.weights === 'equal' ? 1 : Math.max(0, scoreOf(name) - bar),
  );
  weights.set(cappedWeights(raw, strategy.maxWeight));
  return names;
}

function choose(
  panel: Panel,
  ranking: Ranking,
  strategy: TopK,
  date: number,
  heldNames: () => Int32Array,
): Int32Array {
  const { topK, candidateMultiplier, turnoverRule, turnoverLimit } = strategy;
  const best = ranking.best(date, topK);
  const limited = turnoverRule === 'replace' && turnoverLimit < 1;
  if (candidateMultiplier === 1 && !limited) return best;
  const held = heldNames();
  const fewer = limited && held.length > 0;
  if (candidateMultiplier === 1 && !fewer) return best;
  const owned = new Set(held);
  const candidates = ranking.best(date, Math.round(topK * candidateMultiplier));
  const stays = candidates.filter((name) => owned.has(name)).subarray(0, topK);
  const wanted = best.filter((name) => !owned.has(name)).subarray(0, topK - stays.length);
  if (!fewer) return joined(stays, wanted);
  const newcomers = wanted.subarray(0, Math.floor(turnoverLimit * topK + 1e-9));
  const missing = topK - stays.length - newcomers.length;
  if (missing <= 0) return joined(stays, newcomers);
  const staying = new Set(stays);
  const scoreOf = (name: number) => {
    const score = panel.score[date * panel.codes.length + name] as number;
    return Number.isNaN(score) ? Number.NEGATIVE_INFINITY : score;
  };
  const others = held
    .filter((name) => !staying.has(name))
    .sort((a, b) => scoreOf(b) - scoreOf(a) || a - b)
    .subarray(0, missing);
  return joined(joined(stays, others), newcomers);
}

function joined(a: Int32Array, b: Int32Array): Int32Array {
  const all = new Int32Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}

/** In proportion to `raw`, none above `most`: what is cut off goes to the others. Sums to 1 where it can. */
export function cappedWeights(raw: Float64Array, most: number): Float64Array {
  const total = raw.reduce((a, b) => a + b, 0);
  const shares = total > 0 ? raw.map((value) => value / total) : raw.map(() => 1 / raw.length);
  const capped = new Uint8Array(raw.length);
  for (let round = 0; round < raw.length; round += 1) {
    let [free, taken, over] = [0, 0, false];
    for (let i = 0; i < shares.length; i += 1) {
      if (!capped[i] && (shares[i] as number) > most + 1e-15) {
        capped[i] = 1;
        shares[i] = most;
        over = true;
      }
      if (capped[i]) taken += most;
      else free += shares[i] as number;
    }
    if (!over || free === 0) break;
    const scale = Math.max(0, 1 - taken) / free;
    for (let i = 0; i < shares.length; i += 1) if (!capped[i]) shares[i] = (shares[i] as number) * scale;
  }
  return shares;
}
