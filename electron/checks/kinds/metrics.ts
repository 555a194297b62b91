import { resolve } from 'node:path';
import { z } from 'zod';
import { figureWords } from '../../compute/index.ts';
import { fields } from '../../pack/index.ts';
import { CannotMeasure } from '../errors.ts';
import { checkKind, type Quantity } from '../kind.ts';

/** Figures that rules count in percent; the others are plain numbers. */
const shares = new Set(['totalReturn', 'annualisedReturn', 'volatility', 'maxDrawdown', 'winRate']);
const ofReturns = [...shares, 'sharpe', 'sortino', 'calmar', 'profitFactor'];

export const metrics = checkKind({
  kind: 'metrics',
  about: 'Figures of returns, re-computed: what a rule asks is proven only where the whole interval is.',
  schema: z.strictObject({
    metrics: z
      .strictObject({
        returns: fields.text().meta({
          description: "A CSV of date and return, a fraction; a relative path is in the pack's folder.",
        }),
      })
      .meta({ description: 'What they are computed from.', examples: [{ returns: 'data/returns.csv' }] }),
  }),
  ofLaunch: true,
  title: ({ metrics: { returns } }) => `figures of ${returns}`,
  quantities: () =>
    ofReturns.map((name): Quantity => {
      const [title = name, ...words] = figureWords[name] ?? [];
      return { name: title, unit: shares.has(name) ? '%' : '', words, byName: true };
    }),
  async measure({ metrics: asked }, { folder, fill, measureReturns }) {
    const returns = fill(asked.returns);
    const found = await measureReturns(resolve(folder, returns)).catch((error: Error) => {
      throw new CannotMeasure(error.message);
    });
    return {
      measured: found.figures,
      conditions: [],
      says: `has ${found.periods} returns in ${returns}, ${found.from} to ${found.to}`,
      tellsAsked: true,
      versions: { [returns]: `sha256:${found.sha256}` },
    };
  },
});
