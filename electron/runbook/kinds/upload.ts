import { posix } from 'node:path';
import { z } from 'zod';
import { formatBytes } from '../../../shared/units.ts';
import { fields } from '../../pack/index.ts';
import { fillPlain, type Values } from '../text.ts';
import { kindOf, type NeededFile } from './kind.ts';

const schema = z.strictObject({
  upload: z
    .record(fields.reference('need'), fields.text())
    .refine((map) => Object.keys(map).length === 1, 'names one needed file and where it goes')
    .meta({
      description:
        'A needed file and the folder (ending with /) or path it goes to: `bundle: "{root}/incoming/"`.',
    }),
});
export type UploadSpec = z.infer<typeof schema>;

export const upload = kindOf<UploadSpec>({
  kind: 'upload',
  style: 'act',
  where: 'hosts',
  about:
    'Sends a needed file to each host and verifies its SHA-256 there. A file that is there already is not sent again.',
  schema,
  timeoutMs: 3_600_000,
  title: ({ upload: spec }) => `Upload ${Object.keys(spec)[0]}`,
  act: async (spec, { host, needs, values, abilities, log }) => {
    const { name, path } = destination(spec, needs, values);
    const file = needs[name];
    if (!file) return { ok: false, outcome: `"${name}" is not among the runbook's needs` };
    log(`${file.path} (${formatBytes(file.bytes)}, SHA-256 ${file.sha256}) to ${host}:${path}`);
    let tenth = 0;
    const sent = await abilities.upload(host, file.path, path, (bytes, of) => {
      const now = Math.floor((bytes / Math.max(of, 1)) * 10);
      if (now > tenth) log(`${formatBytes(bytes)} of ${formatBytes(of)}`);
      tenth = Math.max(tenth, now);
    });
    if (sent.sha256 !== file.sha256) {
      return {
        ok: false,
        outcome: `${file.path} has changed since the plan was made: SHA-256 ${sent.sha256} instead of ${file.sha256}. Plan the run again.`,
      };
    }
    return {
      ok: true,
      outcome: sent.skipped
        ? 'it was there already, digest equal'
        : `${formatBytes(sent.bytes)}, digest verified`,
    };
  },
});

/** Which needed file an `upload` sends, and its full path on the hosts. */
export function destination(
  { upload: spec }: UploadSpec,
  needs: Readonly<Record<string, NeededFile>>,
  values: Values,
): { name: string; path: string } {
  const [name = '', to = ''] = Object.entries(spec)[0] ?? [];
  const filled = fillPlain(to, values);
  const fileName = (needs[name]?.path ?? name).split(/[\\/]/).at(-1) ?? name;
  return { name, path: filled.endsWith('/') ? posix.join(filled, fileName) : filled };
}
