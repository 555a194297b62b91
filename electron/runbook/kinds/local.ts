import { z } from 'zod';
import { fields } from '../../pack/index.ts';
import { authorsScript } from './authors-script.ts';
import { kindOf } from './kind.ts';

const schema = z.strictObject({
  local: fields.text().meta({ description: 'What the script does, as the step’s title.' }),
  script: fields.text().meta({ description: 'Runs once on this machine, in the folder of the pack.' }),
  shell: z.string().default('sh -eu').meta({ description: 'Interpreter and flags.' }),
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
