import type { TimelineRow } from '../../../shared/contract/journal.ts';
import type { FakeOptions } from './fake/client.ts';
import type { WorldState } from './fake/world.ts';
import {
  computed,
  computing,
  nothingComputed,
  overfullCompute,
  troubledCompute,
} from './fixtures/compute/jobs.ts';
import { factsOf, hosts, troubledHosts } from './fixtures/hosts.ts';
import { buildList } from './fixtures/items.ts';
import { launchOf, roles, targets } from './fixtures/launch.ts';
import { ago, day, hour, minute } from './fixtures/moments.ts';
import { overfullSections } from './fixtures/overfull.ts';
import { goCriteria, noGoCriteria, ranker } from './fixtures/ranker.ts';
import { history, runOf, runs } from './fixtures/runs.ts';
import {
  nothingSigned,
  overfullSignoffs,
  pinsOn,
  signed,
  toSign,
  troubledSignoffs,
} from './fixtures/signoffs.ts';

export interface Scenario {
  state: () => WorldState;
  options?: FakeOptions;
}

const texts: [string, string, TimelineRow['link']][] = [
  [
    'run.step',
    'Deploy to production: step 8 Restart the service ended on prd-1 in 3.1 s',
    { to: 'run', run: 'r37' },
  ],
  ['check.run', 'Latency under load: p95 3.1 s, p99 not resolvable, n = 212', { to: 'item', item: 'i12' }],
  ['item.mark', 'Dependencies installed: done', { to: 'item', item: 'i14' }],
  ['role.answer', 'ML Engineer answered go', { to: 'role', role: 'ml-engineer' }],
  ['clock.hold', 'Clock held: the backup window has moved', null],
  ['run.release', 'DevOps released the hold after the first batch', { to: 'run', run: 'r36' }],
  [
    'item.note',
    'Note on Backups scheduled: the bucket exists, rights are missing',
    { to: 'item', item: 'i16' },
  ],
  ['launch.opened', 'Opened the pack: 3 files, no problems', null],
  ['trial.recorded', 'Backtest of panel.csv by backtest.yaml on panel.csv: Sharpe 0.93', null],
  ['model.seen', 'Ran ranker 0.2.0 (9c1e77ab0f4d)', null],
];

function journalOf(count: number): TimelineRow[] {
  return Array.from({ length: count }, (_, index) => {
    const seq = count - index;
    const [kind, text, link] = texts[seq % texts.length] ?? ['launch.opened', '', null];
    return {
      device: '9f3c',
      seq,
      at: ago(index * 7 * minute),
      author: ['devops', 'ml-engineer', 'backend'][seq % 3] ?? 'devops',
      kind,
      text,
      group: kind.split('.')[0] ?? kind,
      hash: (seq * 7919).toString(16).padStart(64, '9c1e77ab'),
      link,
    };
  });
}

const findings: WorldState['findings'] = [
  {
    code: 'contradiction',
    line: 38,
    column: 3,
    message: 'The smallest position is 2 % here and 1.5 % in the code block below.',
    also: [{ line: 33, column: 5, text: 'min_position: 0.015' }],
    item: 'i6',
  },
  {
    code: 'contradiction',
    line: 39,
    column: 3,
    message: 'The turnover limit is 35 % here and 20 % in the code block below.',
    also: [{ line: 34, column: 5, text: 'max_turnover: 0.20' }],
    item: 'i7',
  },
  {
    code: 'contradiction',
    line: 88,
    column: 5,
    message: 'The health endpoint is /healthz here and /health in the runbook.',
    also: [
      { line: 151, column: 9, text: 'curl http://api:8000/health' },
      { line: 12, column: 7, text: 'runbooks/deploy.yaml' },
    ],
    item: 'i41',
  },
  {
    code: 'ticked-parent-open-child',
    line: 46,
    column: 1,
    message: '“Prometheus deployed” is ticked, but 2 boxes below it are open.',
    also: [],
    item: 'i28',
  },
  {
    code: 'not-a-box',
    line: 97,
    column: 1,
    message: '“[] Backups tested” reads as a box, but is none: a space is missing between the brackets.',
    also: [],
    item: null,
  },
];

const answers: WorldState['answers'] = {
  'ml-engineer': { value: 'go', condition: '', by: 'ml-engineer', at: ago(33 * minute), signed: false },
  'backend-engineer': {
    value: 'go-with-condition',
    condition: 'the error rate stays under 1 % in the first hour',
    by: 'backend',
    at: ago(22 * minute),
    signed: false,
  },
  devops: { value: 'go', condition: '', by: 'devops', at: ago(2 * hour), signed: false },
};

const sandboxHosts = (running: boolean): WorldState['sandbox']['hosts'] =>
  ['stg-1', 'prd-1', 'prd-2'].map((host, index) => ({
    host,
    port: 40_221 + index,
    home: `/data/sandbox/${host}`,
    running,
    serves: running ? 'apex-ranker 0.1.9' : '',
    services: [{ system: 'apex-ranker', port: 41_221 + index, serves: running ? '0.1.9' : '' }],
    fault: 'none',
    faultVersion: '',
  }));

function real(change: Partial<WorldState> = {}): WorldState {
  return {
    launch: launchOf('live'),
    list: buildList(ranker),
    findings,
    unmatched: [],
    notWritten: null,
    answers: { ...answers },
    emptyContacts: [
      'DevOps: phone',
      'Engineering Manager: phone',
      'Engineering Manager: e-mail',
      'Cloud provider: link',
    ],
    runs: [...history],
    hosts,
    sandbox: { state: 'stopped', problem: '', folder: '/data/sandbox', hosts: sandboxHosts(false) },
    settings: { name: 'devops', theme: themeFromAddress() },
    journalProblem: '',
    journal: journalOf(1284),
    pins: pinsOn(journalOf(1284), 31, 12),
    signoff: { ...signed, view: nothingSigned, signers: { keys: signed.signers.keys, roles: [] }, toSign },
    compute: { ...computed },
    secrets: {},
    logLines: 2113,
    ...change,
  };
}

function rehearsal(change: Partial<WorldState> = {}): WorldState {
  return real({
    launch: launchOf('rehearsal'),
    sandbox: { state: 'running', problem: '', folder: '/data/sandbox', hosts: sandboxHosts(true) },
    runs: [],
    ...change,
  });
}

const allGo = () =>
  real({
    list: buildList([
      {
        title: 'Go criteria',
        phase: 'Decision',
        boxes: goCriteria.map(({ title, criterion }) => ({
          title,
          criterion,
          gate: { verdict: 'pass' as const, measured: 'as the rule asks', ageMs: 12 * minute },
        })),
      },
      {
        title: 'No-go criteria',
        phase: 'Decision',
        boxes: noGoCriteria.map((box) => ({ ...box, holds: false })),
      },
    ]),
    answers: Object.fromEntries(
      roles.map(({ id }) => [
        id,
        { value: 'go' as const, condition: '', by: id, at: ago(30 * minute), signed: false },
      ]),
    ),
    emptyContacts: [],
    runs: [runs.running, ...history],
  });

const longHost = (index: number) =>
  `ranker-inference-eu-west-1a-node-${String(index).padStart(3, '0')}.prod.internal.example`;

function overfull(): WorldState {
  const names = Array.from({ length: 12 }, (_, index) => longHost(index + 1));
  const many = Array.from({ length: 40 }, (_, index) => ({
    ...(roles[index % 4] as (typeof roles)[number]),
    id: `role-${index}`,
    title:
      index % 6 === 2
        ? `Head of the department that answers for availability in region ${index}`
        : `Role number ${index}`,
  }));
  return real({
    launch: launchOf('live', {
      system: 'A recommendation system with a name that nobody has shortened yet',
      version: '2026.11.21-rc.14+build.20261121.nightly.7f3e2a1',
      roles: many,
      targets: [...targets, { name: 'production-of-the-whole-continent', hosts: names, rehearsal: false }],
      countdown: {
        t0: ago(-12 * day),
        heldMs: 0,
        hold: {
          since: ago(hour),
          reason:
            'the backup window of the storage team has moved by a day and nobody knows yet whether it will stay there',
          by: 'devops',
        },
      },
      problems: [
        {
          file: 'launch.yaml',
          line: 31,
          column: 9,
          path: 'checks[2].item',
          message: '"Go criteria > Sharp ratio" matches nothing.',
          hint: 'Did you mean "Go criteria > Sharpe ratio"?',
        },
      ],
    }),
    list: buildList([
      ...overfullSections(),
      { title: 'Go criteria', phase: 'Decision', boxes: goCriteria },
      { title: 'No-go criteria', phase: 'Decision', boxes: noGoCriteria },
    ]),
    answers: {
      'role-0': { value: 'no-go', condition: '', by: 'role-0', at: ago(hour), signed: false },
      'role-1': { value: 'abstain', condition: '', by: 'role-1', at: ago(hour), signed: false },
    },
    emptyContacts: many.map(({ title }) => `${title}: phone`),
    hosts: names.map((host, index) => ({
      host,
      targets: ['production-of-the-whole-continent'],
      state: index % 5 === 4 ? 'unreachable' : 'connected',
      problem:
        index % 5 === 4
          ? `Nothing answers at 10.20.1.${index}:22 (timed out after 10 s). Is the VPN up?`
          : '',
      facts: index % 5 === 4 ? null : factsOf(host),
      key: null,
      resolved: `deploy@10.20.1.${index}:22 via bastion`,
    })),
    runs: [
      runOf({
        id: 'r37',
        number: 37,
        state: 'running',
        target: 'production-of-the-whole-continent',
        hosts: names,
        batches: [names.slice(0, 1), names.slice(1, 5), names.slice(5)],
        step: 8,
        lostLink: names[0],
      }),
      ...history,
    ],
    journal: journalOf(20_000),
    pins: pinsOn(journalOf(20_000), 3, 400),
    signoff: overfullSignoffs(many),
    compute: { ...overfullCompute },
    logLines: 5_000_000,
  });
}

/** By the first part of the stage's address; the second is the theme. */
export const scenarios: Record<string, Scenario> = {
  real: { state: () => real({ runs: [runs.running, ...history] }) },
  rehearsal: { state: rehearsal },
  go: { state: allGo },
  empty: {
    state: () =>
      real({
        launch: launchOf('rehearsal', {
          countdown: { t0: null, heldMs: 0, hold: null },
          roles: [],
          runbooks: [],
          targets: [],
        }),
        list: buildList([]),
        findings: [],
        answers: {},
        emptyContacts: [],
        runs: [],
        hosts: [],
        journal: [],
        pins: [],
        signoff: { ...signed, view: nothingSigned, signers: { keys: [], roles: [] } },
        compute: { ...nothingComputed },
      }),
  },
  nopack: {
    state: () =>
      real({
        launch: null,
        runs: [],
        journal: journalOf(2),
        sandbox: { state: 'stopped', problem: '', folder: '/data/sandbox', hosts: sandboxHosts(false) },
      }),
  },
  broken: { state: () => real({ launch: null, runs: [], journal: [] }), options: { brokenPack: true } },
  overfull: { state: overfull },
  signed: { state: () => real({ runs: [], signoff: signed }) },
  copy: {
    state: () => {
      const state = real({ runs: [], signoff: signed });
      const copy = {
        ...{ sha256: '9c1d'.repeat(16), writtenAt: ago(hour), by: 'devops' },
        leftOut: ['templates/seed.parquet'],
      };
      return { ...state, launch: state.launch && { ...state.launch, writable: false, copy } };
    },
  },
  forked: { state: () => real({ runs: [], signoff: troubledSignoffs }) },
  held: {
    state: () =>
      real({
        launch: launchOf('live', {
          countdown: {
            t0: ago(-2 * hour),
            heldMs: 0,
            hold: { since: ago(4 * minute), reason: 'backup window moved', by: 'devops' },
          },
        }),
        runs: [runs.holding, ...history],
      }),
  },
  holding: { state: () => real({ runs: [runs.holding, ...history] }) },
  failed: { state: () => real({ runs: [runs.failed, ...history] }) },
  lost: { state: () => real({ runs: [runs.lost, ...history] }) },
  unknown: { state: () => real({ runs: [runs.unknown, ...history] }) },
  secret: { state: () => real({ runs: [runs.secret, ...history], secrets: { RANKER_API_KEYS: false } }) },
  stopped: { state: () => real({ runs: [runs.stopped, ...history] }) },
  troubled: { state: () => real({ hosts: troubledHosts, compute: { ...troubledCompute } }) },
  computing: { state: () => real({ runs: [], compute: { ...computing } }) },
  changed: {
    state: () =>
      real({
        notWritten: 'The folder of the pack is read-only: /home/operator/launches/ranker.',
        unmatched: [
          {
            id: 'x1',
            title: 'Access by user',
            path: ['Before deployment', '5. API server', 'Authentication'],
            state: 'done',
            candidates: [
              {
                id: 'i44',
                title: 'Access by user and team',
                path: ['Before deployment', '5. API server', 'Authentication'],
              },
            ],
          },
          {
            id: 'x2',
            title: 'Swagger page',
            path: ['Before deployment', '5. API server'],
            state: 'waived',
            candidates: [],
          },
        ],
      }),
  },
  marks: {
    state: () => real({ runs: [] }),
    options: {
      markFails:
        'The journal is read-only: entry 812 does not match its hash. What is left was opened from the backup of 20:40.',
    },
  },
  damaged: {
    state: () =>
      real({
        journalProblem:
          'Entry 812 does not match its hash. Nothing is written any more; the backup of 20:40 is shown.',
      }),
  },
};

function themeFromAddress(): WorldState['settings']['theme'] {
  const theme = location.pathname.split('/')[2];
  return theme === 'light' || theme === 'contrast' || theme === 'system' ? theme : 'dark';
}
