import { z } from 'zod';
import { parsePython, pythonQuestion } from '../../hardware/index.ts';
import { fields } from '../../pack/index.ts';
import { CannotMeasure } from '../errors.ts';
import { words } from '../figures.ts';
import { type CheckContext, checkKind } from '../kind.ts';

const script = `
command -v "$HP_PYTHON" >/dev/null || { echo "@@ missing"; exit 0; }
exec "$HP_PYTHON" -c "$HP_QUESTION" $HP_WORDS
`;

/** Asks the interpreter that the author named what it is, and whether its PyTorch can use CUDA where that is wanted. */
export async function askPython(command: string, context: CheckContext, { cuda }: { cuda: boolean }) {
  const env = { HP_PYTHON: command, HP_QUESTION: pythonQuestion, HP_WORDS: cuda ? 'cuda' : '' };
  const { stdout, stderr } = await context.shell.run({ script, env });
  const facts = parsePython(stdout);
  if (facts.python) return facts;
  if (stdout.includes('@@ missing')) {
    throw new CannotMeasure(`${context.subject} has no ${command}. Install it, or name its full path.`);
  }
  const why = stderr.trim().split('\n').at(-1) || 'it printed nothing';
  throw new CannotMeasure(
    `${command} on ${context.host ?? 'this machine'} does not tell its version: ${why}.`,
  );
}

export const python = checkKind({
  kind: 'python',
  about: 'Version of Python.',
  schema: z.strictObject({
    python: fields.text().meta({ description: 'The command that starts it.', examples: ['python3'] }),
  }),
  title: (spec) => `version of ${spec.python}`,
  quantities: () => [{ name: 'python', unit: 'version', words: ['python3'], byName: true }],
  async measure(spec, context) {
    const { python: version } = await askPython(context.fill(spec.python), context, { cuda: false });
    return { measured: [words('python', version)], conditions: [], says: `has Python ${version}` };
  },
});
