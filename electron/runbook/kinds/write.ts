import { z } from 'zod';
import { fields } from '../../pack/index.ts';
import { fill, fillPlain } from '../text.ts';
import { kindOf, ownScript } from './kind.ts';

const schema = z.strictObject({
  write: z
    .strictObject({
      file: fields.text().meta({ description: 'Path on the host.' }),
      from: fields
        .reference('file')
        .optional()
        .meta({ description: 'A template in the pack’s folder; `{name}` is filled in, secrets too.' }),
      content: z.string().optional().meta({ description: 'The content itself, instead of `from`.' }),
      mode: z
        .string()
        .regex(/^[0-7]{3,4}$/, 'must be an octal mode such as "600"')
        .default('644')
        .meta({ description: 'Permissions of the file, in quotes.' }),
    })
    .refine(
      ({ from, content }) => (from === undefined) !== (content === undefined),
      'needs either `from` or `content`',
    ),
});
type Spec = z.infer<typeof schema>;

/** The content comes by the environment, so it never stands in a process list or in a file of its own. */
const write = `
umask 077
mkdir -p -- "$(dirname -- "$HP_FILE")"
if [ -e "$HP_FILE" ]; then cp -p -- "$HP_FILE" "$HP_FILE.before-$HP_RUN"; fi
part=$HP_FILE.part-$HP_RUN
printf '%s' "$HP_CONTENT" >"$part"
chmod "$HP_MODE" "$part"
mv -f -- "$part" "$HP_FILE"
echo "wrote $HP_FILE, mode $HP_MODE"
`;

const putBack = `
before=$HP_FILE.before-$HP_RUN
if [ -e "$before" ]; then
  mv -f -- "$before" "$HP_FILE"
  echo "put $HP_FILE back as it was"
else
  echo "$HP_FILE was not there before; left as it is"
fi
`;

/** Linux takes at most 128 KiB in one environment value. */
const largestContent = 100_000;

export const writeFile = kindOf<Spec>({
  kind: 'write',
  style: 'script',
  where: 'hosts',
  serves: false,
  about: 'Writes a file from a template, replacing it in one atomic step and keeping the one before.',
  schema,
  timeoutMs: 60_000,
  title: ({ write: { file } }, values) => `Write ${fillPlain(file, values).split('/').at(-1)}`,
  compile: ({ write: spec }, { values, run, template }) => {
    const content = fill(spec.content ?? template(spec.from ?? ''), values);
    const length = content.reduce((sum, part) => sum + (typeof part === 'string' ? part.length : 0), 0);
    if (length > largestContent) {
      throw new Error(
        `${spec.from ?? 'The content'} has ${length} characters; a written file may have ${largestContent}. Upload it instead.`,
      );
    }
    return ownScript(write, {
      HP_FILE: fillPlain(spec.file, values),
      HP_CONTENT: content,
      HP_MODE: spec.mode,
      HP_RUN: run,
    });
  },
  undo: ({ write: spec }, { values, run }) =>
    ownScript(putBack, { HP_FILE: fillPlain(spec.file, values), HP_RUN: run }),
  undoText: ({ write: { file } }, values) => `puts ${fillPlain(file, values)} back as it was`,
});
