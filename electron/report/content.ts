import { Ancestry, type SignedEntry } from '../signoff/index.ts';
import { alarm, type Block, heading, tableOr, text } from './blocks.ts';
import { entryName, refusedName } from './bundle-files.ts';
import type { AuditFacts, AuditItem, Verdicts } from './facts.ts';
import { reviewsOf } from './reviews.ts';

/** What the report of one launch says, from the most decisive on. */
export function reportOf(facts: AuditFacts, verdicts: Verdicts): Block[] {
  const keyOf = (entry: SignedEntry | undefined) => {
    const verdict = entry && verdicts.get(entry);
    return verdict?.ok ? verdict.fingerprint : 'does not verify';
  };
  const { launch, decision, reasons, writtenAt, toolVersion } = facts;
  return [
    heading(`${launch.system} ${launch.version}: ${decision === 'go' ? 'GO' : 'NO-GO'}`, 1),
    ...alarms(facts, verdicts),
    text(
      `Launch ${launch.id}${launch.mode === 'rehearsal' ? ', a rehearsal' : ''}. Written ${writtenAt.toISOString()} by Holdpoint ${toolVersion}.`,
    ),
    ...facts.notes.map(text),
    ...(reasons.length > 0 ? [heading('Why not'), { kind: 'list', items: reasons } as const] : []),
    ...signOffs(facts, keyOf),
    ...reviewsOf(facts, keyOf),
    ...exceptions(facts.items),
    heading('Runs'),
    tableOr(
      'Nothing was run.',
      ['Runbook', 'Target', 'By', 'Started', 'Ended', 'Outcome'],
      facts.runs.map(({ runbook, target, by, startedAt, endedAt, outcome, rehearsal }) => [
        runbook,
        `${target}${rehearsal ? ' (rehearsal)' : ''}`,
        by,
        startedAt,
        endedAt ?? 'not ended',
        outcome,
      ]),
    ),
    heading('Items'),
    tableOr(
      'The checklist has no items.',
      ['Item', 'Status', 'Evidence or reason', 'By', 'At'],
      facts.items.map(({ path, title, status, detail, by, at }) => [
        [...path, title].join(' > '),
        status,
        detail,
        by,
        at ?? '',
      ]),
    ),
    heading('Timeline'),
    tableOr(
      'Nothing is recorded.',
      ['At', 'By', 'What'],
      facts.timeline.map(({ at, author, text: what }) => [at, author, what]),
    ),
    ...howToVerify(),
  ];
}

function alarms({ entries, refused: uncounted }: AuditFacts, verdicts: Verdicts): Block[] {
  const notCounted = uncounted.map(({ entry, message }) =>
    alarm(`${refusedName(entry)} does not count: ${message}`),
  );
  const refused = entries.flatMap((entry, index) => {
    const verdict = verdicts.get(entry);
    return !verdict || verdict.ok
      ? []
      : [alarm(`${entryName(entry, index)} does not verify: ${verdict.message}`)];
  });
  const forks = new Ancestry(entries).forks.map(({ author, device, seq }) =>
    alarm(
      `${author} signed two different entries as number ${seq} of ${device}: two histories of one person.`,
    ),
  );
  return [...notCounted, ...refused, ...forks];
}

function signOffs(
  { standings, entries, unsigned }: AuditFacts,
  keyOf: (entry: SignedEntry | undefined) => string,
): Block[] {
  const files = new Map(entries.map((entry, index) => [entry.id, { entry, name: entryName(entry, index) }]));
  const rows = standings.flatMap(({ title, verdict, lacks, answers }) =>
    answers.length === 0
      ? [[title, verdict, '', '', '', '', lacks]]
      : answers.map(({ id, author, answer, condition, claimedAt, lacks: lacking }) => [
          title,
          verdict,
          `${answer}${condition && `: ${condition}`}`,
          author,
          claimedAt,
          `${keyOf(files.get(id)?.entry)} ${files.get(id)?.name ?? ''}`,
          lacking,
        ]),
  );
  const differences = standings.flatMap(({ title, answers }) =>
    answers.flatMap(({ author, differences: changed }) =>
      changed.map((one) => `${title}, since ${author} answered: ${one.text}`),
    ),
  );
  return [
    heading('Sign-offs'),
    tableOr(
      'No role has to answer.',
      ['Role', 'Says', 'Answer', 'By', 'Claimed time', 'Key and entry', 'Why it does not count'],
      rows,
    ),
    ...(unsigned.length > 0
      ? [
          heading('Answers without a signature'),
          tableOr(
            '',
            ['Role', 'Answer', 'By', 'At'],
            unsigned.map(({ title, answer, condition, by, at }) => [
              title,
              `${answer}${condition && `: ${condition}`}`,
              by,
              at,
            ]),
          ),
        ]
      : []),
    ...(differences.length > 0
      ? [heading('Changed since an answer'), { kind: 'list', items: differences } as const]
      : []),
  ];
}

function exceptions(items: readonly AuditItem[]): Block[] {
  const rows = items.flatMap(({ path, title, status, detail, by, at, override }) => {
    const item = [...path, title].join(' > ');
    if (override) return [[item, 'overridden', override.reason, override.by, override.at]];
    return status === 'waived' ? [[item, 'waived', detail, by, at ?? '']] : [];
  });
  return [heading('Overrides and waivers'), tableOr('None.', ['Item', 'What', 'Reason', 'By', 'At'], rows)];
}

function howToVerify(): Block[] {
  return [
    heading('How to verify'),
    text(
      'verify.sh (verify.cmd on Windows) checks every file against SHA256SUMS and every signature with ssh-keygen. The program is not needed for it. `holdpoint verify` says the same and more: whether entries are missing, and what each signature was about.',
    ),
    { kind: 'code', text: 'sh verify.sh' },
    text(
      'A signature proves that the holder of the key stated this answer about exactly the documents whose SHA-256 is in the entry; they are the files in seen/. Files that a review carries are in attachments/ under the SHA-256 that the entry names. It does not prove the time: that is the clock of the signer, and a key counts as it was at that time. It does not prove that the person looked, nor that a security key was touched; `holdpoint verify` reads that. This report itself is not signed: who needs it unchanged keeps the SHA-256 of SHA256SUMS somewhere else.',
    ),
  ];
}
