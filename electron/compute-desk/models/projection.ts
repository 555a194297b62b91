import { on, type Projection } from '../../journal/index.ts';
import { modelRoleSet, modelSeen } from './entries.ts';

/** Models by their bytes, as they were seen last, and what people call them. */
export const modelProjection: Projection = {
  name: 'model',
  version: 1,
  tables: {
    model: `CREATE TABLE model (
      sha256 TEXT NOT NULL PRIMARY KEY, facts TEXT NOT NULL, first_seen TEXT NOT NULL, last_seen TEXT NOT NULL
    ) STRICT`,
    model_role: `CREATE TABLE model_role (
      system TEXT NOT NULL, sha256 TEXT NOT NULL, role TEXT NOT NULL, PRIMARY KEY (system, sha256)
    ) STRICT`,
  },
  rules: [
    on(modelSeen, (tables, { launch: _launch, ...facts }, { at }) => {
      tables
        .prepare(
          `INSERT INTO model VALUES (?, ?, ?, ?) ON CONFLICT (sha256)
           DO UPDATE SET facts = excluded.facts, last_seen = excluded.last_seen`,
        )
        .run(facts.sha256, JSON.stringify(facts), at, at);
    }),
    on(modelRoleSet, (tables, { system, sha256, role }) => {
      tables.prepare('DELETE FROM model_role WHERE system = ? AND sha256 = ?').run(system, sha256);
      // There is one champion: whoever was it before is not any more.
      if (role === 'champion')
        tables.prepare(`DELETE FROM model_role WHERE system = ? AND role = 'champion'`).run(system);
      if (role !== null) tables.prepare('INSERT INTO model_role VALUES (?, ?, ?)').run(system, sha256, role);
    }),
  ],
};
