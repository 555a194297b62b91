import { z } from 'zod';
import { formatDuration } from '../../../shared/units.ts';
import { fields } from '../../pack/index.ts';
import { figure } from '../figures.ts';
import { checkKind } from '../kind.ts';

export const run = checkKind({
  kind: 'run',
  about: 'Whether a runbook has run, as the journal of this launch has it.',
  ofLaunch: true,
  schema: z.strictObject({
    run: z
      .strictObject({
        runbook: fields.reference('runbook').meta({ description: 'The runbook.' }),
        outcome: z
          .enum(['good', 'any'])
          .default('good')
          .meta({ description: '`good`: the last run ended well. `any`: it ended.' }),
        on: fields
          .reference('target')
          .optional()
          .meta({ description: 'The target it ran on; without it, any.' }),
        within: fields
          .duration()
          .optional()
          .meta({ description: 'How long ago it ended at most; without it, ever.' }),
      })
      .meta({
        description: 'The runbook, how its last run ended, on which target, and how long ago at most.',
        examples: [{ runbook: 'rollback', on: 'staging', outcome: 'good', within: '7 d' }],
      }),
  }),
  title: ({ run: { runbook, on } }) => `last run of ${runbook}${on ? ` on ${on}` : ''}`,
  quantities: () => [{ name: 'age', unit: 's', words: ['old', 'ago'], byName: true }],
  async measure({ run: { runbook, outcome, on, within } }, context) {
    const last = context.lastRun(runbook, on ?? null);
    const ageMs = last?.endedAt ? context.now() - Date.parse(last.endedAt) : null;
    const place = on ? ` on ${on}` : '';
    // The moment, not how long ago: evidence that would read differently every second would be kept every second.
    const moment = last?.endedAt ? `ended ${last.endedAt.slice(0, 19).replace('T', ' ')} UTC` : '';
    return {
      measured: ageMs === null ? [] : [figure('age', ageMs / 1000, 's', `${last?.outcome}, ${moment}`)],
      conditions: [
        {
          holds: last !== null && ageMs !== null && (outcome === 'any' || last.outcome === 'good'),
          needs: outcome === 'any' ? 'a finished run' : 'a good run',
        },
        ...(within === undefined
          ? []
          : [
              {
                holds: ageMs !== null && ageMs <= within,
                needs: `not more than ${formatDuration(within)} ago`,
              },
            ]),
      ],
      says: last
        ? `knows the last run of ${runbook}${place} as ${last.outcome}${moment && `, ${moment}`}`
        : `knows no run of ${runbook}${place} in this launch`,
    };
  },
});
