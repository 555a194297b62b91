import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ReviewFileView } from '../../../shared/contract/signoff.ts';
import { formatBytes } from '../../../shared/units.ts';
import { digestOf, objectionToName } from '../../signoff/index.ts';
import type { OpenLaunch } from '../open-launch.ts';
import { CopyError } from './errors.ts';
import { type Manifest, manifestFile, recordsFile } from './manifest.ts';
import { recordsOf, writeRecords } from './records.ts';

/** A file of the pack above this stays at home; its SHA-256 goes with the others. */
const largestFile = 8 * 1024 * 1024;
/** Files that count although `launch.yaml` does not name them. */
const alsoRead = ['allowed_signers', 'revoked_keys', 'README.md'];

export interface WrittenReview {
  files: Map<string, Buffer>;
  leftOut: ReviewFileView['leftOut'];
}

/**
 * The one file that a reviewer needs: the pack, what is known of its items now, and all that was signed. Of the pack
 * go the files that it names itself; a folder of models or data does not.
 * @throws CopyError where the pack has mistakes now
 */
export async function writeReview(
  launch: OpenLaunch,
  { by, now, exchange }: { by: string; now: Date; exchange: ReadonlyMap<string, Buffer> },
): Promise<WrittenReview> {
  const [problem] = await launch.refresh();
  if (problem)
    throw new CopyError(
      `The pack has mistakes: ${problem.file}:${problem.line} ${problem.message} Mend them first.`,
    );
  const { id, system, version, mode } = launch.describe();
  const { copy } = launch;
  const { files: carried, leftOut } = packFiles(launch);
  const records = writeRecords(recordsOf(launch.records, id));
  const files = new Map(exchange);
  for (const { at, bytes } of carried) files.set(at, bytes);
  files.set(recordsFile, records);
  const manifest: Manifest = {
    format: 'holdpoint-review-1',
    ...{ launch: id, system, version, mode },
    writtenAt: copy?.manifest.writtenAt ?? now.toISOString(),
    by: copy?.manifest.by ?? by,
    files: carried.map(({ name, at, bytes }) => ({ name, at, sha256: digestOf(bytes), bytes: bytes.length })),
    leftOut,
    records: digestOf(records),
  };
  files.set(manifestFile, Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
  return {
    files: new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1))),
    leftOut: leftOut.map(({ name, bytes }) => ({
      name,
      why: `It has ${formatBytes(bytes)}; a file of more than ${formatBytes(largestFile)} stays here, and its SHA-256 goes.`,
    })),
  };
}

interface CarriedFile {
  name: string;
  at: string;
  bytes: Buffer;
}

function packFiles({ folder, digests, copy }: OpenLaunch): {
  files: CarriedFile[];
  leftOut: Manifest['leftOut'];
} {
  const alreadyOut = copy?.manifest.leftOut ?? [];
  const out = [...alreadyOut];
  const files: CarriedFile[] = [];
  const names = new Set([
    ...Object.keys(digests),
    ...alsoRead.filter((name) => existsSync(join(folder, name))),
  ]);
  for (const name of [...names].sort()) {
    if (alreadyOut.some((one) => one.name === name)) continue;
    const { size } = statSync(join(folder, name));
    if (size > largestFile) {
      out.push({ name, sha256: digests[name] ?? '', bytes: size });
      continue;
    }
    const bytes = readFileSync(join(folder, name));
    // A zip's names are those that every system knows; the manifest has the file's own.
    const at = objectionToName(name) === null ? `pack/${name}` : `pack/${digestOf(bytes)}`;
    files.push({ name, at, bytes });
  }
  return { files, leftOut: out };
}
