import { z } from 'zod';
import type { Measured } from '../../../shared/contract/common.ts';
import { CannotMeasure } from '../errors.ts';
import { text } from '../fields.ts';
import { canonical, figure, readFigure, words } from '../figures.ts';
import { checkKind, type Quantity } from '../kind.ts';

const commandSpec = z.strictObject({
  run: text().meta({ description: 'The script, for `sh -eu`. Values reach it as environment variables.' }),
  expect: z
    .int()
    .min(0)
    .max(255)
    .optional()
    .meta({ description: 'The exit status it must have; 0 if nothing is said.' }),
  measure: text()
    .refine((written) => written === 'last line' || isPatternWithGroup(written), {
      error: ({ input }) =>
        `${JSON.stringify(input)} is neither "last line" nor a regular expression with one group around the figure.`,
    })
    .optional()
    .meta({ description: 'Where its figure stands: `last line`, or a regular expression with one group.' }),
  unit: text().optional().meta({ description: 'Unit of the figure, or `version`.' }),
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
    const { run, expect = 0 } = asked;
    const limit = String(Math.max(1, Math.floor(context.timeoutMs / 1000) - 2));
    const env = { ...context.env, HP_SCRIPT: run, HP_LIMIT: limit };
    const { exitCode, stdout, stderr } = await context.shell.run({ script, env });
    if (exitCode === null || exitCode === 137) {
      throw new CannotMeasure(
        `${context.subject} ended "${firstLine(run)}" by a signal, or it took longer than ${limit} s.`,
      );
    }
    const holds = exitCode === expect;
    const complaint = holds ? '' : lastLine(stderr) || lastLine(stdout);
    // What a failing script printed is no figure: it may have stopped half-way.
    const measured = holds ? readMeasured(asked, stdout, context.subject) : [];
    const found = measured.map(({ text }) => text).join(', ');
    return {
      measured: [...measured, figure('exit status', exitCode, '', `exit ${exitCode}`)],
      conditions: [{ holds, needs: `exit status ${expect}` }],
      says: found
        ? `measures ${found} by "${firstLine(run)}"`
        : `ends "${firstLine(run)}" with exit status ${exitCode}${complaint ? ` (${complaint})` : ''}`,
    };
  },
});

function quantitiesOf({ measure, unit = '', quantity }: CommandSpec): Quantity[] {
  const status = { name: 'exit status', unit: '', words: ['exit', 'status', 'code'], byName: true };
  if (measure === undefined) return [status];
  const name = quantity ?? 'measured value';
  const canonicalUnit = unit === 'version' ? unit : canonical(1, unit).unit;
  // The exit status would be a second plain number, and a rule without a name could then be about either.
  return [{ name, unit: canonicalUnit, words: [], unnamed: quantity === undefined }];
}

function readMeasured(
  { measure, unit = '', quantity }: CommandSpec,
  output: string,
  subject: string,
): Measured[] {
  if (measure === undefined) return [];
  const name = quantity ?? 'measured value';
  const found =
    measure === 'last line' ? lastLine(output) : [...output.matchAll(new RegExp(measure, 'gm'))].at(-1)?.[1];
  if (!found) {
    const where = measure === 'last line' ? 'a line' : `anything that matches ${measure}`;
    throw new CannotMeasure(`${subject} ran the script, but it printed nothing with ${where}.`);
  }
  if (unit === 'version') return [words(name, found.trim())];
  const read = readFigure(found);
  if (!read)
    throw new CannotMeasure(`${subject} ran the script, but "${found.trim().slice(0, 80)}" holds no number.`);
  const declared = canonical(read.value, unit);
  const printed = canonical(read.value, read.unit);
  // A unit in the output that is of the declared sort wins: `350 ms` stays what it is where seconds were announced.
  const { value } = read.unit !== '' && printed.unit === declared.unit ? printed : declared;
  return [figure(name, value, declared.unit)];
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
const firstLine = (source: string) =>
  lines(source)
    .find((line) => line !== '')
    ?.slice(0, 80) ?? '';
