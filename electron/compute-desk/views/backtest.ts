import type { BacktestView, Judgement } from '../../../shared/contract/compute/index.ts';
import { type BacktestAnswer, deflate, type ProbesAnswer, recordBand } from '../../compute/index.ts';
import type { TrialsAtEnd } from '../ledger/count.ts';
import { figureOf, judgementOf } from './figures.ts';

/** Figures that say what the Sharpe ratio is worth, and not what the run was. */
const ofValidity = new Set([
  'standardError',
  'robustStandardError',
  'probabilisticSharpe',
  'deflatedSharpe',
  'luckyBest',
  'minimumTrackRecord',
  'bootstrapSharpe',
  'loSharpe',
  'autocorrelation',
  'skewness',
  'kurtosis',
]);

/** `trials`: every try that was known when it was run, its own among them. */
export function backtestView(answer: BacktestAnswer, { count, deviation, words }: TrialsAtEnd): BacktestView {
  const { metrics, verdicts, rebalances, tables, trial, finalValue, defects, probes, digest } = answer;
  const all: BacktestAnswer['metrics'] = {
    ...metrics,
    ...deflate(trial, { trials: count, ...(deviation === null ? {} : { deviation }) }, words),
  };
  const named = Object.entries(all).map(([name, figure]) => ({
    ...figureOf(name, figure),
    ours: figure.ours ? figureOf(name, figure.ours) : null,
  }));
  const { equity = [], months = [], trades = [], holdings = [] } = tables;
  const values = equity.map(({ value }) => value);
  const sum = (pick: (trade: (typeof trades)[number]) => number) =>
    trades.reduce((total, trade) => total + pick(trade), 0);
  return {
    kind: 'backtest',
    figures: named.filter(({ name }) => !ofValidity.has(name)),
    validity: named.filter(({ name }) => ofValidity.has(name)).map(({ ours: _ours, ...figure }) => figure),
    judgements: verdicts.map(judgementOf),
    equity,
    band: recordBand(values, startOf(values, metrics.totalReturn)),
    months,
    rebalances: rebalances.map((row) => ({
      date: String(row.date),
      names: Number(row.held ?? row.names),
      turnover: Number(row.tradedTurnover ?? row.turnover),
      cost: Number(row.cost),
      cash: Number(row.cash),
    })),
    costs: [
      { kind: 'commission', value: sum(({ commission }) => commission) },
      { kind: 'slippage', value: sum(({ slippage }) => slippage) },
    ],
    holdings,
    trades: trades.length,
    finalValue,
    defects: [...defects],
    probes: probes && probesView(probes),
    trials: { count, deviation },
    digest,
  };
}

function probesView({ findings, lag }: ProbesAnswer): NonNullable<BacktestView['probes']> {
  return {
    findings: findings.map(({ probe, verdict, sentence }) => ({
      rule: probe,
      figure: probe,
      verdict,
      sentence,
    })),
    lags: lag.flatMap(({ lag: days, sharpe, interval }) =>
      sharpe === null || interval === null
        ? []
        : [{ lag: days, sharpe, low: interval[0], high: interval[1] }],
    ),
  };
}

/** The capital that the first value grew from, by the return of the whole. */
function startOf(values: readonly number[], total: BacktestAnswer['metrics'][string] | undefined): number {
  const figure = total?.ours ?? total;
  const share = (figure?.value ?? 0) / (figure?.unit === '%' ? 100 : 1);
  return (values.at(-1) ?? 0) / (1 + share);
}

export function backtestOutcome({ figures, judgements }: BacktestView): string {
  const sharpe = figures.find(({ name }) => name === 'sharpe');
  const value = (sharpe?.ours ?? sharpe)?.value;
  return typeof value === 'number' ? `Sharpe ${value.toFixed(2)}, ${worst(judgements)}` : 'no Sharpe ratio';
}

const severity = ['fail', 'error', 'unproven', 'not-checked', 'pass'] as const;

function worst(judgements: readonly Judgement[]): string {
  const found = severity.find((verdict) => judgements.some((one) => one.verdict === verdict));
  return { fail: 'failed', error: 'not measured', unproven: 'unproven', 'not-checked': '', pass: 'proven' }[
    found ?? 'not-checked'
  ];
}
