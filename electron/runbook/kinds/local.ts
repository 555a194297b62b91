import { z } from 'zod';
import { authorsScript } from './authors-script.ts';
import { kindOf } from './kind.ts';

const schema = z.strictObject({
  local: z.string().min(1).describe('What the script does, as the step’s title.'),
  script: z.string().min(1).describe('Runs once on this machine, in the folder of the pack.'),
  shell: z.string().default('sh -eu').describe('Interpreter and flags.'),
});
type Spec = z.infer<typeof schema>;

export const local = kindOf<Spec>({
  kind: 'local',
  style: 'script',
  where: 'laptop',
  serves: false,
  about: 'Runs a script once on this machine, in the folder of the pack.',
  schema,
  timeoutMs: 600_000,
  title: ({ local: title }) => title,
  compile: ({ script, shell }, context) => authorsScript(script, shell, context),
  undo: () => null,
  undoText: () => '',
});
