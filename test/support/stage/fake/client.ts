import type { Client } from '../../../../shared/contract/index.ts';
import type { Plan } from '../../../../shared/contract/runbook.ts';
import { statusOf } from '../../../../shared/item-status.ts';
import { laptop } from '../fixtures/hosts.ts';
import { launchOf } from '../fixtures/launch.ts';
import { runOf } from '../fixtures/runs.ts';
import { rollbackPlanOf, stepsOf } from '../fixtures/steps.ts';
import { fakeAudit } from './audit.ts';
import { fakeCompute } from './compute.ts';
import { advance, end, start } from './engine.ts';
import { logLine } from './log.ts';
import { fakeSignoff } from './signoff.ts';
import { stream } from './stream.ts';
import type { World } from './world.ts';

/** What the scenario lets go wrong. */
export interface FakeOptions {
  /** Opening a pack finds these problems until the pack is read again. */
  brokenPack?: boolean;
  /** Sentence every marking fails with. */
  markFails?: string;
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const instant = () => new Date().toISOString();

const problems = [
  {
    file: 'launch.yaml',
    line: 31,
    column: 9,
    path: 'checks[2].item',
    message: '"Go criteria > Sharp ratio" matches nothing.',
    hint: 'Did you mean "Go criteria > Sharpe ratio > 0.75 in the optimised backtest"?',
  },
  {
    file: 'runbooks/deploy.yaml',
    line: 22,
    column: 5,
    path: '',
    message: 'Unknown key "scirpt".',
    hint: 'A run step has: run, script, timeout, undo, retry, hosts, once.',
  },
];

/** The whole contract, answered from memory. */
export function fakeClient(world: World, options: FakeOptions = {}): Client {
  let broken = options.brokenPack ?? false;
  const launch = () => {
    if (!world.state.launch) throw new Error('No launch is open.');
    return world.state.launch;
  };
  const setLaunch = (change: Partial<ReturnType<typeof launch>>) => {
    world.state.launch = { ...launch(), ...change };
    world.emit({ topic: 'launch' }, { topic: 'board' });
    return world.state.launch;
  };
  const marked = (id: string, change: Parameters<World['changeItem']>[1]) => {
    if (options.markFails) throw new Error(options.markFails);
    const item = world.changeItem(id, change);
    world.log('item.mark', `${item.title}: ${item.status}`, { to: 'item', item: id });
    return { items: [item], file: 'written' as const, why: '' };
  };
  const hostsOf = (target: string) => launch().targets.find(({ name }) => name === target)?.hosts ?? [];
  const batchesOf = (hosts: string[]) => (hosts.length > 1 ? [hosts.slice(0, 1), hosts.slice(1)] : [hosts]);
  const rehearses = (target: string) =>
    launch().mode === 'rehearsal' ||
    (launch().targets.find(({ name }) => name === target)?.rehearsal ?? false);
  const run = (id: string) => {
    const found = world.state.runs.find((one) => one.id === id);
    if (!found) throw new Error(`There is no run ${id} in this launch.`);
    return found;
  };
  const begin = (does: 'deploy' | 'rollback', target: string, rollsBack: string | null) => {
    const number = (world.state.runs[0]?.number ?? 0) + 1;
    const hosts = hostsOf(target);
    const fresh = runOf({
      id: `r${number}`,
      number,
      state: 'running',
      target,
      hosts,
      does,
      step: -1,
      at: 'waiting',
      startedAgoMs: 0,
      rehearsal: rehearses(target),
      rollsBack: rollsBack ?? undefined,
    });
    const begun = world.changeRun(
      start(world, { ...fresh, startedAt: instant(), rollback: rollbackPlanOf(hosts) }, 0),
    );
    world.log('run.start', `${begun.title} started.`, { to: 'run', run: begun.id });
    advance(world, begun.id);
    return begun;
  };
  const goOn = (id: string, from: 'here' | 'next') => {
    const held = run(id);
    const at = held.steps.findIndex(
      ({ id: step }) => step === (held.question && 'step' in held.question ? held.question.step : ''),
    );
    const cleared = {
      ...held,
      steps: held.steps.map((step, index) =>
        index === at && from === 'next'
          ? {
              ...step,
              cells: step.cells.map((cell) => ({ ...cell, state: 'done' as const, endedAt: instant() })),
            }
          : step,
      ),
    };
    const next = world.changeRun(
      start(world, { ...cleared, state: 'running', question: null }, from === 'next' ? at + 1 : at),
    );
    advance(world, id);
    return next;
  };

  return {
    session: {
      get: async () => world.session(),
      watch: async (_input, { signal } = {}) => stream((push) => world.listen(push), signal),
    },
    pack: {
      current: async () => world.state.launch,
      recent: async () => [
        {
          folder: '/home/operator/launches/ranker',
          system: 'Ranker',
          version: '0.2.0-production',
          mode: 'live',
          openedAt: new Date(Date.now() - 3_600_000).toISOString(),
          there: true,
          problem: 'launch.yaml:31:9 "Go criteria > Sharp ratio" matches nothing.',
        },
        {
          folder: '/home/operator/old/forecast',
          system: 'Forecast',
          version: '1.4.2',
          mode: 'rehearsal',
          openedAt: new Date(Date.now() - 900_000_000).toISOString(),
          there: false,
          problem: '',
        },
      ],
      worked: async () => [
        {
          name: 'apex-ranker',
          system: 'APEX-Ranker',
          about:
            'A ranking model for shares behind an HTTP service: 13 sections, four roles, deploy and rollback on three hosts.',
          items: 245,
        },
        {
          name: 'neural-trading',
          system: 'Neural trading',
          about: 'A trading model with risk limits and compliance: three roles, eight rollback steps.',
          items: 91,
        },
      ],
      open: async ({ folder, mode }) => {
        await wait(60);
        if (broken) return { ok: false, problems };
        world.state.launch = launchOf(mode, { folder });
        world.emit({ topic: 'launch' });
        return { ok: true, launch: world.state.launch };
      },
      openWorked: async ({ name }) => {
        await wait(120);
        if (broken) return { ok: false, problems };
        world.state.launch = launchOf('rehearsal', { folder: `/data/packs/${name}` });
        world.state.sandbox = {
          ...world.state.sandbox,
          state: 'running',
          hosts: world.state.sandbox.hosts.map((host) => ({ ...host, running: true, serves: '0.1.9' })),
        };
        world.log('pack.open', `${name} opened as a rehearsal.`);
        world.emit({ topic: 'launch' }, { topic: 'sandbox' });
        return { ok: true, launch: world.state.launch };
      },
      reload: async () => {
        broken = false;
        return { ok: true, launch: setLaunch({ problems: [] }) };
      },
      close: async () => {
        world.state.launch = null;
        world.emit({ topic: 'launch' });
        return null;
      },
      setMode: async ({ mode }) => ({
        ok: true,
        launch: setLaunch({ mode, id: `${launch().system}#${mode}` }),
      }),
      setT0: async ({ t0 }) => setLaunch({ countdown: { ...launch().countdown, t0 } }),
      holdClock: async ({ reason }) => {
        world.log('clock.hold', `Clock held: ${reason}`);
        return setLaunch({
          countdown: {
            ...launch().countdown,
            hold: { since: instant(), reason, by: world.state.settings.name },
          },
        });
      },
      resumeClock: async () => setLaunch({ countdown: { ...launch().countdown, hold: null } }),
    },
    checklist: {
      get: async () => world.checklist(),
      item: async ({ item: id }) => {
        const item = world.item(id);
        const section = world.state.list.sections.find((one) => one.id === item.section);
        return {
          item,
          path: section?.path ?? [],
          evidence: world.state.list.evidence.get(id) ?? [],
          history: item.by && item.at ? [{ at: item.at, by: item.by, text: `marked ${item.state}` }] : [],
          findings: world.state.findings.filter((finding) => finding.item === id),
        };
      },
      mark: async ({ item: id, state, reason = '' }) => {
        const item = world.item(id);
        const facts = {
          state,
          claimed: false,
          gate: item.gate,
          overridden: item.override !== null,
          disputed: false,
        };
        return marked(id, {
          state,
          reason,
          ticked: state === 'done',
          status: statusOf(facts),
          by: world.state.settings.name,
          at: instant(),
        });
      },
      answer: async ({ item, holds }) =>
        marked(item, {
          holds,
          status: holds === null ? 'open' : holds ? 'failed' : 'done',
          by: world.state.settings.name,
          at: instant(),
        }),
      note: async ({ item: id }) => marked(id, { notes: world.item(id).notes + 1 }),
      assign: async ({ item, to }) => marked(item, { assignee: to }),
      override: async ({ item, reason }) =>
        marked(item, {
          override: { by: world.state.settings.name, at: instant(), reason },
          status: 'overridden',
        }),
      withdrawOverride: async ({ item: id }) =>
        marked(id, { override: null, status: world.item(id).gate?.verdict ?? 'open' }),
      rematch: async ({ pairs }) => {
        const settled = new Set(pairs.map(({ from }) => from));
        world.state.unmatched = world.state.unmatched.filter(({ id }) => !settled.has(id));
        return world.checklist();
      },
      export: async () => ({ name: 'checklist.md', markdown: '# Production checklist\n' }),
      lint: async () => ({ findings: world.state.findings, problems: [] }),
    },
    checks: {
      list: async () =>
        world.state.list.items
          .filter(({ gate }) => gate)
          .slice(0, 300)
          .map((item) => ({
            id: item.gate?.checks[0] ?? '',
            kind: 'http',
            title: `asks the service on stg-1`,
            items: [item.id],
            hosts: ['stg-1'],
            rules: item.rules,
            freshMs: null,
          })),
      run: async ({ item: only }) => {
        const gates = world.state.list.items.filter(
          ({ id, gate }) => gate && (only === undefined || id === only),
        );
        for (const { id, gate } of gates.slice(0, 60))
          if (gate) world.changeItem(id, { gate: { ...gate, running: true } });
        await wait(600);
        for (const { id, gate } of gates.slice(0, 60))
          if (gate)
            world.changeItem(id, { gate: { ...gate, running: false, at: gate.verdict ? instant() : null } });
        world.log('check.run', `${gates.length} checks ran.`);
        return [];
      },
    },
    board: {
      get: async () => world.board(),
      answer: async ({ role, value, condition = '' }) => {
        world.state.answers[role] = {
          value,
          condition,
          by: world.state.settings.name,
          at: instant(),
          signed: false,
        };
        world.log('role.answer', `${role} answered ${value}.`, { to: 'role', role });
        world.emit({ topic: 'board' });
        return world.board();
      },
      withdraw: async ({ role }) => {
        delete world.state.answers[role];
        return world.board();
      },
    },
    runbook: {
      plan: async ({ runbook, target }) => {
        await wait(40);
        return planOf(runbook, target);
      },
      start: async ({ runbook, target }) =>
        begin(runbook === 'rollback' ? 'rollback' : 'deploy', target, null),
      list: async () => world.state.runs,
      get: async ({ run: id }) => run(id),
      release: async ({ run: id, go, role }) => {
        world.log('run.release', `${role} ${go ? 'released' : 'refused'} the hold.`, { to: 'run', run: id });
        return go ? goOn(id, 'next') : world.changeRun(end(run(id), 'stopped', `${role} refused to go on.`));
      },
      choose: async ({ run: id, choice, reason = '' }) => {
        world.log('run.choose', `${choice}${reason && `: ${reason}`}`, { to: 'run', run: id });
        if (choice === 'retry') {
          for (const host of world.state.sandbox.hosts) host.fault = 'none';
          return goOn(id, 'here');
        }
        if (choice === 'stop') return world.changeRun(end(run(id), 'stopped', 'Stopped by the operator.'));
        return goOn(id, 'next');
      },
      stop: async ({ run: id, when }) =>
        world.changeRun(
          when === 'now'
            ? end(run(id), 'stopped', 'Stopped by the operator, in the middle of a step.')
            : { ...run(id), state: 'stopping' },
        ),
      rollbackPlan: async ({ target }) => {
        await wait(80);
        return rollbackPlanOf(hostsOf(target));
      },
      rollBack: async ({ target, run: id }) => {
        if (id) {
          const old = run(id);
          const over = ['done', 'failed', 'stopped'].includes(old.state)
            ? old
            : end(old, 'stopped', 'Rolled back by the operator.');
          world.changeRun({ ...over, rolledBackBy: 'next' });
        }
        return begin('rollback', target, id ?? null);
      },
      giveSecret: async ({ name }) => {
        world.state.secrets[name] = true;
        return null;
      },
      log: async ({ from, count }) => {
        const total = world.state.logLines;
        const lines = Array.from({ length: Math.max(0, Math.min(count, total - from)) }, (_, at) =>
          logLine(from + at),
        );
        return { from, lines, totalLines: total, totalBytes: total * 60, ended: false };
      },
      findInLog: async ({ text }) => {
        const wanted = text.toLowerCase();
        const most = Math.min(world.state.logLines, 20_000);
        const lines = Array.from({ length: most }, (_, at) => at).filter((at) =>
          logLine(at).toLowerCase().includes(wanted),
        );
        return { lines: lines.slice(0, 1000), more: lines.length > 1000 };
      },
      watchLog: async ({ run: id }, { signal } = {}) =>
        stream((push) => {
          const tell = () =>
            push({ totalLines: world.state.logLines, totalBytes: world.state.logLines * 60, ended: false });
          tell();
          const timer = setInterval(() => {
            if (!world.state.runs.some((one) => one.id === id && one.state === 'running')) return;
            world.state.logLines += 3;
            tell();
          }, 1000);
          return () => clearInterval(timer);
        }, signal),
    },
    hardware: {
      hosts: async () => world.state.hosts,
      probe: async ({ host }) => {
        await wait(400);
        const row = world.state.hosts.find((one) => one.host === host);
        if (!row) throw new Error(`The pack names no host ${host}.`);
        return { ...row, facts: row.facts && { ...row.facts, at: instant() } };
      },
      trust: async ({ host }) => {
        world.state.hosts = world.state.hosts.map((row) =>
          row.host === host ? { ...row, state: 'connected', key: null, problem: '' } : row,
        );
        world.emit({ topic: 'hosts' });
        const row = world.state.hosts.find((one) => one.host === host);
        if (!row) throw new Error(`The pack names no host ${host}.`);
        return row;
      },
      laptop: async () => ({ ...laptop, at: instant() }),
      watchLoad: async (_input, { signal } = {}) =>
        stream((push) => {
          let beat = 0;
          const tell = (at: number) => {
            beat += 1;
            push({
              at: new Date(at).toISOString(),
              cpuFraction: 0.3 + 0.2 * Math.sin(beat / 5),
              memoryUsedBytes: (31 + 2 * Math.sin(beat / 17)) * 1e9,
              memoryBytes: 64e9,
              disks: laptop.disks,
              battery: { fraction: 0.81, charging: true },
              onPower: true,
              gpus: [],
            });
          };
          for (let back = 60; back >= 0; back -= 1) tell(Date.now() - back * 3000);
          const timer = setInterval(() => tell(Date.now()), 3000);
          return () => clearInterval(timer);
        }, signal),
    },
    journal: {
      status: async () => ({
        entries: world.state.journal.length,
        verified: true,
        problem: world.state.journalProblem,
        device: '9f3c',
        lastBackup: new Date(Date.now() - 900_000).toISOString(),
      }),
      page: async ({ before = null, limit = 200, groups = [], text = '' }) => {
        const found = world.state.journal.filter(
          (row) =>
            (groups.length === 0 || groups.includes(row.group)) &&
            row.text.toLowerCase().includes(text.toLowerCase()),
        );
        const rest = before === null ? found : found.filter(({ seq }) => seq < before);
        const rows = rest.slice(0, limit);
        return { rows, before: rest.length > limit ? (rows.at(-1)?.seq ?? null) : null, total: found.length };
      },
      entry: async ({ seq }) => {
        const row = world.state.journal.find((one) => one.seq === seq);
        return { json: JSON.stringify(row ?? {}) };
      },
      pins: async () => world.state.pins,
      pin: async ({ device, seq, note = '' }) => {
        const row = world.state.journal.find((one) => one.seq === seq && one.device === device);
        if (!row) throw new Error(`There is no entry ${seq} of device ${device} in this launch.`);
        const others = world.state.pins.filter((pin) => pin.row.seq !== seq);
        const pin = { row, note, by: world.state.settings.name, at: instant() };
        world.state.pins = [...others, pin].sort((a, b) => a.row.seq - b.row.seq);
        world.log('pin.set', `Pinned entry ${seq}: ${note}`);
        return world.state.pins;
      },
      unpin: async ({ seq }) => {
        world.state.pins = world.state.pins.filter((pin) => pin.row.seq !== seq);
        world.log('pin.removed', `Took the pin off entry ${seq}`);
        return world.state.pins;
      },
      story: async () => ({ name: 'timeline-ranker-0.2.0.md', markdown: '# Timeline of Ranker 0.2.0\n' }),
    },
    signoff: fakeSignoff(world),
    compute: fakeCompute(world),
    ...fakeAudit(world),
    sandbox: {
      get: async () => world.state.sandbox,
      start: async () => {
        await wait(300);
        world.state.sandbox = {
          ...world.state.sandbox,
          state: 'running',
          hosts: world.state.sandbox.hosts.map((host) => ({ ...host, running: true, serves: '0.1.9' })),
        };
        world.emit({ topic: 'sandbox' }, { topic: 'session' });
        return world.state.sandbox;
      },
      stop: async () => {
        world.state.sandbox = {
          ...world.state.sandbox,
          state: 'stopped',
          hosts: world.state.sandbox.hosts.map((host) => ({ ...host, running: false, serves: '' })),
        };
        world.emit({ topic: 'sandbox' });
        return world.state.sandbox;
      },
      reset: async () => world.state.sandbox,
      setFault: async ({ host, fault, version = '' }) => {
        world.state.sandbox = {
          ...world.state.sandbox,
          hosts: world.state.sandbox.hosts.map((one) =>
            one.host === host ? { ...one, fault, faultVersion: version } : one,
          ),
        };
        world.emit({ topic: 'sandbox' });
        return world.state.sandbox;
      },
    },
    settings: {
      get: async () => world.state.settings,
      set: async (change) => {
        world.state.settings = { ...world.state.settings, ...change };
        return world.state.settings;
      },
      about: async () => ({
        holdpoint: '0.1.0',
        host: 'loopback',
        dataFolder: '/home/operator/.local/share/holdpoint',
        node: '24.21.0',
        sqlite: '3.54.1',
        ssh: 'OpenSSH_9.9p2',
        secrets: { can: false, why: 'There is no secret store here. Values are asked for in each run.' },
        keepAwake: { can: true, why: '' },
        notifications: { can: true, why: '' },
        pickPath: { can: false, why: 'A browser window cannot give a path. Type it.' },
      }),
      secrets: async () => Object.entries(world.state.secrets).map(([name, kept]) => ({ name, kept })),
      forgetSecret: async ({ name }) => {
        world.state.secrets[name] = false;
        return null;
      },
    },
  };

  function planOf(runbook: string, target: string): Plan {
    const does = runbook === 'rollback' ? 'rollback' : 'deploy';
    const hosts = hostsOf(target);
    const missing = Object.entries(world.state.secrets);
    return {
      digest: '4f1c09aa77be12d0',
      runbook,
      title: does === 'deploy' ? 'Deploy' : 'Roll back',
      does,
      target,
      version: launch().version,
      rehearsal: rehearses(target),
      hosts,
      batches: batchesOf(hosts),
      steps: stepsOf(does, hosts),
      needs: [
        {
          name: 'bundle',
          path: 'dist/ranker.tar.gz',
          bytes: 812_000_000,
          sha256: '9c1e77ab0f4d2c518d53a4de1d0be7c1a6e4f0f6d8f0a6fcb5c2b7e1f0a9d3c4',
        },
      ],
      secrets: missing.map(([name, known]) => ({ name, known })),
      objections: rehearses(target)
        ? []
        : [
            {
              blocking: false,
              text: `The board says ${world.board().decision}. Starting all the same is recorded.`,
            },
          ],
      rollback: rollbackPlanOf(hosts),
    };
  }
}
