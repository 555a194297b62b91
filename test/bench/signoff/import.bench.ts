import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { openBlobs, openJournal } from '../../../electron/journal/index.ts';
import {
  createSignoffs,
  namespace,
  readBundleFilesInTurns,
  readTrust,
  signoffProjection,
  writeZip,
} from '../../../electron/signoff/index.ts';
import { formatRow } from '../../../scripts/support/bench-rows.ts';
import { Writer } from '../../unit/signoff/chains.ts';
import { handMadeEd25519 } from '../../unit/signoff/hand-made.ts';
import { sightOf } from '../../unit/signoff/launch.ts';
import { timed } from '../figures.ts';

const count = 10_000;
const key = handMadeEd25519();
const ada = new Writer('ada@example.com', 'laptop', (bytes) => key.sign(bytes, namespace));
const files = new Map<string, Buffer>();
for (let index = 0; index < count; index += 1) {
  const { bytes, armoured } = ada.mark(`item ${index % 500}`, index % 7 === 0 ? 'failed' : 'done');
  const name = `entries/ada@example.com+laptop/${String(index + 1).padStart(6, '0')}.json`;
  files.set(name, bytes).set(`${name}.sig`, Buffer.from(armoured));
}
const work = mkdtempSync(join(tmpdir(), 'holdpoint-bench-'));
const zip = join(work, 'review.zip');
writeFileSync(zip, writeZip(files));

const journal = openJournal(join(work, 'data'), { projections: [signoffProjection] });
try {
  const trust = readTrust(Buffer.from(`ada@example.com ${key.publicKey}\n`), Buffer.of());
  const signoffs = createSignoffs({
    ...{ journal, blobs: openBlobs(join(work, 'blobs')), launch: 'apex@1', trust: () => trust },
    ...{ policies: () => [], sight: sightOf, deployers: () => new Set(), now: () => new Date() },
  });
  let longestMs = 0;
  let last = performance.now();
  const tick = () => {
    const now = performance.now();
    longestMs = Math.max(longestMs, now - last);
    last = now;
  };
  const ticking = setInterval(tick, 1);
  const { added } = await signoffs.importFiles('Ada', await readBundleFilesInTurns(zip), { keep: true });
  signoffs.review();
  tick();
  clearInterval(ticking);
  if (added.length !== count) throw new Error('Not every entry was taken in.');
  // A tenth of the entries, each verified by the bare primitive: a wait that nobody at a window minds.
  const message = Buffer.alloc(1_000, 1);
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const signature = sign(null, message, privateKey);
  const bare = await timed(() => {
    for (let index = 0; index < count / 10; index += 1) verify(null, message, publicKey, signature);
  });
  const name = `longest wait of others while a zip of ${count} entries is read, verified and kept | ${count / 10} bare crypto.verify`;
  console.log(formatRow(name, longestMs, bare, 'ms', 1));
} finally {
  journal.close();
  rmSync(work, { recursive: true, force: true });
}
