import type { TrialsView } from '../../../shared/contract/compute/index.ts';
import type { Trial } from '../../compute/index.ts';
import type { Journal } from '../../journal/index.ts';
import { deviationOf } from './count.ts';
import { trialsRecorded } from './entries.ts';

export interface Tried {
  launch: string | null;
  by: 'backtest' | 'compare' | 'sweep';
  panel: string;
  panelName: string;
  title: string;
  digest: string;
  trials: readonly Trial[];
}

/** Every configuration that was ever tried on a panel: a Sharpe ratio that was chosen among them has to beat their luck. */
export interface Ledger {
  record(author: string, tried: Tried): void;
  /** Whether all of these configurations were tried on this panel before. */
  has(panel: string, trials: readonly Trial[]): boolean;
  /** Annual Sharpe ratios of the distinct trials of a panel; null where a record has none. */
  sharpesOf(panel: string): (number | null)[];
  list(): TrialsView[];
}

const newestShown = 100;

export function createLedger(journal: Journal): Ledger {
  const sharpesOf = (panel: string) =>
    journal.prepare('SELECT sharpe FROM trial WHERE panel = ? ORDER BY place').pluck().all(panel) as (
      | number
      | null
    )[];
  return {
    record(author, { trials, ...tried }) {
      const kept = trials.map((trial) => ({
        ...trial,
        sharpe: short(trial.sharpe),
        skewness: short(trial.skewness),
        kurtosis: short(trial.kurtosis),
      }));
      journal.append(author, trialsRecorded.draft({ ...tried, trials: kept }));
    },
    has(panel, trials) {
      const known = journal.prepare('SELECT 1 FROM trial WHERE panel = ? AND config = ?');
      return trials.every(({ config }) => known.get(panel, config) !== undefined);
    },
    sharpesOf,
    list() {
      const panels = journal
        .prepare('SELECT panel FROM trial GROUP BY panel ORDER BY max(place) DESC')
        .pluck()
        .all() as string[];
      return panels.map((panel) => {
        const sharpes = sharpesOf(panel);
        const newest = journal
          .prepare('SELECT * FROM trial WHERE panel = ? ORDER BY place DESC LIMIT ?')
          .all(panel, newestShown) as Row[];
        return {
          panel,
          panelName: newest[0]?.panel_name ?? '',
          count: sharpes.length,
          deviation: deviationOf(sharpes),
          newest: newest.map(({ at, by, title, sharpe, config }) => ({
            at,
            by,
            title,
            sharpe,
            digest: config,
          })),
        };
      });
    },
  };
}

interface Row {
  panel_name: string;
  at: string;
  by: string;
  title: string;
  sharpe: number | null;
  config: string;
}

/** Eight figures: more than a ratio of returns has, and a sweep of thousands stays a small entry. */
const short = (value: number | null) => (value === null ? null : Number(value.toPrecision(8)));
