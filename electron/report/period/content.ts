import { type Block, heading, tableOr, text } from '../blocks.ts';
import { approvalOf, type Deployment, isEmergency, type PeriodFacts, type PeriodLaunch } from './facts.ts';

/** What the index of a period says: first all launches in one table, then each with its people and times. */
export function indexOf(facts: PeriodFacts, folders: readonly string[]): Block[] {
  const { launches, writtenAt, toolVersion, device } = facts;
  const emergencies = launches.filter(({ deployments }) => deployments.some(isEmergency));
  return [
    heading(`All launches, ${periodOf(facts)}`, 1),
    text(
      `${launches.length} launches, ${launches.filter(isRehearsal).length} of them rehearsals. Written ${writtenAt.toISOString()} by Holdpoint ${toolVersion} from the journal of device ${device} alone. Times without another word are of that machine.`,
    ),
    ...emergencies.map(
      ({ facts: { launch } }): Block => ({
        kind: 'alarm',
        text: `${launch.system} ${launch.version} was deployed although not everybody had said go, or the board was against it.`,
      }),
    ),
    tableOr(
      'Nothing was launched.',
      [
        'Launch',
        'Kind',
        'Decision',
        'Outcome',
        'Approved by',
        'Deployed by',
        'Approval',
        'Overrides',
        'Bundle',
      ],
      launches.map((launch, index) => overviewRow(launch, folders[index] ?? '')),
    ),
    ...launches.flatMap((launch, index) => launchBlocks(launch, folders[index] ?? '')),
    heading('How to verify'),
    text(
      'verify.sh (verify.cmd on Windows) checks every file here against SHA256SUMS and every signature of every launch with ssh-keygen. The folder of a launch is an audit bundle of its own, with its own script. `holdpoint verify` says the same and more. This index itself is not signed: who needs it unchanged keeps the SHA-256 of SHA256SUMS somewhere else.',
    ),
    { kind: 'code', text: 'sh verify.sh' },
  ];
}

export function periodOf({ from, to }: Pick<PeriodFacts, 'from' | 'to'>): string {
  if (from === null) return to === null ? 'from the first on' : `up to ${to}`;
  return to === null ? `from ${from} on` : `from ${from} to ${to}`;
}

function overviewRow(launch: PeriodLaunch, folder: string): string[] {
  const { facts, outcome, answers, deployments, overrides } = launch;
  const said = answers.filter(({ over, answer }) => over === '' && answer.startsWith('go'));
  return [
    `${facts.launch.system} ${facts.launch.version}`,
    [
      isRehearsal(launch) ? 'REHEARSAL' : 'live',
      ...(deployments.some(isEmergency) ? ['EMERGENCY'] : []),
    ].join(', '),
    facts.decision === 'go' ? 'GO' : 'NO-GO',
    outcome,
    unique(said.map(({ by }) => by)) || 'nobody',
    unique(deployments.map(({ by }) => by)) || 'nobody',
    unique(deployments.map((one) => `${approvalOf(one)}${one.rehearsal ? ' (rehearsal)' : ''}`)) ||
      'no deployment',
    String(overrides.length),
    folder,
  ];
}

function launchBlocks(launch: PeriodLaunch, folder: string): Block[] {
  const { facts, answers, deployments, overrides, decided, first, last, pack } = launch;
  const { system, version, id } = facts.launch;
  const rehearsal = isRehearsal(launch) ? ' (REHEARSAL)' : '';
  return [
    heading(
      `${system} ${version}${rehearsal}: ${facts.decision === 'go' ? 'GO' : 'NO-GO'}, ${launch.outcome}`,
    ),
    text(
      `Launch ${id}. Entries from ${first} to ${last}. ${packWords(pack)} The decision is that of ${basisWords(decided)}. Its bundle is ${folder}.`,
    ),
    ...(facts.reasons.length > 0 ? [{ kind: 'list', items: facts.reasons } as const] : []),
    tableOr(
      'Nobody answered.',
      ['Role', 'Answer', 'By', 'In the journal', "By the signer's clock", 'Since'],
      answers.map(({ title, answer, condition, by, at, claimedAt, over }) => [
        title,
        `${answer}${condition && `: ${condition}`}`,
        by,
        at,
        claimedAt ?? 'not signed',
        over || 'stands',
      ]),
    ),
    tableOr(
      'Nothing was deployed.',
      ['Run', 'Target', 'Deployed by', 'Approved', 'Started', 'Ended', 'Board at the start', 'Approval'],
      deployments.map(deploymentRow),
    ),
    tableOr(
      'Nothing was overridden.',
      ['Override', 'By', 'At', 'Reason', 'Withdrawn'],
      overrides.map(({ title, by, at, reason, withdrawnAt }) => [title, by, at, reason, withdrawnAt ?? 'no']),
    ),
  ];
}

function deploymentRow(deployment: Deployment): string[] {
  const {
    number,
    runbook,
    target,
    rehearsal,
    by,
    approvedAt,
    startedAt,
    endedAt,
    state,
    rolledBackAt,
    board,
  } = deployment;
  const { lacking } = deployment;
  return [
    `${number}: ${runbook}${isEmergency(deployment) ? ', EMERGENCY' : ''}`,
    `${target}${rehearsal ? ' (rehearsal)' : ''}`,
    by,
    approvedAt ?? 'never',
    startedAt,
    [endedAt ?? 'not ended', state ?? '', rolledBackAt ? `rolled back ${rolledBackAt}` : '']
      .filter(Boolean)
      .join(', '),
    board ? boardWords(board) : 'not recorded',
    [approvalOf(deployment), ...lacking].join('; '),
  ];
}

function boardWords({ decision, reasons, of }: NonNullable<Deployment['board']>): string {
  if (decision === 'go') return 'GO';
  const more = of > reasons.length ? ` and ${of - reasons.length} more` : '';
  return `NO-GO: ${reasons.join('; ')}${more}`;
}

function packWords(pack: PeriodLaunch['pack']): string {
  if (!pack) return 'The journal does not say where its pack was.';
  return pack.there
    ? `Its pack is ${pack.folder}.`
    : `Its pack is gone: it was ${pack.folder}. What follows is what the journal kept.`;
}

function basisWords({ at, basis }: PeriodLaunch['decided']): string {
  if (basis === 'answers') return 'the answers: what the board said is not recorded';
  return basis === 'last board'
    ? `the board as it was last recorded, ${at}`
    : `the board when the last deployment was started, ${at}`;
}

export const isRehearsal = ({ facts }: PeriodLaunch) => facts.launch.mode === 'rehearsal';

const unique = (words: readonly string[]) => [...new Set(words)].join(', ');
