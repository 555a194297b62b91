import { z } from 'zod';
import type { Measured } from '../../../shared/contract/common.ts';
import { fields } from '../../pack/index.ts';
import { CannotMeasure } from '../errors.ts';
import { canonical, figure, readFigure, words } from '../figures.ts';
import { anyUnit, checkKind, type Quantity } from '../kind.ts';

const { text } = fields;

const commandSpec = z.strictObject({
  run: text().meta({ description: 'The script, for `sh -eu`. Values reach it as environment variables.' }),
  expect: z.int().min(0).max(255).default(0).meta({ description: 'The exit status it must have.' }),
  measure: text()
    .refine(
      (written) => written === 'last line' || isPatternWithGroup(written),
      'is neither "last line" nor a regular expression with one group around the figure.',
    )
    .optional()
    .meta({
      description:
        'Where its figure stands: `last line`, or a regular expression with one group around it. Without it, the last line is looked at, and need not hold one.',
    }),
  unit: text()
    .optional()
    .meta({ description: 'Unit of the figure where the output does not hold it, or `version`.' }),
  quantity: text().optional().meta({ description: 'What the figure is, in the words of the rule.' }),
});
type CommandSpec = z.output<typeof commandSpec>;

/**
 * Where the host has `timeout`, what hangs there ends there, a little before this machine gives it up.
 * HP_SCRIPT and HP_LIMIT are not for the script, so they are gone from its environment.
 */
const script = `
script=$HP_SCRIPT
limit=$HP_LIMIT
unset HP_SCRIPT HP_LIMIT
if timeout 1 true 2>/dev/null; then
  exec timeout -s KILL "$limit" sh -eu -c "$script" sh </dev/null
fi
exec sh -eu -c "$script" sh </dev/null
`;

export const command = checkKind({
  kind: 'command',
  about: 'A script: its exit status, or a figure in what it prints. Run on the host where `on` is given.',
  schema: z.strictObject({
    command: commandSpec.meta({
      description: 'The script, the exit status it must have, and where its figure stands.',
      examples: [
        {
          run: 'psql "$DATABASE" -Atc "select max(lag) from replicas"',
          measure: 'last line',
          unit: 's',
          quantity: 'lag',
        },
      ],
    }),
  }),
  title: ({ command: { run, quantity } }) => quantity ?? firstLine(run),
  quantities: (spec) => quantitiesOf(spec.command),
  async measure({ command: asked }, context) {
    const { run, expect } = asked;
    const limit = String(Math.max(1, Math.floor(context.timeoutMs / 1000) - 2));
    const env = { ...context.env, HP_SCRIPT: run, HP_LIMIT: limit };
    const { exitCode, stdout, stderr } = await context.shell.run({ script, env });
    if (exitCode === null || exitCode === 137) {
      throw new CannotMeasure(
        `${context.subject} ended "${firstLine(run)}" by a signal, or it took longer than ${limit} s.`,
      );
    }
    const holds = exitCode === expect;
    // What a failing script printed is no figure: it may have stopped half-way.
    const measured = holds ? readMeasured(asked, stdout, context.subject) : [];
    const line = holds ? lastLine(stdout) : lastLine(stderr) || lastLine(stdout);
    return {
      measured: [...measured, figure('exit status', exitCode, '', `exit ${exitCode}`)],
      conditions: [{ holds, needs: `exit status ${expect}` }],
      says: holds && line ? `says "${line}"` : `ends with exit status ${exitCode}${line ? ` (${line})` : ''}`,
    };
  },
});

function quantitiesOf({ unit, quantity }: CommandSpec): Quantity[] {
  const measured = {
    name: nameOf(quantity),
    unit: unit === undefined ? anyUnit : unit === 'version' ? unit : canonical(1, unit).unit,
    words: [],
    unnamed: quantity === undefined,
  };
  return [measured, { name: 'exit status', unit: '', words: ['code'], byName: true }];
}

const nameOf = (quantity: string | undefined) => quantity ?? 'printed figure';

/** Where the check does not say what is to be found, the last line counts, whatever it holds. */
function readMeasured({ measure, unit, quantity }: CommandSpec, output: string, subject: string): Measured[] {
  const found =
    measure === undefined || measure === 'last line'
      ? lastLine(output)
      : ([...output.matchAll(new RegExp(measure, 'gm'))].at(-1)?.[1] ?? '').trim();
  const isAsked = measure !== undefined || unit !== undefined || quantity !== undefined;
  if (found === '') {
    if (!isAsked) return [];
    throw new CannotMeasure(
      `${subject} ran the script, but it printed nothing${measure ? ` for "${measure}"` : ''}.`,
    );
  }
  const read = unit === 'version' ? null : readFigure(found);
  if (read === null) {
    if (isAsked && unit !== 'version') {
      throw new CannotMeasure(`${subject} ran the script, but "${found.slice(0, 80)}" holds no number.`);
    }
    return [words(nameOf(quantity), found)];
  }
  const printed = canonical(read.value, read.unit);
  const declared = unit === undefined ? printed : canonical(read.value, unit);
  // `350 ms` stays what it is where seconds were announced.
  const { value } = read.unit !== '' && printed.unit === declared.unit ? printed : declared;
  return [figure(nameOf(quantity), value, declared.unit, isAsked ? undefined : found)];
}

function isPatternWithGroup(pattern: string): boolean {
  try {
    // With an empty alternative it matches anything, and tells how many groups it has.
    return (new RegExp(`${pattern}|`).exec('')?.length ?? 0) === 2;
  } catch {
    return false;
  }
}

const lines = (output: string) => output.split('\n').map((line) => line.trim());
const lastLine = (output: string) =>
  lines(output)
    .findLast((line) => line !== '')
    ?.slice(0, 200) ?? '';
/** The first line that does something. */
const firstLine = (source: string) =>
  lines(source)
    .find((line) => line !== '' && !line.startsWith('#'))
    ?.slice(0, 80) ?? '';
