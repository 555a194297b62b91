import type { BacktestView } from '../../../shared/contract/compute/index.ts';
import { counted } from '../../../shared/units.ts';
import { formatShare, formatValue } from '../figures/format.ts';

/** What the charts of a run show, in a sentence each. */

export function equityGist({ equity, band }: Pick<BacktestView, 'equity' | 'band'>): string {
  const [first, last] = [equity[0], equity.at(-1)];
  if (!first || !last) return 'No day was run.';
  const deepest = equity.reduce((low, point) => (point.drawdown < low.drawdown ? point : low), first);
  const range = band.at(-1);
  const could = range
    ? ` Records as good would end between ${formatValue(range.low, 'money')} and ${formatValue(range.high, 'money')}.`
    : '';
  return `From ${formatValue(first.value, 'money')} on ${first.date} to ${formatValue(last.value, 'money')} on ${last.date}; deepest ${formatShare(deepest.drawdown)} on ${deepest.date}.${could}`;
}

export function turnoverGist({ rebalances, costs }: Pick<BacktestView, 'rebalances' | 'costs'>): string {
  if (rebalances.length === 0) return 'It never rebalanced.';
  const mean = rebalances.reduce((sum, { turnover }) => sum + turnover, 0) / rebalances.length;
  const most = rebalances.reduce((top, one) => (one.turnover > top.turnover ? one : top));
  const paid = costs.map(({ kind, value }) => `${kind} ${formatValue(value, 'money')}`).join(', ');
  return `${counted(rebalances.length, 'rebalance')}, ${formatShare(mean)} turned over on average, at most ${formatShare(most.turnover)} on ${most.date}.${paid && ` Paid: ${paid}.`}`;
}

export function lagGist(lags: NonNullable<BacktestView['probes']>['lags']): string {
  const [first, last] = [lags[0], lags.at(-1)];
  if (!first || !last || first === last) return 'Only one lag was run.';
  return `Filled ${counted(last.lag, 'day')} later, a Sharpe ratio of ${formatValue(first.sharpe, 'ratio')} becomes ${formatValue(last.sharpe, 'ratio')}. What vanishes with a day was not there to be earned.`;
}
