import type { SweepView } from '../../../shared/contract/compute/index.ts';
import type { SweepAnswer } from '../../compute/index.ts';

export function sweepView(answer: SweepAnswer): SweepView {
  const { axes, points, size, best, selection, stopped, computed, reused, digest } = answer;
  const shown = axes.map(({ name, values }) => ({ name, values: values.map(text) }));
  return {
    kind: 'sweep',
    axes: shown,
    size,
    points: points.map(({ settings, figures, problem }) => ({
      at: axes.map(({ name }, i) => shown[i]?.values.indexOf(text(settings[name])) ?? -1),
      sharpe: figures?.sharpe ?? null,
      annualisedReturn: figures?.annualisedReturn ?? null,
      maxDrawdown: figures?.maxDrawdown ?? null,
      turnover: figures?.turnover ?? null,
      costShare: figures?.costShare ?? null,
      deflatedSharpe: figures?.deflatedSharpe ?? null,
      problem: problem ?? '',
    })),
    best: best && {
      point: best.place,
      sharpe: best.sharpe,
      interval: best.interval,
      luckyBest: best.luckyBest,
      deflatedSharpe: best.deflatedSharpe,
    },
    overfitting: selection?.overfitting?.probability ?? null,
    stopped: stopped?.sentence ?? '',
    ...{ computed, reused, digest },
  };
}

const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

export function sweepOutcome({ points, size, best }: SweepView): string {
  const done = `${points.length} of ${size} points`;
  return best ? `${done}, best Sharpe ${best.sharpe.toFixed(2)}` : `${done}, none with figures`;
}
