import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../../../../electron/compute/backtest/index.ts';
import type { SweepPoint } from '../../../../electron/compute/sweep/index.ts';
import { decodePanel, encodePanel } from '../../../../electron/compute/sweep/task/panel-file.ts';
import { decodePoints, encodePoints } from '../../../../electron/compute/sweep/task/points-file.ts';
import { randomPanel } from '../backtest/panels.ts';

describe('what a task of another machine is given', () => {
  it('is the panel bit by bit, without labels', () => {
    for (const [days, codes] of [
      [3, 2],
      [7, 5],
      [20, 11],
    ] as const) {
      const panel = randomPanel({ days, codes, seed: days, missing: 0.2, sticky: 0.5 });
      const part = new Float64Array([0, ...panel.close]).subarray(1);
      for (const one of [panel, { ...panel, close: part, open: null }]) {
        const decoded = decodePanel(encodePanel(one));
        expect(decoded).toEqual({ ...one, label: null });
        expect(encodePanel(decoded)).toEqual(encodePanel(one));
      }
    }
  });

  it('is each point as it was, costs without an upper end too', () => {
    const costs = {
      ...defaultConfig.costs,
      commission: [{ upTo: Number.POSITIVE_INFINITY, rate: 0.001, least: 0, most: Number.POSITIVE_INFINITY }],
    };
    const point: SweepPoint = {
      place: 3,
      settings: { top_k: 5, rebalance: 'weekly' },
      config: { ...defaultConfig, costs },
      periodsPerYear: 252,
      digest: 'a',
    };
    expect(decodePoints(encodePoints([point]))).toEqual([point]);
  });
});
