import { z } from 'zod';
import { counted } from '../../../shared/units.ts';
import { entryKind, type Teller, teller } from '../../journal/index.ts';

const number = z.number().nullable();

/** One configuration: what it is known by, its settings in words, and its record's Sharpe ratio with its moments. */
const trial = z.object({
  config: z.string(),
  settings: z.string(),
  /** Annual. */
  sharpe: number,
  periods: z.number().int(),
  periodsPerYear: z.number(),
  skewness: number,
  kurtosis: number,
});

/** What was tried on a panel in one go: a backtest, the sides of a comparison, or the points of a sweep. */
export const trialsRecorded = entryKind(
  'trial.recorded',
  z.object({
    launch: z.string().nullable(),
    by: z.enum(['backtest', 'compare', 'sweep']),
    /** SHA-256, and what the file was called. */
    panel: z.string(),
    panelName: z.string(),
    title: z.string(),
    /** Digest of the answer. */
    digest: z.string(),
    trials: z.array(trial),
  }),
);

export const ledgerTellers: readonly Teller[] = [
  teller(trialsRecorded, ({ by, title, panelName, trials }) => {
    const [only] = trials;
    if (by === 'sweep')
      return { text: `Tried ${counted(trials.length, 'configuration')} on ${panelName}: ${title}` };
    const ratio = trials.length === 1 && only?.sharpe != null ? `: Sharpe ${only.sharpe.toFixed(2)}` : '';
    return { text: `${title} on ${panelName}${ratio}` };
  }),
];
