import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import {
  foldReview,
  mergeEntries,
  namespace,
  noneRevoked,
  parseAllowedSigners,
} from '../../../electron/signoff/index.ts';
import { formatRow } from '../../../scripts/support/bench-rows.ts';
import { Writer } from '../../unit/signoff/chains.ts';
import { handMadeEd25519 } from '../../unit/signoff/hand-made.ts';
import { timed } from '../figures.ts';

const count = 10_000;
const names = ['ada@example.com', 'bob@example.com', 'eve@example.com'];
const keys = names.map(() => handMadeEd25519());
const writers = names.map(
  (name, index) => new Writer(name, 'laptop', (bytes) => keys[index]?.sign(bytes, namespace) ?? ''),
);
const entries = Array.from({ length: count }, (_, index) => {
  const writer = writers[index % writers.length] ?? new Writer('');
  const entry = writer.mark(`item ${index % 500}`, index % 7 === 0 ? 'failed' : 'done');
  if (index % 50 === 0) for (const other of writers) other.see(entry);
  return entry;
});
const candidates = entries.map(({ id, bytes, armoured }) => ({ name: id, bytes, armoured }));
const allowed = names.map((name, index) => `${name} ${keys[index]?.publicKey}`).join('\n');
const trust = { signers: parseAllowedSigners(allowed).signers, revoked: noneRevoked };

/** The least that can be done: one signature verified for each entry. */
const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const signed = entries.map(({ bytes }) => ({ bytes, signature: sign(null, bytes, privateKey) }));
const bare = await timed(() => {
  for (const { bytes, signature } of signed) {
    if (!verify(null, bytes, publicKey, signature)) throw new Error('A bare signature does not verify.');
  }
});

let longestMs = 0;
let last = performance.now();
const ticking = setInterval(() => {
  const now = performance.now();
  longestMs = Math.max(longestMs, now - last);
  last = now;
}, 1);
const ours = await timed(async () => {
  const { entries: merged, refused } = await mergeEntries(new Map(), candidates, { trust, launch: 'apex@1' });
  if (merged.size !== count || refused.length > 0) throw new Error('The entries do not verify.');
  foldReview(merged.values());
});
clearInterval(ticking);
console.log(
  formatRow(
    `import of ${count} signed entries, verified and folded | bare crypto.verify`,
    ours,
    bare,
    'ms',
    3,
  ),
);
console.log(formatRow('longest wait of others meanwhile | 200 ms', longestMs, 200, 'ms', 1));
