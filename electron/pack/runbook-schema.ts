import { z } from 'zod';
import { duration, reference, text } from './fields.ts';
import { note } from './notes.ts';
import { scriptName } from './script-names.ts';

/** `runbooks/*.yaml` but for what a step does, which its kind says. */
export const runbookSchema = note(
  z.strictObject({
    runbook: text().meta({ description: 'Title of the runbook.', examples: ['Deploy'] }),
    does: text()
      .optional()
      .meta({
        description: '`deploy`, `rollback`, or a word of your own; without it, the name of the file.',
        examples: ['deploy'],
      }),
    needs: z
      .record(scriptName(), text())
      .default({})
      .meta({
        description:
          "Files the run needs, as paths in the pack's folder, or the words `from launch` for what launch.yaml says. " +
          'They need not be there before a run is planned.',
        examples: [{ version: 'from launch', bundle: 'dist/apex-ranker.tar.gz' }],
      }),
    secrets: z
      .array(note(scriptName(), { expects: 'the name of a secret' }))
      .default([])
      .meta({
        description:
          'Names of values that are asked for or taken from the secret store, and never printed or recorded.',
        examples: [['APEX_API_KEYS']],
      }),
    steps: z.array(z.unknown()).min(1).meta({ description: 'What is done, in this order.' }),
  }),
  { owner: 'a runbook' },
);

/** The keys that every step has besides the one that names its kind. */
export const commonStepSchema = z.strictObject({
  hosts: z
    .union([z.literal('first'), z.array(reference('host')).min(1)])
    .optional()
    .meta({
      description: 'The hosts it runs on: names, or `first`. Without it, all of the target.',
      examples: ['first'],
    }),
  once: z
    .boolean()
    .default(false)
    .meta({ description: 'Runs on the first host of the whole target only.', examples: [true] }),
  batched: z
    .boolean()
    .optional()
    .meta({
      description:
        'Goes batch by batch. Without it, steps do from the first `switch` or `service` to the last step on hosts.',
      examples: [true],
    }),
  timeout: duration()
    .optional()
    .meta({ description: 'After this the host itself ends the step.', examples: ['10 min'] }),
  retry: z
    .int()
    .min(0)
    .max(10)
    .default(0)
    .meta({
      description: 'How often a failed step is tried again by itself. Needs `idempotent` or `done-when`.',
      examples: [2],
    }),
  idempotent: z
    .boolean()
    .default(false)
    .meta({ description: 'Doing it twice does no more than doing it once.', examples: [true] }),
  'done-when': text()
    .optional()
    .meta({
      description: 'A script that exits 0 when the work is done already.',
      examples: ['test -f "$ROOT/backups/$RUN.tar.gz"'],
    }),
  undo: z
    .union([
      text(),
      note(z.strictObject({ script: text().meta({ description: 'The script.' }) }), { owner: 'undo' }),
      note(z.strictObject({ none: text().meta({ description: 'Why nothing takes it back.' }) }), {
        owner: 'undo',
      }),
    ])
    .optional()
    .meta({
      description: 'A script that takes it back, or `none` with the reason.',
      examples: [{ none: 'A backup is kept.' }],
    }),
  'point-of-no-return': z
    .boolean()
    .default(false)
    .meta({ description: 'Past it there is no going back; the run says so before it.', examples: [true] }),
});
