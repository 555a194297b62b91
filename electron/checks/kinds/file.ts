import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import { formatBytes, formatDuration } from '../../../shared/units.ts';
import { fields } from '../../pack/index.ts';
import { CannotMeasure } from '../errors.ts';
import { figure, words } from '../figures.ts';
import { type CheckContext, type Condition, checkKind } from '../kind.ts';
import { fillLine } from '../line.ts';

const { duration, line, oneOrMore, text } = fields;

const fileSpec = z.strictObject({
  path: text().meta({
    description: "The path; a relative one is in the pack's folder, or in the home on a host.",
  }),
  exists: z.boolean().default(true).meta({ description: '`false`: it must not be there.' }),
  contains: oneOrMore(line())
    .default([])
    .meta({ description: 'Text that must be in it; of several, each must be.' }),
  'newer-than': duration().optional().meta({ description: 'It was written not longer ago.' }),
  sha256: z
    .string()
    .regex(/^[0-9A-Fa-f]{64}$/, 'is not a SHA-256: write its 64 hexadecimal digits.')
    .optional()
    .meta({ description: 'The digest it must have.' }),
});
type FileSpec = z.output<typeof fileSpec>;

export const file = checkKind({
  kind: 'file',
  about: "A file in the pack's folder, or on the host where `on` is given.",
  schema: z.strictObject({
    file: z.union([text().transform((path) => fileSpec.parse({ path })), fileSpec]).meta({
      description: 'The path, or the path and what must be so.',
      examples: ['model-card.md', { path: 'RELEASE_NOTES.md', contains: '0.2.0', 'newer-than': '7 d' }],
    }),
  }),
  title: ({ file: { path } }) => `file ${path}`,
  quantities: () => [
    { name: 'file size', unit: 'B', words: ['size', 'file'], byName: true },
    {
      name: 'file age',
      unit: 's',
      words: ['age', 'old', 'older', 'fresh', 'freshness', 'file'],
      byName: true,
    },
  ],
  async measure({ file: asked }, context) {
    const path = context.fill(asked.path);
    const parts = asked.contains.map((part) => fillLine(part, path, context.fill));
    const seen = context.host
      ? await lookOnHost(path, parts, asked.sha256 !== undefined, context)
      : await lookHere(resolve(context.folder, path), parts, asked.sha256 !== undefined, context);
    if (seen === null) {
      const needs = asked.exists ? 'the file' : 'no such file';
      return {
        measured: [words('file', 'not there')],
        conditions: [{ holds: !asked.exists, needs }],
        says: `has no ${path}`,
      };
    }
    const { bytes, ageMs, sha256 } = seen;
    if (bytes === null && (parts.length > 0 || asked.sha256 !== undefined)) {
      throw new CannotMeasure(
        `${path} on ${context.host ?? 'this machine'} is no file that can be looked into.`,
      );
    }
    const size = bytes === null ? 'a folder' : formatBytes(bytes);
    return {
      measured: [
        ...(bytes === null ? [] : [figure('file size', bytes, 'B')]),
        figure('file age', ageMs / 1000, 's'),
        ...(sha256 ? [words('sha256', sha256)] : []),
      ],
      conditions: conditionsOn(seen, asked, parts),
      says: `has ${path} (${size}, written ${formatDuration(Math.max(0, ageMs))} ago)`,
    };
  },
});

interface Seen {
  /** Null for a folder, which has no contents to look into. */
  bytes: number | null;
  /** By the clock of the machine the file is on. */
  ageMs: number;
  /** Only where it was asked for; empty otherwise. */
  sha256: string;
  /** Those of the asked parts that it does not contain. */
  missing: readonly string[];
}

function conditionsOn(
  { ageMs, sha256, missing }: Seen,
  asked: FileSpec,
  parts: readonly string[],
): Condition[] {
  if (!asked.exists) return [{ holds: false, needs: 'no such file' }];
  const youngMs = asked['newer-than'];
  return [
    { holds: true, needs: 'the file' },
    ...parts.map((part) => ({ holds: !missing.includes(part), needs: `"${part}" in it` })),
    ...(youngMs === undefined
      ? []
      : [{ holds: ageMs <= youngMs, needs: `not more than ${formatDuration(youngMs)} old` }]),
    ...(asked.sha256 === undefined
      ? []
      : [{ holds: sha256 === asked.sha256.toLowerCase(), needs: `SHA-256 ${asked.sha256.slice(0, 12)}…` }]),
  ];
}

async function lookHere(
  path: string,
  parts: readonly string[],
  hash: boolean,
  { subject, signal, now }: CheckContext,
): Promise<Seen | null> {
  try {
    const stats = await stat(path);
    const left = new Set(parts);
    const sha256 = createHash('sha256');
    if (stats.isFile() && (hash || parts.length > 0)) {
      // A part may lie across two chunks: the end of the last one is looked at again with the next.
      const longest = Math.max(0, ...parts.map((part) => Buffer.byteLength(part)));
      let tail = Buffer.alloc(0);
      for await (const chunk of createReadStream(path, { signal }) as AsyncIterable<Buffer>) {
        sha256.update(chunk);
        const window = Buffer.concat([tail, chunk]);
        for (const part of left) if (window.includes(part)) left.delete(part);
        tail = window.subarray(Math.max(0, window.length - longest + 1));
      }
    }
    return {
      bytes: stats.isFile() ? stats.size : null,
      ageMs: now() - stats.mtimeMs,
      sha256: hash && stats.isFile() ? sha256.digest('hex') : '',
      missing: [...left],
    };
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return null;
    throw new CannotMeasure(`${subject} cannot read ${path}: ${(error as Error).message}.`);
  }
}

/** What is asked of grep, and so the parts of the file, comes one per line in HP_PARTS. */
const script = `
case $HP_PATH in -*) HP_PATH=./$HP_PATH ;; esac
if ! [ -e "$HP_PATH" ] && ! [ -h "$HP_PATH" ]; then
  # A folder that may not be entered hides what is in it.
  case $(LC_ALL=C ls -d "$HP_PATH" 2>&1) in *[Pp]ermission*) echo "@@ unreadable" ;; *) echo "@@ gone" ;; esac
  exit 0
fi
echo "@@ changed $(stat -L -c %Y "$HP_PATH" 2>/dev/null || stat -L -f %m "$HP_PATH")"
echo "@@ now $(date +%s)"
if [ -f "$HP_PATH" ]; then
  echo "@@ bytes $(stat -L -c %s "$HP_PATH" 2>/dev/null || stat -L -f %z "$HP_PATH")"
  if [ -n "$HP_HASH$HP_PARTS" ] && ! [ -r "$HP_PATH" ]; then
    echo "@@ unreadable"
    exit 0
  fi
  if [ -n "$HP_HASH" ]; then
    echo "@@ sha256 $( (sha256sum || shasum -a 256 || openssl dgst -sha256 -r || sha256 -q) 2>/dev/null <"$HP_PATH")"
  fi
  printf '%s\\n' "$HP_PARTS" | while IFS= read -r part; do
    [ -z "$part" ] || grep -qF -e "$part" <"$HP_PATH" || printf '@@ missing %s\\n' "$part"
  done
fi
echo "@@ end"
`;

async function lookOnHost(
  path: string,
  parts: readonly string[],
  hash: boolean,
  { shell, subject }: CheckContext,
): Promise<Seen | null> {
  const env = { HP_PATH: path, HP_PARTS: parts.join('\n'), HP_HASH: hash ? 'yes' : '' };
  const { stdout, stderr } = await shell.run({ script, env });
  const one = (key: string) => new RegExp(`^@@ ${key} +(\\S+)`, 'm').exec(stdout)?.[1];
  if (/^@@ gone$/m.test(stdout)) return null;
  const [changed, now] = [Number(one('changed')), Number(one('now'))];
  if (!/^@@ end$/m.test(stdout) || !Number.isFinite(changed) || !Number.isFinite(now)) {
    const why = /^@@ unreadable$/m.test(stdout)
      ? 'permission denied'
      : stderr.trim().split('\n')[0] || 'no answer';
    throw new CannotMeasure(`${subject} cannot read ${path}: ${why}.`);
  }
  const sha256 = one('sha256') ?? '';
  if (hash && one('bytes') !== undefined && !sha256) {
    throw new CannotMeasure(
      `${subject} has no sha256sum, shasum, openssl or sha256 to hash ${path}. Install one.`,
    );
  }
  const missing = [...stdout.matchAll(/^@@ missing (.*)$/gm)].map((match) => match[1] ?? '');
  const bytes = one('bytes');
  return {
    bytes: bytes === undefined ? null : Number(bytes),
    ageMs: (now - changed) * 1000,
    sha256,
    missing,
  };
}
