import type { AuditFacts } from '../../../electron/report/index.ts';
import {
  digestOf,
  noneRevoked,
  parseAllowedSigners,
  type Sight,
  type SignedEntry,
  standingsOf,
  subjectsFor,
} from '../../../electron/signoff/index.ts';
import { Writer } from '../../unit/signoff/chains.ts';
import { sightOf } from '../../unit/signoff/launch.ts';
import type { Oracle } from './oracle.ts';

const people = [
  ['ada@example.com', 'ed25519', undefined],
  ['bob@example.com', 'ecdsa', 256],
  ['eve@example.com', 'rsa', 2048],
] as const;

/** A launch that three people signed with keys of three types, as an audit bundle is written from it. */
export function auditLaunch(oracle: Oracle): AuditFacts & { writers: Writer[]; sight: Sight } {
  const allowed = people
    .map(([name, type, bits]) => `${name} namespaces="holdpoint-*" ${oracle.makeKey(name, type, bits)}\n`)
    .join('');
  const writers = people.map(([name]) => {
    return new Writer(name, 'laptop', (bytes, author) => oracle.sign(author, bytes, 'holdpoint-signoff'));
  });
  const [ada, bob, eve] = writers as [Writer, Writer, Writer];
  const sight = sightOf();
  const plot = Buffer.from('a plot of the drift\n');
  const attached = { item: 'drift', name: 'plot.svg', sha256: digestOf(plot), bytes: plot.length };
  const review = ada.mark('drift', 'done', '', [attached]);
  const entries: SignedEntry[] = [review, ada.answer('ml-engineer', 'go', sight, new Set(['s-model']))];
  entries.push(bob.see(...entries).answer('devops', 'go', sight, new Set(['s-ops'])));
  entries.push(eve.see(...entries).answer('lead', 'go', sight));
  const seen = [new Set(['s-model']), new Set(['s-ops']), null].flatMap((sections) =>
    subjectsFor(sight, sections).map(({ bytes }) => bytes),
  );
  const documents = new Map([...seen, plot].map((bytes) => [digestOf(bytes), bytes]));
  const policyOf = (role: string, sections: ReadonlySet<string> | null) => ({
    ...{ role, title: role, signers: ['*'], approvals: 1, deployerMaySign: true, notAlso: [], sections },
    silentFrom: null,
  });
  const trust = { signers: parseAllowedSigners(allowed).signers, revoked: noneRevoked };
  const at = new Date('2026-11-24T10:00:00Z');
  return {
    writers,
    sight,
    launch: { id: 'apex@1', system: 'APEX & <Ranker>', version: '1', mode: 'live' },
    writtenAt: at,
    toolVersion: '0.1.0',
    decision: 'go',
    reasons: [],
    notes: [],
    unsigned: [],
    standings: standingsOf({
      policies: [
        policyOf('ml-engineer', new Set(['s-model'])),
        policyOf('devops', new Set(['s-ops'])),
        policyOf('lead', null),
      ],
      ...{ entries, sight, at, deployers: new Set<string>() },
      documents: (digest) => documents.get(digest) ?? null,
    }),
    items: sight.items.map(({ id, title, status, reason }) => ({
      ...{
        id,
        path: ['Launch'],
        title,
        status,
        detail: reason,
        by: 'ada@example.com',
        at: null,
        override: null,
      },
    })),
    runs: [
      {
        ...{
          runbook: 'deploy',
          target: 'production',
          by: 'bob@example.com',
          startedAt: '2026-11-24T09:30:00Z',
        },
        ...{ endedAt: '2026-11-24T09:50:00Z', outcome: 'good', rehearsal: false },
      },
    ],
    timeline: [{ at: '2026-11-24T09:00:00Z', author: 'Ada', text: 'Answered go' }],
    entries,
    refused: [],
    documents: (digest) => documents.get(digest) ?? null,
    trust,
    allowedSigners: Buffer.from(allowed),
    revokedKeys: Buffer.from('# none\n'),
  };
}
