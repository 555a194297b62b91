import type { CompareView } from '../../../shared/contract/compute/index.ts';
import type { CompareAnswer } from '../../compute/index.ts';
import { figureOf } from './figures.ts';

export function compareView({
  runs,
  difference,
  correlation,
  periods,
  equity,
  digest,
}: CompareAnswer): CompareView {
  const [first, second] = runs.map(({ config, metrics }) => ({
    name: config,
    figures: Object.entries(metrics).map(([name, figure]) => figureOf(name, figure)),
  })) as [Side, Side];
  return {
    kind: 'compare',
    first: {
      ...first,
      equity: equity.map((point) => ({
        date: point.date,
        value: point.first,
        drawdown: point.firstDrawdown,
      })),
    },
    second: {
      ...second,
      equity: equity.map((point) => ({
        date: point.date,
        value: point.second,
        drawdown: point.secondDrawdown,
      })),
    },
    difference: figureOf('sharpeDifference', {
      value: difference.sharpe,
      unit: 'ratio',
      convention: {
        name: 'holdpoint',
        method: `of the ${periods} days that both have, annual, first less second`,
        interval: '95 %, stationary bootstrap of the paired returns',
      },
      interval: difference.interval,
    }),
    probability: difference.better,
    correlation,
    judgement: {
      rule: 'Sharpe ratios differ',
      figure: 'sharpeDifference',
      verdict: difference.verdict === 'unproven' ? 'unproven' : 'pass',
      sentence: difference.sentence,
    },
    digest,
  };
}

type Side = Pick<CompareView['first'], 'name' | 'figures'>;

export function compareOutcome({ difference, judgement }: CompareView): string {
  const value = difference.value === null ? 'no ratio' : `difference ${difference.value.toFixed(2)}`;
  return `${value}, ${judgement.verdict === 'pass' ? 'beyond chance' : 'unproven'}`;
}
