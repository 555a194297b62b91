import { z } from 'zod';
import { fields } from '../../pack/index.ts';
import type { ReleaseRecord } from '../survey.ts';
import { fillPlain } from '../text.ts';
import { type CompileContext, kindOf, ownScript, type Script } from './kind.ts';

const schema = z.strictObject({
  release: z.strictObject({
    from: fields
      .reference('need')
      .meta({ description: 'The needed file (a tar.gz) that an `upload` before has brought.' }),
    into: fields.text().meta({ description: 'The folder that holds a folder for each release.' }),
    keep: z
      .number()
      .int()
      .min(2)
      .default(5)
      .meta({ description: 'How many releases stay on the host after a good run.' }),
  }),
});
export type ReleaseSpec = z.infer<typeof schema>;

/** Unpacks beside its place and renames at the end: a release folder is whole or not there. */
const unpack = `
release=$HP_INTO/$HP_RELEASE
part=$HP_INTO/.$HP_RELEASE.part
if [ -e "$release" ]; then echo "$release exists already"; exit 1; fi
mkdir -p "$HP_INTO/.holdpoint"
rm -rf -- "$part"
mkdir -- "$part"
gzip -dc -- "$HP_ARCHIVE" | tar -xf - -C "$part"
record=$HP_INTO/.holdpoint/$HP_RELEASE.json
printf '%s,"at":"%s"}\\n' "$HP_RECORD" "$(date -u +%Y-%m-%dT%H:%M:%SZ)" >"$record.part"
mv -f -- "$record.part" "$record"
mv -- "$part" "$release"
sync -- "$record" 2>/dev/null || sync
echo "unpacked into $release"
`;

/** Writes how the run ended into the release's record; after a good one, removes the oldest releases beyond `keep`. */
const seal = `
record=$HP_INTO/.holdpoint/$HP_RELEASE.json
if [ ! -e "$record" ]; then echo "this run made no release here"; exit 0; fi
printf '%s,"at":"%s"}\\n' "$HP_RECORD" "$(date -u +%Y-%m-%dT%H:%M:%SZ)" >"$record.part"
mv -f -- "$record.part" "$record"
echo "$HP_RELEASE is recorded as $HP_OUTCOME"
[ "$HP_OUTCOME" = good ] || exit 0
current=$(basename -- "$(readlink -- "$HP_LINK" || echo none)")
count=0
ls -1t "$HP_INTO/.holdpoint" | while IFS= read -r file; do
  name=\${file%.json}
  [ "$name.json" = "$file" ] && [ -d "$HP_INTO/$name" ] || continue
  count=$((count + 1))
  [ "$count" -gt "$HP_KEEP" ] || continue
  [ "$name" != "$current" ] && [ "$name" != "$HP_PREVIOUS" ] || continue
  rm -rf -- "$HP_INTO/$name"
  rm -f -- "$HP_INTO/.holdpoint/$file"
  echo "removed the old release $name"
done
`;

export const release = kindOf<ReleaseSpec>({
  kind: 'release',
  style: 'script',
  where: 'hosts',
  serves: false,
  about: 'Unpacks an uploaded tar.gz into a new release folder, beside the ones that are there.',
  schema,
  timeoutMs: 600_000,
  title: (_spec, { known }) => `Unpack release ${known.version ?? ''}`.trim(),
  compile: ({ release: spec }, context) =>
    ownScript(unpack, {
      ...releaseEnvironment(spec, context),
      HP_ARCHIVE: context.uploads[spec.from] ?? '',
      HP_RECORD: recordOf(spec, context, 'pending'),
    }),
  undo: () => null,
  undoText: () => 'leaves the unpacked folder; nothing points to it',
});

/** Records on a host how the run that made the release ended. */
export function sealScript(
  spec: ReleaseSpec['release'],
  context: CompileContext,
  outcome: 'good' | 'bad',
  link: string,
): Script {
  return ownScript(seal, {
    ...releaseEnvironment(spec, context),
    HP_RECORD: recordOf(spec, context, outcome),
    HP_OUTCOME: outcome,
    HP_KEEP: String(spec.keep),
    HP_LINK: link,
    HP_PREVIOUS: context.values.known.previous ?? '',
  });
}

/** Records on a host that the release it served was left by a rollback. */
export function condemnScript(
  { present: _, at: __, ...record }: ReleaseRecord,
  context: CompileContext,
): Script {
  return ownScript(seal, {
    HP_INTO: context.releasesFolder,
    HP_RELEASE: record.release,
    HP_RECORD: JSON.stringify({ ...record, outcome: 'bad' }).slice(0, -1),
    HP_OUTCOME: 'bad',
    HP_KEEP: '0',
    HP_LINK: '',
    HP_PREVIOUS: '',
  });
}

function releaseEnvironment(
  spec: ReleaseSpec['release'],
  { values }: CompileContext,
): Record<string, string> {
  return { HP_INTO: fillPlain(spec.into, values), HP_RELEASE: values.known.release ?? '' };
}

/** The record without its closing brace: the script adds the host's own time. */
function recordOf(
  spec: ReleaseSpec['release'],
  { run, by, values, needs }: CompileContext,
  outcome: string,
): string {
  const { release: name, version } = values.known;
  return JSON.stringify({
    release: name,
    version,
    sha256: needs[spec.from]?.sha256 ?? '',
    run,
    by,
    outcome,
  }).slice(0, -1);
}
