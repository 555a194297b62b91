import { z } from 'zod';
import { fields } from '../../pack/index.ts';
import { authorsScript } from './authors-script.ts';
import { type CompileContext, kindOf, type Script } from './kind.ts';

const schema = z.strictObject({
  run: fields.text().meta({ description: 'What the script does, as the step’s title.' }),
  script: fields.text().meta({
    description: 'Runs on each host. Values are in the environment: `$VERSION`, `$ROOT`, `$RUN`, …',
  }),
  shell: z.string().default('sh -eu').meta({ description: 'Interpreter and flags.' }),
});
type Spec = z.infer<typeof schema>;

export const run = kindOf<Spec>({
  kind: 'run',
  style: 'script',
  where: 'hosts',
  serves: false,
  about: 'Runs a script on each host, detached: it goes on when the link is lost.',
  schema,
  timeoutMs: 600_000,
  title: ({ run: title }) => title,
  compile: ({ script, shell }, context: CompileContext): Script => authorsScript(script, shell, context),
  undo: () => null,
  undoText: () => '',
});
