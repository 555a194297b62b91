import { z } from 'zod';
import { formatDuration, parseDurationMs } from '../../../shared/units.ts';
import { duration, text } from '../fields.ts';
import { figure } from '../figures.ts';
import { checkKind } from '../kind.ts';

export const run = checkKind({
  kind: 'run',
  about: 'Whether a runbook has run, as the journal of this launch has it.',
  ofLaunch: true,
  schema: z.strictObject({
    run: z
      .strictObject({
        runbook: text(),
        outcome: z.enum(['good', 'any']).optional(),
        on: text().optional(),
        within: duration().optional(),
      })
      .meta({
        description:
          'The runbook, its outcome (good, if nothing is said), the target, and how long ago at most.',
        examples: [{ runbook: 'rollback', on: 'staging', outcome: 'good', within: '7 d' }],
      }),
  }),
  title: ({ run: { runbook, on } }) => `last run of ${runbook}${on ? ` on ${on}` : ''}`,
  quantities: () => [{ name: 'age', unit: 's', words: ['old', 'ago'], byName: true }],
  async measure({ run: { runbook, outcome = 'good', on, within } }, context) {
    const last = context.lastRun(runbook, on ?? null);
    const ageMs = last?.endedAt ? context.now() - Date.parse(last.endedAt) : null;
    const place = on ? ` on ${on}` : '';
    const withinMs = within === undefined ? null : parseDurationMs(within);
    return {
      measured:
        ageMs === null
          ? []
          : [figure('age', ageMs / 1000, 's', `${last?.outcome}, ${formatDuration(ageMs)} ago`)],
      conditions: [
        {
          holds: last !== null && ageMs !== null && (outcome === 'any' || last.outcome === 'good'),
          needs: outcome === 'any' ? 'a finished run' : 'a good run',
        },
        ...(withinMs === null
          ? []
          : [{ holds: ageMs !== null && ageMs <= withinMs, needs: `not more than ${within} ago` }]),
      ],
      says: last
        ? `knows the last run of ${runbook}${place} as ${last.outcome}${ageMs === null ? '' : `, ${formatDuration(ageMs)} ago`}`
        : `knows no run of ${runbook}${place} in this launch`,
    };
  },
});
