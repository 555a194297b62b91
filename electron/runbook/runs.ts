import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Choice, Plan, RollbackPlan, RunSummary, RunView } from '../../shared/contract/runbook.ts';
import { formatDuration } from '../../shared/units.ts';
import type { Blobs, Draft, Journal } from '../journal/index.ts';
import type { DetailedPlan, StartedPlan } from './detailed-plan.ts';
import { RunDriver } from './driver.ts';
import { holdAnswered, runChose, runStarted, stopAsked } from './entries.ts';
import type { Heartbeat } from './heartbeat.ts';
import type { Outputs } from './outputs.ts';
import type { Performers } from './perform.ts';
import type { Planned, Planner, PlanRequest } from './planner.ts';
import { RunError } from './run-error.ts';
import { newRunId } from './run-id.ts';
import type { RunRow, RunStore } from './store.ts';
import { planView, summaryOf, viewOf } from './view.ts';
import { WaysBack } from './ways-back.ts';

export interface RunsOptions {
  launch: string;
  journal: Journal;
  blobs: Blobs;
  store: RunStore;
  outputs: Outputs;
  heartbeat: Heartbeat;
  planner: Planner;
  performers: Performers;
  /** Name of the pack's rollback runbook; empty where it has none. */
  rollbackRunbook(): string;
  /** The secrets that are known, of those asked for. */
  secrets(names: readonly string[]): Promise<ReadonlyMap<string, string>>;
  author(): string;
  now(): Date;
  keepAwake(reason: string): () => void;
  changed(run: string): void;
  tell(title: string, text: string): void;
}

interface Selection {
  runbook: string;
  target: string;
  hosts?: string[];
}

const rememberedPlans = 20;

/** The runs of one launch: plans them, starts them, finds them again, and hears what people say to them. */
export class Runs {
  readonly #options: RunsOptions;
  readonly #drivers = new Map<string, RunDriver>();
  readonly #plans = new Map<string, StartedPlan>();
  readonly #proposed = new Map<string, { request: PlanRequest; wayBack: RollbackPlan | null }>();
  readonly #waysBack: WaysBack;
  #stopKeepingAwake: (() => void) | null = null;

  constructor(options: RunsOptions) {
    this.#options = options;
    this.#waysBack = new WaysBack(options);
  }

  /** Takes up every run that the last process left: looks for its running steps, and never starts one twice. */
  resume(): void {
    const { launch, store, heartbeat, now } = this.#options;
    for (const { id } of store.unended().filter((run) => run.launch === launch)) {
      const pause = heartbeat.longPauseMs(id, now());
      const ask =
        pause === null
          ? ''
          : `Nobody has watched this run for ${formatDuration(pause)}. Look at the hosts, then say whether it goes on.`;
      this.#drive(this.#planOf(id), ask);
    }
    for (const { id, target } of store.rollbacksOwed().filter((run) => run.launch === launch)) {
      this.#startRollback(target, id).catch((error: unknown) => {
        this.#options.tell(
          'The rollback has not begun',
          error instanceof Error ? error.message : String(error),
        );
      });
    }
  }

  async plan(selection: Selection): Promise<Plan> {
    const request = { ...selection, run: newRunId(), rollsBack: '', notBackTo: [] };
    const planned = await this.#options.planner.plan(request);
    const digest = digestOf(planned.plan);
    const wayBack = planned.plan.does === 'rollback' ? null : await this.#waysBack.beforeStart(planned);
    this.#remember(digest, { request, wayBack });
    const known = await this.#options.secrets(planned.plan.secrets);
    return planView(planned, digest, new Set(known.keys()), wayBack);
  }

  /** Starts exactly the plan that was shown. @throws RunError when anything has changed since */
  async start({ digest }: { digest: string }): Promise<RunView> {
    const proposed = this.#proposed.get(digest);
    if (!proposed)
      throw new RunError('no-plan', 'This plan is no longer known. Make the plan again and look at it.');
    const planned = await this.#options.planner.plan(proposed.request);
    if (digestOf(planned.plan) !== digest) {
      throw new RunError(
        'plan-changed',
        'Files or hosts have changed since this plan was shown. Make the plan again and look at it.',
      );
    }
    await this.#assertStartable(planned);
    this.#proposed.delete(digest);
    return this.#begin({ ...planned.plan, wayBack: proposed.wayBack });
  }

  list(): RunSummary[] {
    const { launch, store } = this.#options;
    return store
      .runsOf(launch)
      .map((row) => summaryOf(row, this.#planOf(row.id), store, this.#driver(row.id)));
  }

  async get(run: string): Promise<RunView> {
    return viewOf(this.#row(run), this.#planOf(run), this.#options.store, this.#driver(run));
  }

  /** Releases or refuses the hold a run waits at, in the name of one of its roles. @throws RunError */
  async release(answer: {
    run: string;
    step: string;
    role: string;
    go: boolean;
    note: string;
  }): Promise<RunView> {
    const { run, step, role, go, note } = answer;
    const question = this.#drivenOrThrow(run).question();
    if (question?.kind !== 'hold' || question.step !== step) {
      throw new RunError('not-asked', 'The run does not wait at this hold now.');
    }
    if (!question.roles.includes(role)) {
      throw new RunError(
        'not-allowed',
        `This hold is released by ${question.roles.join(' or ')}, not by ${role}.`,
      );
    }
    const { batch } = this.#openHold(run, step);
    return this.#say(run, holdAnswered.draft({ ...this.#address(run), step, batch, role, go, note }));
  }

  /** Says what to do about cells that did not end well. @throws RunError */
  async choose(said: {
    run: string;
    step: string;
    hosts: string[];
    choice: Choice;
    reason: string;
  }): Promise<RunView> {
    const { run, step, hosts, choice, reason } = said;
    const driver = this.#drivenOrThrow(run);
    const question = driver.question();
    if (question?.kind !== 'choice' || !question.choices.includes(choice)) {
      throw new RunError('not-asked', 'The run does not ask for this now.');
    }
    if (choice === 'roll-back') return this.rollBack({ target: driver.plan.target, run });
    if (choice === 'go-on') {
      driver.goOn();
      return this.get(run);
    }
    if (reason.trim() === '' && (choice === 'skip' || choice === 'leave-out' || choice === 'done')) {
      throw new RunError('no-reason', 'Say why: the reason is shown on the board and in the report.');
    }
    const batch = this.#options.store.cells(run).findLast((cell) => cell.step === step)?.batch ?? -1;
    return this.#say(run, runChose.draft({ ...this.#address(run), step, batch, hosts, choice, reason }));
  }

  async stop({ run, when }: { run: string; when: 'after-step' | 'now' }): Promise<RunView> {
    const driver = this.#drivenOrThrow(run);
    const view = this.#say(run, stopAsked.draft({ ...this.#address(run), when }));
    if (when === 'now') await driver.cancelRunning();
    return view;
  }

  /** What going back would do now, looked up on the hosts. */
  async rollbackPlan({ target, run }: { target: string; run?: string }): Promise<RollbackPlan> {
    return (await this.#wayBack(target, run)).description;
  }

  /** Ends the run, if it still goes, and goes back. @throws RunError, with the run untouched, when that is impossible */
  async rollBack({ target, run }: { target: string; run?: string }): Promise<RunView> {
    const driver = run ? this.#driver(run) : null;
    if (!run || !driver) return this.#startRollback(target, run);
    const { description } = await this.#wayBack(target, run);
    assertPossible(description);
    const address = { ...this.#address(run), step: '', batch: -1, hosts: [] };
    this.#options.journal.append(
      this.#options.author(),
      runChose.draft({ ...address, choice: 'roll-back', reason: '' }),
    );
    await driver.cancelRunning();
    driver.advance();
    await driver.settled();
    return this.#startRollback(target, run);
  }

  /** A secret was given: runs that wait for one try again. */
  secretsGiven(): void {
    for (const driver of this.#drivers.values()) driver.retrySecrets();
  }

  /** Whether any run is under way. */
  isBusy(): boolean {
    return this.#drivers.size > 0;
  }

  /** Resolves when the run has ended, asks something, or waits at a hold. @throws RunError when it can do neither */
  async quiet(run: string): Promise<RunView> {
    for (;;) {
      const changed = new Promise<void>((resolve) => this.#onNextChange(run, resolve));
      const view = await this.get(run);
      if (view.stuck) throw new RunError('stuck', view.stuck);
      if (view.state !== 'running' && view.state !== 'stopping') return view;
      await changed;
    }
  }

  /** Stops watching. What runs on hosts goes on, and `resume` finds it. */
  async close(): Promise<void> {
    await Promise.all([...this.#drivers.values()].map((driver) => driver.close()));
    for (const run of this.#drivers.keys()) this.#options.heartbeat.end(run);
    this.#drivers.clear();
    this.#stopKeepingAwake?.();
    this.#stopKeepingAwake = null;
  }

  async #assertStartable({ plan, objections }: Planned): Promise<void> {
    const blocking = objections.filter((objection) => objection.blocking).map(({ text }) => text);
    const known = await this.#options.secrets(plan.secrets);
    const missing = plan.secrets.filter((name) => !known.has(name));
    if (missing.length > 0)
      blocking.push(`Give the secret${missing.length > 1 ? 's' : ''} ${missing.join(', ')} first.`);
    for (const driver of this.#drivers.values()) {
      const shared = driver.plan.hosts.filter((host) => plan.hosts.includes(host));
      if (shared.length > 0)
        blocking.push(`Another run works on ${shared.join(', ')}: ${driver.plan.title}.`);
    }
    if (blocking.length > 0) throw new RunError('not-startable', blocking.join(' '));
  }

  #begin(plan: StartedPlan): RunView {
    const { launch, journal, blobs, store, author } = this.#options;
    const digest = blobs.put(JSON.stringify(plan));
    const { run, runbook, title, does, target, version, rehearsal, hosts, rollsBack } = plan;
    this.#plans.set(run, plan);
    journal.append(
      author(),
      runStarted.draft({
        launch,
        run,
        number: store.nextNumber(launch),
        plan: digest,
        runbook,
        title,
        does,
        target,
        version,
        rehearsal,
        hosts,
        rollsBack,
      }),
    );
    this.#drive(plan, '');
    return viewOf(this.#row(run), plan, store, this.#driver(run));
  }

  #drive(plan: DetailedPlan, askToGoOn: string): void {
    const { run, title } = plan;
    const { launch, store, outputs, performers, secrets, now, tell, heartbeat, keepAwake } = this.#options;
    const driver = new RunDriver({
      plan,
      launch,
      store,
      outputs,
      performers,
      secrets,
      now,
      tell,
      askToGoOn,
      append: (...drafts: Draft[]) => this.#options.journal.append(`run ${run}`, ...drafts),
      changed: () => this.#changed(run),
    });
    this.#drivers.set(run, driver);
    heartbeat.begin(run);
    this.#stopKeepingAwake ??= keepAwake(title);
    driver.start();
  }

  #changed(run: string): void {
    if (this.#row(run).state !== null && this.#drivers.delete(run)) {
      this.#options.heartbeat.end(run);
      if (this.#drivers.size === 0) {
        this.#stopKeepingAwake?.();
        this.#stopKeepingAwake = null;
      }
    }
    this.#options.changed(run);
    for (const listener of this.#listeners.get(run) ?? []) listener();
    this.#listeners.delete(run);
  }

  readonly #listeners = new Map<string, (() => void)[]>();

  #onNextChange(run: string, listener: () => void): void {
    this.#listeners.set(run, [...(this.#listeners.get(run) ?? []), listener]);
  }

  #say(run: string, draft: Draft): RunView {
    const { journal, author, store } = this.#options;
    journal.append(author(), draft);
    this.#driver(run)?.advance();
    return viewOf(this.#row(run), this.#planOf(run), store, this.#driver(run));
  }

  async #startRollback(target: string, run: string | undefined): Promise<RunView> {
    const { plan, description } = await this.#wayBack(target, run);
    assertPossible(description);
    if (!plan) throw new RunError('no-rollback', 'There is nothing to go back to.');
    return this.#begin({ ...plan, wayBack: null });
  }

  #wayBack(target: string, run: string | undefined) {
    return this.#waysBack.now(target, run === undefined ? null : this.#planOf(run));
  }

  #remember(digest: string, proposed: { request: PlanRequest; wayBack: RollbackPlan | null }): void {
    this.#proposed.set(digest, proposed);
    for (const old of [...this.#proposed.keys()].slice(0, -rememberedPlans)) this.#proposed.delete(old);
  }

  #planOf(run: string): StartedPlan {
    const known = this.#plans.get(run);
    if (known) return known;
    const text = this.#options.blobs.get(this.#row(run).plan);
    if (!text) throw new RunError('no-plan', `The plan of run ${run} is missing from the data folder.`);
    const plan = JSON.parse(text.toString()) as StartedPlan;
    this.#plans.set(run, plan);
    return plan;
  }

  #row(run: string): RunRow {
    const row = this.#options.store.run(run);
    if (!row) throw new RunError('no-run', `There is no run ${run} in this launch.`);
    return row;
  }

  #driver(run: string): RunDriver | null {
    return this.#drivers.get(run) ?? null;
  }

  #drivenOrThrow(run: string): RunDriver {
    const driver = this.#driver(run);
    if (!driver) throw new RunError('over', `Run ${this.#row(run).number} is over.`);
    return driver;
  }

  #openHold(run: string, step: string): { batch: number } {
    const hold = this.#options.store.holds(run).find((one) => one.step === step && one.answered_at === null);
    if (!hold) throw new RunError('not-asked', 'The run does not wait at this hold now.');
    return hold;
  }

  #address(run: string): { launch: string; run: string } {
    return { launch: this.#options.launch, run };
  }
}

function assertPossible({ possible, facts }: RollbackPlan): void {
  if (possible) return;
  const against = facts.filter(({ ok }) => !ok).map(({ text }) => text);
  throw new RunError(
    'no-rollback',
    `Going back is not possible: ${against.join('; ') || 'nothing can be undone'}.`,
  );
}

function digestOf(plan: DetailedPlan): string {
  return createHash('sha256')
    .update(canonicalize(plan) ?? '')
    .digest('hex');
}
