import { apexCosts, commissionOf, slippageOf } from '../costs.ts';
import { BacktestError } from '../errors.ts';
import { TradeLog } from '../log.ts';
import type { Panel } from '../panel.ts';
import { weekdayOf } from '../schedule.ts';
import { type ApexConfig, checkApexConfig } from './config.ts';
import { type Optimised, optimise, union } from './optimizer.ts';

export interface ApexRebalance extends Omit<Optimised, 'weights'> {
  date: string;
  names: number;
  weightSum: number;
  minWeight: number;
  cash: number;
  cost: number;
  /** Half of what was traded, of the value after it. */
  tradedTurnover: number;
  held: number;
}

export interface ApexRun {
  /** Value at the close of every date but the first. */
  values: Float64Array;
  rebalances: ApexRebalance[];
  trades: TradeLog;
  /** Half of what was traded on each date. */
  halfTraded: Float64Array;
  cost: number;
}

/**
 * Runs APEX-Ranker's own engine as it is, defects included (`apexDefects`): what it prints can be reproduced, and is not
 * what Holdpoint would say.
 * @throws BacktestError `bad-config`, `no-trades`
 */
export function runApex(panel: Panel, config: ApexConfig): ApexRun {
  checkApexConfig(config);
  const { dates } = panel;
  const portfolio = new ApexPortfolio(panel, config.capital);
  const values = new Float64Array(dates.length - 1);
  const halfTraded = new Float64Array(dates.length);
  const rebalances: ApexRebalance[] = [];
  let last: string | null = null;
  for (let t = 0; t < dates.length - 1; t += 1) {
    const date = dates[t] as string;
    portfolio.mark(t);
    if (isDue(date, last, config.rebalance)) {
      const done = rebalance(panel, portfolio, config, t);
      if (done) {
        last = date;
        halfTraded[t] = done.traded / 2;
        rebalances.push(done.row);
      }
    }
    portfolio.mark(t + 1);
    values[t] = portfolio.value();
  }
  if (portfolio.log.length === 0) {
    throw new BacktestError(
      'no-trades',
      'No name was ever bought: all is cash, which is no result. Check that scores and prices are of the same dates and codes.',
    );
  }
  return { values, rebalances, trades: portfolio.log, halfTraded, cost: portfolio.cost };
}

function isDue(date: string, last: string | null, rebalance: ApexConfig['rebalance']): boolean {
  if (last === null || rebalance === 'daily') return true;
  if (rebalance === 'weekly') return weekdayOf(date) === 5;
  return date.slice(0, 7) !== last.slice(0, 7);
}

function rebalance(
  panel: Panel,
  portfolio: ApexPortfolio,
  config: ApexConfig,
  t: number,
): { row: ApexRebalance; traded: number } | null {
  const candidates = candidatesOf(panel, config, t);
  if (candidates.length === 0) return null;
  const total = portfolio.value();
  const tradeValue = total / config.topK;
  const penalty = (code: number) =>
    (config.costPenalty * 2 * portfolio.costOf(tradeValue, t, code)) / tradeValue;
  const { weights, ...optimised } = optimise(candidates, portfolio.weights(total), config, penalty);
  const { traded, cost } = portfolio.fill(weights, total, t);
  const sizes = [...weights.values()];
  const row = {
    date: panel.dates[t] as string,
    ...optimised,
    names: sizes.length,
    weightSum: sizes.reduce((a, b) => a + b, 0),
    minWeight: Math.min(...sizes),
    cash: portfolio.cash,
    cost,
    tradedTurnover: traded / 2 / portfolio.value(),
    held: portfolio.shares.size,
  };
  return { row, traded };
}

/** Scores with a price today, best first, as many as the multiplier allows. */
function candidatesOf(
  { score, close, codes, dates }: Panel,
  { topK, candidateMultiplier }: ApexConfig,
  t: number,
): { code: number; score: number }[] {
  const all = Array.from(codes.keys(), (code) => ({ code, score: score[t * codes.length + code] as number }))
    .filter((one) => !Number.isNaN(one.score))
    .sort((a, b) => b.score - a.score)
    .slice(0, Math.max(2 * topK, Math.floor(topK * candidateMultiplier)))
    .filter(({ code }) => (close[code * dates.length + t] as number) > 0);
  return all.slice(0, Math.max(topK, Math.round(topK * candidateMultiplier)));
}

/** Fractional shares and cash. A position without a new price keeps its old one. */
class ApexPortfolio {
  cash: number;
  cost = 0;
  /** By code. */
  readonly shares = new Map<number, number>();
  readonly log = new TradeLog();
  readonly #panel: Panel;
  readonly #price = new Map<number, number>();

  constructor(panel: Panel, capital: number) {
    this.#panel = panel;
    this.cash = capital;
  }

  mark(t: number): void {
    for (const code of this.shares.keys()) {
      const now = this.#close(code, t);
      if (now > 0) this.#price.set(code, now);
    }
  }

  value(): number {
    let total = this.cash;
    for (const code of union(this.shares, new Map())) total += this.#valueOf(code);
    return total;
  }

  weights(total: number): Map<number, number> {
    return new Map(union(this.shares, new Map()).map((code) => [code, this.#valueOf(code) / total]));
  }

  costOf(value: number, t: number, code: number): number {
    return commissionOf(apexCosts, value) + slippageOf(apexCosts, value, this.#dayValue(code, t));
  }

  fill(weights: ReadonlyMap<number, number>, total: number, t: number): { traded: number; cost: number } {
    const current = this.weights(total);
    let [traded, cost] = [0, 0];
    for (const code of union(current, weights)) {
      const weight = weights.get(code) ?? 0;
      if (Math.abs(weight - (current.get(code) ?? 0)) < 1e-6) continue;
      const now = this.#close(code, t);
      const change = weight * total - this.#valueOf(code);
      const price = now > 0 ? now : change < 0 ? (this.#price.get(code) as number) : Number.NaN;
      if (!(price > 0)) continue;
      const commission = commissionOf(apexCosts, Math.abs(change));
      const slippage = slippageOf(apexCosts, Math.abs(change), this.#dayValue(code, t));
      this.cash -= change + commission + slippage;
      traded += Math.abs(change);
      cost += commission + slippage;
      this.log.add(t, code, change / price, price, commission, slippage);
      const shares = (this.shares.get(code) ?? 0) + change / price;
      this.#price.set(code, price);
      if (weight === 0) this.shares.delete(code);
      else this.shares.set(code, shares);
    }
    this.cost += cost;
    return { traded, cost };
  }

  #valueOf(code: number): number {
    return (this.shares.get(code) ?? 0) * (this.#price.get(code) ?? 0);
  }

  #close(code: number, t: number): number {
    return this.#panel.close[code * this.#panel.dates.length + t] as number;
  }

  #dayValue(code: number, t: number): number {
    const { volumeValue, dates } = this.#panel;
    return volumeValue === null ? Number.NaN : (volumeValue[code * dates.length + t] as number);
  }
}
