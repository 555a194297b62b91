import type { HostLink, Question } from '../../shared/contract/runbook.ts';
import type { Draft } from '../journal/index.ts';
import { choicesFor, type Move, nextMove } from './decide.ts';
import { type DetailedPlan, type DetailedStep, stepOf } from './detailed-plan.ts';
import { holdAnswered, runEnded, runHeld, stepEnded, stepStarted } from './entries.ts';
import { jobId } from './job-id.ts';
import type { Outputs } from './outputs.ts';
import { type CellEnd, type Performers, perform } from './perform.ts';
import { servedHosts } from './served.ts';
import type { Stage } from './stages.ts';
import { cellKey, type RunStore } from './store.ts';
import { tidyUp } from './tidy-up.ts';

export interface DriverOptions {
  plan: DetailedPlan;
  launch: string;
  store: RunStore;
  outputs: Outputs;
  performers: Performers;
  append(...drafts: Draft[]): void;
  /** Secrets by name; those not known are missing. */
  secrets(names: readonly string[]): Promise<ReadonlyMap<string, string>>;
  now(): Date;
  /** The run or a log of it has changed. */
  changed(): void;
  /** The run waits for a person, or has ended. */
  tell(title: string, text: string): void;
  /** The run was interrupted for so long that a person must say whether it goes on. */
  askToGoOn: string;
}

/** Folders of ended jobs stay on their hosts this long. */
const keptJobsMs = 30 * 86_400_000;

/**
 * Drives one run: asks `nextMove` what to do, writes that into the journal, does it, and asks again. It keeps no
 * state that the journal lacks, so it can be thrown away at any moment and made anew.
 */
export class RunDriver {
  readonly plan: DetailedPlan;
  readonly #options: DriverOptions;
  readonly #abort = new AbortController();
  readonly #working = new Map<string, Promise<void>>();
  readonly #links = new Map<string, HostLink>();
  #missingSecrets: string[] = [];
  #goOnQuestion: string;
  #timer: NodeJS.Timeout | undefined;
  #ending: Promise<void> | null = null;
  #stuck = '';

  constructor(options: DriverOptions) {
    this.plan = options.plan;
    this.#options = options;
    this.#goOnQuestion = options.askToGoOn;
  }

  /** Takes the run up from where the journal leaves it: cells that were running are looked for on their hosts. */
  start(): void {
    const { store } = this.#options;
    for (const cell of store.cells(this.plan.run)) {
      if (cell.state !== 'running') continue;
      const stage = { step: cell.step, batch: cell.batch, hosts: [cell.host] };
      this.#carryOut(stage, cell.host, cell.attempt, cell.job, new Date(cell.started_at ?? 0));
    }
    this.advance();
  }

  /** Makes every move that can be made now. */
  advance(): void {
    clearTimeout(this.#timer);
    this.#stuck = '';
    try {
      this.#advance();
    } catch (error) {
      this.#cannotGoOn(error);
    }
    this.#options.changed();
  }

  #advance(): void {
    while (!this.#abort.signal.aborted && !this.#ending) {
      const move = this.#nextMove();
      if (move.do === 'wait') {
        this.#wakeAt(move.until);
        break;
      }
      if (move.do === 'end')
        this.#ending = this.#end(move).catch((error: unknown) => this.#cannotGoOn(error));
      if (move.do === 'hold') this.#hold(move.stage);
      if (move.do === 'lapse') this.#lapse(move.stage, move.go);
      if (move.do === 'start') {
        if (this.#goOnQuestion || this.#missingSecrets.length > 0) break;
        this.#startCells(move.stage, move.hosts);
      }
    }
  }

  /** The journal cannot be written, or a part of ours is wrong. What runs on hosts goes on; nothing new begins. */
  #cannotGoOn(error: unknown): void {
    const why = error instanceof Error ? error.message : String(error);
    this.#stuck = `The run cannot go on here: ${why} Mend that and start Holdpoint again.`;
    this.#options.tell(this.plan.title, this.#stuck);
    this.#options.changed();
  }

  /** Why nothing more happens here although the run has not ended; empty while it goes on. */
  get stuck(): string {
    return this.#stuck;
  }

  /** What a person must say before the run goes on; null while it needs nobody. */
  question(): Question | null {
    const { store, now } = this.#options;
    const run = store.run(this.plan.run);
    if (!run || run.state !== null) return null;
    const since = run.started_at;
    if (this.#missingSecrets.length > 0) {
      const names = this.#missingSecrets;
      return { kind: 'secret', names, text: `The run needs ${names.join(', ')} to go on.`, since };
    }
    const move = this.#nextMove();
    if (move.do === 'start' && this.#goOnQuestion) {
      return {
        kind: 'choice',
        step: move.stage.step,
        hosts: move.hosts,
        state: 'waiting',
        text: this.#goOnQuestion,
        choices: ['go-on', ...(this.servesAnything() ? (['roll-back'] as const) : []), 'stop'],
        since: now().toISOString(),
      };
    }
    if (move.do !== 'wait') return null;
    const step = stepOf(this.plan, move.stage.step);
    if (step.hold) return this.#holdQuestion(step, move.stage);
    return move.asks ? this.#choiceQuestion(step, move.stage, move.asks.hosts) : null;
  }

  links(): HostLink[] {
    return [...this.#links.values()];
  }

  /** Whether any host may serve something else by now, so that there is something to roll back. */
  servesAnything(): boolean {
    return servedHosts(this.plan, this.#options.store).length > 0;
  }

  /** A person said that an interrupted run shall go on. */
  goOn(): void {
    this.#goOnQuestion = '';
    this.advance();
  }

  /** Secrets have been given: tries the steps that lacked them again. */
  retrySecrets(): void {
    if (this.#missingSecrets.length === 0) return;
    this.#missingSecrets = [];
    this.start();
  }

  /** Ends the scripts that run on hosts now. Their cells end as they do there. */
  async cancelRunning(): Promise<void> {
    const running = this.#options.store.cells(this.plan.run).filter(({ state }) => state === 'running');
    await Promise.allSettled(
      running.map(async ({ step, host, job }) => {
        if (stepOf(this.plan, step).style !== 'script') return;
        await this.#options.performers.jobsOf(host).cancel(host || 'laptop', job);
      }),
    );
  }

  /** Resolves when the run has ended or this driver was closed. */
  async settled(): Promise<void> {
    while (this.#working.size > 0 || this.#ending) {
      await Promise.allSettled([...this.#working.values(), this.#ending]);
      if (this.#ending) return;
    }
  }

  /** Stops watching. What runs on hosts goes on, and the next start finds it. */
  async close(): Promise<void> {
    this.#abort.abort(new Error('Holdpoint closes'));
    clearTimeout(this.#timer);
    await Promise.allSettled([...this.#working.values(), this.#ending]);
  }

  #nextMove(): Move {
    const { store, now } = this.#options;
    const decided = (id: string) => {
      const { hold, retries } = stepOf(this.plan, id);
      return { isHold: hold !== null, otherwise: hold?.otherwise ?? 'stop', retries };
    };
    return nextMove(this.plan.stages, decided, store.facts(this.plan.run), now());
  }

  #wakeAt(until: string | null): void {
    if (until === null) return;
    const wait = Math.max(0, Date.parse(until) - this.#options.now().getTime());
    // Node's timers end at 2^31 ms; the next wake-up simply looks again.
    this.#timer = setTimeout(() => this.advance(), Math.min(wait + 1, 2 ** 31 - 1));
  }

  #startCells(stage: Stage, hosts: readonly string[]): void {
    const { append, launch, store } = this.#options;
    const facts = store.facts(this.plan.run);
    const cells = hosts.map((host) => {
      const attempt = (facts.cell(stage.step, stage.batch, host)?.attempt ?? 0) + 1;
      return { host, attempt, job: jobId(this.plan.run, stage.step, stage.batch, host, attempt) };
    });
    const { title } = stepOf(this.plan, stage.step);
    append(
      stepStarted.draft({ launch, run: this.plan.run, step: stage.step, batch: stage.batch, title, cells }),
    );
    for (const { host, attempt, job } of cells) this.#carryOut(stage, host, attempt, job);
  }

  #carryOut(stage: Stage, host: string, attempt: number, job: string, firstSentAt?: Date): void {
    const key = cellKey(stage.step, stage.batch, host);
    if (this.#working.has(key)) return;
    const work = this.#perform(stage, host, attempt, job, firstSentAt)
      .then(
        () => true,
        (error: unknown) => {
          if (!this.#abort.signal.aborted) this.#cannotGoOn(error);
          return false;
        },
      )
      .then((ended) => {
        this.#working.delete(key);
        this.#links.delete(host);
        if (ended) this.advance();
      });
    this.#working.set(key, work);
  }

  async #perform(
    stage: Stage,
    host: string,
    attempt: number,
    job: string,
    firstSentAt: Date | undefined,
  ): Promise<void> {
    const { outputs, performers, secrets, append, launch, changed, now } = this.#options;
    const { plan } = this;
    const step = stepOf(plan, stage.step);
    const known = await secrets(plan.secrets);
    const missing = plan.secrets.filter((name) => !known.has(name));
    if (missing.length > 0) {
      this.#missingSecrets = missing;
      this.#options.tell(plan.title, `The run needs ${missing.join(', ')} to go on.`);
      return;
    }
    const log = outputs.at(plan.run, job);
    const end = await perform(
      {
        plan,
        step,
        host,
        job,
        log,
        secrets: known,
        firstSentAt,
        signal: this.#abort.signal,
        onGrowth: () => outputs.changed(plan.run, job),
        onLink: (link) => {
          this.#links.set(host, { ...link, since: now().toISOString() });
          changed();
        },
      },
      performers,
    );
    log.sync();
    append(
      stepEnded.draft({
        launch,
        run: plan.run,
        step: step.id,
        batch: stage.batch,
        host,
        title: step.title,
        attempt,
        ...end,
        logBytes: log.bytes,
        logDigest: log.digest(),
      }),
    );
    outputs.changed(plan.run, job);
    if (end.state !== 'done') this.#tellOfEnd(step, host, end);
  }

  #tellOfEnd(step: DetailedStep, host: string, { state, outcome }: CellEnd): void {
    this.#options.tell(`${this.plan.title}: ${step.title}`, `${state} ${host && `on ${host}`}: ${outcome}`);
  }

  #hold(stage: Stage): void {
    const { append, launch, now, tell } = this.#options;
    const { hold, title } = stepOf(this.plan, stage.step);
    if (!hold) return;
    const until = hold.withinMs === null ? null : new Date(now().getTime() + hold.withinMs).toISOString();
    const { text, roles } = hold;
    append(
      runHeld.draft({ launch, run: this.plan.run, step: stage.step, batch: stage.batch, text, roles, until }),
    );
    tell(title, hold.text);
  }

  #lapse(stage: Stage, go: boolean): void {
    const { append, launch } = this.#options;
    const note = 'nobody answered in time';
    append(
      holdAnswered.draft({
        launch,
        run: this.plan.run,
        step: stage.step,
        batch: stage.batch,
        role: '',
        go,
        note,
      }),
    );
  }

  async #end({ state, why }: Extract<Move, { do: 'end' }>): Promise<void> {
    const { append, launch, store, performers, tell } = this.#options;
    const left = state === 'done' ? [] : await tidyUp(this.plan, store, performers.abilities);
    if (this.#abort.signal.aborted) return;
    const well = state === 'done' ? doneWords(this.plan, store) : '';
    const ending = [why, well, ...left].filter((part) => part !== '').join('. ');
    const changes = changesOf(this.plan, store);
    append(runEnded.draft({ launch, run: this.plan.run, title: this.plan.title, state, ending, changes }));
    for (const host of this.plan.hosts) {
      // What is older was looked at long ago; a host that cannot be reached now is swept another time.
      performers
        .jobsOf(host)
        .sweep(host, keptJobsMs)
        .catch(() => {});
    }
    tell(this.plan.title, state === 'done' ? `Done. ${ending}` : `Ended: ${state}. ${ending}`);
    this.#options.changed();
  }

  #holdQuestion(step: DetailedStep, stage: Stage): Question | null {
    const hold = this.#options.store
      .holds(this.plan.run)
      .find((one) => one.step === stage.step && one.batch === stage.batch);
    if (!step.hold || !hold) return null;
    const { text, roles, otherwise } = step.hold;
    return { kind: 'hold', step: step.id, text, roles, since: hold.since, until: hold.until, otherwise };
  }

  #choiceQuestion(step: DetailedStep, stage: Stage, hosts: string[]): Question | null {
    const cells = this.#options.store
      .cells(this.plan.run)
      .filter((cell) => cell.step === stage.step && cell.batch === stage.batch && hosts.includes(cell.host));
    const [first] = cells;
    if (!first) return null;
    const where = hosts[0] === '' ? '' : ` on ${hosts.join(', ')}`;
    return {
      kind: 'choice',
      step: step.id,
      hosts,
      state: first.state,
      text: `${step.title}${where}: ${first.outcome}`,
      choices: choicesFor(first.state, this.servesAnything()),
      since: first.ended_at ?? '',
    };
  }
}

/** `0.2.0 is on prd-1, prd-2`: the outcome of a run of which every step is done. */
function doneWords(plan: DetailedPlan, store: RunStore): string {
  const leftOut = store.leftOut(plan.run);
  const hosts = servedHosts(plan, store).filter((host) => !leftOut.has(host));
  return plan.version && hosts.length > 0
    ? `${plan.version} is on ${hosts.join(', ')}`
    : 'Every step that was not skipped is done';
}

/** What a run has changed, a line a step: `Switch current → 0.2.0 on prd-1, prd-2`. */
function changesOf(plan: DetailedPlan, store: RunStore): string[] {
  const changing = new Set(['upload', 'release', 'write', 'switch', 'service', 'run', 'local']);
  const cells = store.cells(plan.run).filter(({ state }) => state === 'done');
  return plan.steps
    .filter(({ kind }) => changing.has(kind))
    .flatMap(({ id, title }) => {
      const hosts = cells.filter(({ step }) => step === id).map(({ host }) => host || 'this machine');
      return hosts.length > 0 ? [`${title} on ${hosts.join(', ')}`] : [];
    });
}
