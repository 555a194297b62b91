import { on, type Projection } from '../../journal/index.ts';
import { trialsRecorded } from './entries.ts';

/** Every configuration that was tried on a panel, once: run again, it is the same trial. */
export const ledgerProjection: Projection = {
  name: 'trial',
  version: 1,
  tables: {
    trial: `CREATE TABLE trial (
      panel TEXT NOT NULL, config TEXT NOT NULL, panel_name TEXT NOT NULL, title TEXT NOT NULL,
      sharpe REAL, at TEXT NOT NULL, by TEXT NOT NULL, place INTEGER NOT NULL,
      PRIMARY KEY (panel, config)
    ) STRICT`,
  },
  rules: [
    on(trialsRecorded, (tables, { panel, panelName, title, trials }, { at, author }) => {
      const first = tables.prepare('SELECT coalesce(max(place), 0) FROM trial').pluck().get() as number;
      const put = tables.prepare(
        `INSERT INTO trial VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (panel, config) DO UPDATE SET
         panel_name = excluded.panel_name, title = excluded.title, sharpe = excluded.sharpe,
         at = excluded.at, by = excluded.by, place = excluded.place`,
      );
      for (const [i, { config, settings, sharpe }] of trials.entries()) {
        const told = trials.length > 1 ? `${title}: ${settings}` : title;
        put.run(panel, config, panelName, told, sharpe, at, author, first + i + 1);
      }
    }),
  ],
};
