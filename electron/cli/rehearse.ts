import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Decision } from '../../shared/contract/board.ts';
import type { Client } from '../../shared/contract/index.ts';
import type { Launch } from '../../shared/contract/pack.ts';
import type { RunView } from '../../shared/contract/runbook.ts';
import { formatDuration } from '../../shared/units.ts';
import { InputError } from './exit.ts';
import { followRun, type Operator } from './follow.ts';
import { openPack } from './with-service.ts';

/** The stable shape of `rehearse --json`. */
export interface RehearsalReport {
  /** Everything went as a launch should: deploys done, the failure noticed and rolled back, versions as expected. */
  ok: boolean;
  decision: Decision;
  steps: { run: string; step: string; host: string; state: string; executions: number; ms: number }[];
}

export interface RehearsalOptions {
  pack: string;
  dataFolder: string;
  /** Leaves the sandbox running at the end. */
  keep: boolean;
  say(line: string): void;
}

/** One deploy of the rehearsal, and what must be true after it. */
interface Scene {
  title: string;
  target: string;
  /** The new version misbehaves on the first host, and the deploy must be noticed to fail and be rolled back. */
  fails: boolean;
  /** The deploy goes well and is rolled back all the same, to prove the way back before it is needed. */
  goesBack: boolean;
}

/**
 * Plays a whole launch against the sandbox: checks, a deploy to staging, a deploy that fails and is rolled back, the
 * deploy to production, the board. Where it is stands in the journal, so a rehearsal that was killed at any moment
 * goes on from there when it is started again.
 */
export async function rehearse(
  client: Client,
  { pack, dataFolder, keep, say }: RehearsalOptions,
): Promise<RehearsalReport> {
  const progress = new Progress(join(dataFolder, 'rehearsal.json'));
  if (progress.isFresh()) await client.sandbox.reset();
  await openPack(client, pack, 'rehearsal');
  const launch = await currentLaunch(client);
  if (progress.isFresh()) {
    const earlier = (await client.runbook.list()).map(({ number }) => number);
    progress.begin({
      firstRun: Math.max(0, ...earlier) + 1,
      servedBefore: await servedVersions(client, launch),
      ended: [],
    });
  }
  const { firstRun, servedBefore } = progress.state();

  const problems: string[] = [];
  const views: RunView[] = [];
  for (const [index, scene] of scenesOf(launch).entries()) {
    say(scene.title);
    const found = await nthRun(client, firstRun, index);
    const known = progress.endOf(index);
    // What an earlier process saw at the end of a scene is no longer to be seen once the next one has begun.
    if (known && found) {
      views.push(...(await followRun(client, found, rehearsalOperator(scene, say))));
      problems.push(...known);
      continue;
    }
    const run = await playScene(client, launch, scene, found, say);
    views.push(...run);
    const wrong = await objections(client, launch, scene, run, servedBefore);
    progress.sceneEnded(wrong);
    problems.push(...wrong);
  }
  say('checks');
  await client.checks.run({});
  const board = await client.board.get();
  for (const problem of problems) say(`NOT AS IT SHOULD BE: ${problem}`);
  progress.end();
  if (!keep) await client.sandbox.stop();
  return { ok: problems.length === 0, decision: board.decision, steps: views.flatMap(stepRows) };
}

function scenesOf({ targets }: Launch): Scene[] {
  const staging = targets.filter(({ rehearsal }) => rehearsal);
  const production = targets.filter(({ rehearsal }) => !rehearsal);
  return [
    ...staging.flatMap(({ name }) => [
      { title: `deploy to ${name}, and back`, target: name, fails: false, goesBack: true },
      { title: `deploy to ${name}`, target: name, fails: false, goesBack: false },
    ]),
    ...production.flatMap(({ name }) => [
      {
        title: `deploy to ${name}, with a version that misbehaves`,
        target: name,
        fails: true,
        goesBack: false,
      },
      { title: `deploy to ${name}`, target: name, fails: false, goesBack: false },
    ]),
  ];
}

/** Starts the scene's run, or finds the one that a killed rehearsal left, and follows it and its rollback to the end. */
async function playScene(
  client: Client,
  launch: Launch,
  scene: Scene,
  found: string | null,
  say: (line: string) => void,
): Promise<RunView[]> {
  const firstHost = launch.targets.find(({ name }) => name === scene.target)?.hosts[0] ?? '';
  await client.sandbox.setFault({
    host: firstHost,
    fault: scene.fails ? 'failing' : 'none',
    version: launch.version,
  });
  const run = found ?? (await startDeploy(client, launch, scene.target));
  const operator = rehearsalOperator(scene, say);
  const views = await followRun(client, run, operator);
  if (!scene.goesBack || views.length > 1 || views[0]?.state !== 'done') return views;
  const back = await client.runbook.rollBack({ target: scene.target, run });
  return [...views, ...(await followRun(client, back.id, operator))];
}

async function startDeploy(client: Client, launch: Launch, target: string): Promise<string> {
  const runbook = launch.runbooks.find(({ does }) => does === 'deploy')?.name;
  if (!runbook)
    throw new InputError(
      `No runbook of ${launch.folder} says "does: deploy", so there is nothing to rehearse.`,
    );
  const plan = await client.runbook.plan({ runbook, target });
  const blocking = plan.objections.filter((objection) => objection.blocking).map(({ text }) => text);
  if (blocking.length > 0) throw new InputError(blocking.join('\n'));
  const { id } = await client.runbook.start({ runbook, target, digest: plan.digest });
  return id;
}

function rehearsalOperator(scene: Scene, say: (line: string) => void): Operator {
  return {
    hold: async (_run, { roles }) => ({ role: roles[0] ?? '', go: true, note: 'released by the rehearsal' }),
    choose: async (_run, { choices }) => ({
      choice: choices.includes('go-on')
        ? 'go-on'
        : scene.fails && choices.includes('roll-back')
          ? 'roll-back'
          : 'stop',
      reason: 'chosen by the rehearsal',
    }),
    secret: async (names) => {
      throw new InputError(
        `The rehearsal needs ${names.join(', ')}: give it as HOLDPOINT_SECRET_${names[0]}.`,
      );
    },
    saw(_run, step, { host, state, outcome }) {
      if (state !== 'running')
        say(`  ${state.padEnd(8)} ${host.padEnd(8)} ${step}${outcome && `: ${outcome}`}`);
    },
  };
}

/** What is not as it should be after a scene. */
async function objections(
  client: Client,
  launch: Launch,
  { title, target, fails, goesBack }: Scene,
  [deploy, rollback]: RunView[],
  before: Record<string, string>,
): Promise<string[]> {
  const served = await servedVersions(client, launch);
  const hosts = launch.targets.find(({ name }) => name === target)?.hosts ?? [];
  const expected = (host: string) => (fails || goesBack ? (before[host] ?? '') : launch.version);
  const wrong = hosts
    .filter((host) => served[host] !== expected(host))
    .map((host) => `${title}: ${host} serves ${served[host] || 'nothing'}, ${expected(host)} was expected`);
  if (!fails && deploy?.state !== 'done')
    wrong.push(`${title}: ended as ${deploy?.state}, ${deploy?.ending}`);
  if (fails && deploy?.state !== 'failed') wrong.push(`${title}: the failure was not noticed`);
  if ((fails || goesBack) && rollback?.state !== 'done') wrong.push(`${title}: it was not rolled back`);
  return wrong;
}

async function servedVersions(client: Client, { system }: Launch): Promise<Record<string, string>> {
  const { hosts } = await client.sandbox.get();
  const name = system.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return Object.fromEntries(
    hosts.map(({ host, services }) => [
      host,
      services.find((service) => service.system === name)?.serves ?? '',
    ]),
  );
}

/** The nth deploy of this rehearsal, where an earlier process has started it. */
async function nthRun(client: Client, firstRun: number, index: number): Promise<string | null> {
  const runs = (await client.runbook.list())
    .filter(({ number, rollsBack }) => number >= firstRun && rollsBack === null)
    .sort((a, b) => a.number - b.number);
  return runs[index]?.id ?? null;
}

async function currentLaunch(client: Client): Promise<Launch> {
  const launch = await client.pack.current();
  if (!launch) throw new InputError('No pack is open.');
  return launch;
}

function stepRows({ number, runbook, target, steps }: RunView): RehearsalReport['steps'] {
  return steps.flatMap(({ id, kind, cells }) =>
    cells
      .filter(({ startedAt }) => startedAt !== null)
      .map(({ host, state, executions, startedAt, endedAt }) => ({
        run: `${number}-${runbook || 'undo'}-${target}`,
        step: id,
        host: host || (kind === 'local' ? 'laptop' : 'console'),
        state,
        executions: executions ?? (kind === 'hold' ? 1 : 0),
        ms: endedAt && startedAt ? Date.parse(endedAt) - Date.parse(startedAt) : 0,
      })),
  );
}

interface ProgressState {
  /** Number of the rehearsal's first run: the runs from there on are its own. */
  firstRun: number;
  /** Version by host when the rehearsal began, however often it was killed since. */
  servedBefore: Record<string, string>;
  /** By scene that has ended, in their order: what was not as it should be. */
  ended: string[][];
}

/** Where a rehearsal that is under way began, kept beside the journal. */
class Progress {
  readonly #path: string;
  #state: ProgressState | null;

  constructor(path: string) {
    this.#path = path;
    this.#state = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as ProgressState) : null;
  }

  isFresh(): boolean {
    return this.#state === null;
  }

  state(): ProgressState {
    return this.#state ?? { firstRun: 1, servedBefore: {}, ended: [] };
  }

  endOf(scene: number): readonly string[] | undefined {
    return this.#state?.ended[scene];
  }

  sceneEnded(problems: string[]): void {
    const state = this.state();
    this.begin({ ...state, ended: [...state.ended, problems] });
  }

  begin(state: ProgressState): void {
    mkdirSync(dirname(this.#path), { recursive: true });
    writeFileSync(`${this.#path}.part`, JSON.stringify(state));
    renameSync(`${this.#path}.part`, this.#path);
    this.#state = state;
  }

  end(): void {
    rmSync(this.#path, { force: true });
    this.#state = null;
  }
}

/** A rehearsal in words, for a terminal. */
export function rehearsalText({ ok, decision, steps }: RehearsalReport, ms: number): string {
  const twice = steps.filter(({ executions }) => executions > 1).length;
  return [
    ok ? 'The rehearsal went as a launch should.' : 'The rehearsal did NOT go as a launch should.',
    `${steps.length} steps in ${formatDuration(ms)}, ${twice === 0 ? 'none' : twice} of them ran twice. The board says ${decision.toUpperCase()}.`,
  ].join('\n');
}
