import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type {
  Answer,
  ComputeFile,
  Job,
  ModelView,
  ProviderView,
  Question,
} from '../../shared/contract/compute/index.ts';
import {
  type AnswerStore,
  answersIn,
  ComputeProcess,
  forkCompute,
  type InferAnswer,
  type JobProgress,
  type ModelAnswer,
  type ShadowAnswer,
} from '../compute/index.ts';
import type { ForkProgram, UnderWay } from '../hosts/index.ts';
import type { Journal } from '../journal/index.ts';
import { type Asking, askingOf, mapPaths, pathsOf, shownPath, titleOf, wholePath } from './asking.ts';
import { exportAnswer, type Format } from './export.ts';
import { KnownFiles } from './files.ts';
import { type KeptJob, readJobList, writeJobList } from './job-list.ts';
import { createLedger, type Ledger } from './ledger/ledger.ts';
import { recordTrials } from './ledger/record.ts';
import { type MeasuredReturns, measuredReturns } from './measure.ts';
import { bundledModels } from './models/bundled.ts';
import { createRegistry, type Deployment, factsOf, type Registry } from './models/registry.ts';
import { type ItemLine, itemByLine } from './views/claims.ts';
import { outcomeOf, viewOf } from './views/index.ts';

/** The launch that is open, as far as compute has to do with it. */
export interface DeskPlace {
  launch: string;
  system: string;
  /** Of the pack. */
  folder: string;
  /** Whole path of the checklist. */
  checklist: string;
  /** Boxes of the checklist and the lines of its headings, in the order of the document. */
  lines(): { items: ItemLine[]; headings: number[] };
  /** The releases that are in place, as its runs tell. */
  deployments(): Deployment[];
}

export interface DeskParts {
  journal: Journal;
  dataFolder: string;
  /** How the host starts programs. */
  fork: ForkProgram | null;
  place(): DeskPlace | null;
  author(): string;
  now(): Date;
  /** The list of jobs has changed. */
  changed(): void;
}

/** A job of this run of the program. */
interface Live {
  abort: AbortController;
  begunMs: number | null;
  /** What is known so far of an answer that comes bit by bit. */
  partial: unknown;
}

/** Progress is told a few times a second: more often nobody sees it. */
const tellEveryMs = 250;

/** Who asks compute for the window: jobs with their answers, from being asked until they are forgotten. */
export class ComputeDesk {
  readonly ledger: Ledger;
  readonly #registry: Registry;
  readonly #parts: DeskParts;
  readonly #file: string;
  readonly #store: AnswerStore;
  readonly #compute: ComputeProcess;
  readonly #files = new KnownFiles();
  readonly #live = new Map<string, Live>();
  /** Newest first. */
  #jobs: KeptJob[];
  #telling: NodeJS.Timeout | undefined;

  constructor(parts: DeskParts) {
    const folder = join(parts.dataFolder, 'compute');
    this.#parts = parts;
    this.#file = join(folder, 'jobs.json');
    this.#store = answersIn(folder);
    this.#compute = new ComputeProcess({ folder, fork: (folders) => forkCompute(folders, parts.fork) });
    this.#jobs = readJobList(this.#file);
    this.ledger = createLedger(parts.journal);
    this.#registry = createRegistry(parts.journal);
  }

  /** Newest first. */
  list(): Job[] {
    return this.#jobs.map((kept) => this.#shown(kept));
  }

  /** The jobs that have not ended. */
  underWay(): UnderWay[] {
    return this.#jobs.filter(({ job }) => job.endedAt === null).map(({ job }) => underWayAs(job.question));
  }

  /** What there is to ask about: files of the pack, and what was asked about before. */
  files(): Promise<ComputeFile[]> {
    const asked = this.#jobs.flatMap(({ job }) => pathsOf(job.question));
    return this.#files.list(this.#parts.place()?.folder ?? null, asked);
  }

  /** What models can be run on here. */
  async providers(): Promise<ProviderView[]> {
    return (await this.#compute.ask('providers', {})).answer;
  }

  /** Every figure of a file of returns, as checks measure it. @throws DataError, ComputeError */
  async measureReturns(file: string, signal: AbortSignal): Promise<MeasuredReturns> {
    const question = { convention: 'holdpoint', riskFree: 0, benchmark: 0, trials: { trials: 1 } } as const;
    const { answer } = await this.#compute.ask('metrics', { file, rules: [], ...question }, { signal });
    return measuredReturns(answer);
  }

  /** @throws Error where the question cannot be asked here */
  start(asked: Question, fresh: boolean): Job {
    const place = this.#parts.place();
    const question = mapPaths(asked, (path) => wholePath(path, place?.folder ?? null));
    const document = asked.kind === 'claims' ? (place?.checklist ?? null) : null;
    const sweeps = join(this.#parts.dataFolder, 'sweeps');
    const asking = askingOf(question, { document, sweeps });
    const kept: KeptJob = {
      job: {
        id: randomUUID(),
        question,
        title: titleOf(question),
        ...{ state: 'waiting', ahead: 0, phase: '', share: 0, elapsedMs: 0, remainingMs: null },
        askedAt: this.#parts.now().toISOString(),
        ...{ endedAt: null, stored: null, problem: '', outcome: '' },
      },
      ...{ key: null, launch: place?.launch ?? null, document, trials: null },
    };
    const live: Live = { abort: new AbortController(), begunMs: null, partial: null };
    this.#jobs.unshift(kept);
    this.#live.set(kept.job.id, live);
    void this.#run(kept, live, asking, fresh);
    this.#tell();
    return this.#shown(kept);
  }

  cancel(id: string): void {
    this.#need(id);
    this.#live.get(id)?.abort.abort();
  }

  /** @throws Error while it runs */
  forget(id: string): void {
    const { job } = this.#need(id);
    if (job.endedAt === null) throw new Error(`"${job.title}" is under way. Cancel it first.`);
    this.#jobs = this.#jobs.filter((one) => one.job.id !== id);
    this.#live.delete(id);
    this.#tell();
  }

  /** Null while nothing is known of it yet. @throws Error where there is none, or none any more */
  answer(id: string): Answer | null {
    const { job, trials, document } = this.#need(id);
    const live = this.#live.get(id);
    if (job.endedAt === null && !live?.partial) return null;
    const place = this.#parts.place();
    const lines = place?.checklist === document ? place.lines() : { items: [], headings: [] };
    const itemAt = itemByLine(lines.items, lines.headings);
    return viewOf(job.question.kind, this.#raw(id), { trials, itemAt });
  }

  #whole(id: string): Answer {
    const answer = this.answer(id);
    if (answer) return answer;
    throw new Error('There is nothing to write yet: the job is under way.');
  }

  /** Writes the tables of an answer into a new folder. @throws Error where that cannot be */
  export({ id, path, format }: { id: string; path: string; format: Format }): { files: string[] } {
    return { files: exportAnswer(path, format, this.#whole(id), this.#raw(id)) };
  }

  /** Last seen first, and those that bundles of the pack name. */
  async models(): Promise<ModelView[]> {
    const place = this.#parts.place();
    const folder = place?.folder ?? null;
    const bundles = (await this.files()).filter(({ role }) => role === 'bundle');
    const bundled = await bundledModels(bundles.map(({ path }) => wholePath(path, folder)));
    return this.#registry
      .list(place?.system ?? '', place?.deployments() ?? [], bundled)
      .map((model) => ({ ...model, path: shownPath(model.path, folder) }));
  }

  /** @throws Error where no such model was seen */
  setModelRole(sha256: string, role: ModelView['role']): Promise<ModelView[]> {
    const place = this.#parts.place();
    const [launch, system] = [place?.launch ?? null, place?.system ?? ''];
    this.#registry.setRole(this.#parts.author(), launch, system, sha256, role);
    this.#parts.changed();
    return this.models();
  }

  /** The answer as compute gave it. */
  #raw(id: string): unknown {
    const { job, key } = this.#need(id);
    const partial = this.#live.get(id)?.partial;
    const stored = key === null ? null : this.#store.get(key);
    if (stored) return stored.answer;
    if (partial) return partial;
    if (job.state !== 'done')
      throw new Error(`"${job.title}" has no answer${job.problem ? `: ${job.problem}` : ' yet.'}`);
    throw new Error(
      `The answer of "${job.title}" made room for newer ones. Start it again: it is computed anew.`,
    );
  }

  /** Ends what runs; the next start of the program says so. */
  close(): void {
    clearTimeout(this.#telling);
    this.#live.clear();
    this.#compute.close();
  }

  async #run(kept: KeptJob, live: Live, [name, question]: Asking, fresh: boolean): Promise<void> {
    const { job } = kept;
    try {
      const answered = await this.#compute.ask(name, question as never, {
        fresh,
        signal: live.abort.signal,
        onProgress: (progress: JobProgress) => this.#progress(kept, live, progress),
        onPartial: (answer: unknown) => {
          live.partial = answer;
          this.#tellSoon();
        },
      });
      kept.key = answered.key;
      kept.trials = this.#record(kept, answered.answer, answered.stored !== null);
      this.#saw(kept, answered.answer);
      const view = viewOf(job.question.kind, answered.answer, { trials: kept.trials, itemAt: () => null });
      Object.assign(job, { state: 'done', stored: answered.stored, outcome: outcomeOf(view), share: 1 });
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      // Nobody listens any more; what is written says that it was under way.
      if (code === 'closed') return;
      const isCancelled = code === 'cancelled' || code === 'stopped';
      Object.assign(job, {
        state: isCancelled ? 'cancelled' : 'failed',
        problem: code === 'cancelled' ? '' : message,
      });
      this.#recordPartial(kept, live.partial);
    }
    Object.assign(job, { phase: '', ahead: 0, remainingMs: null, elapsedMs: elapsedOf(live) });
    job.endedAt = this.#parts.now().toISOString();
    if (job.state === 'done') this.#live.delete(job.id);
    this.#tell();
  }

  #progress({ job }: KeptJob, live: Live, progress: JobProgress): void {
    if (progress.state === 'waiting') {
      job.ahead = progress.ahead;
      this.#tellSoon();
      return;
    }
    const { phase, share, remainingMs, elapsedMs } = progress;
    live.begunMs ??= performance.now() - elapsedMs;
    Object.assign(job, { state: 'running', ahead: 0, phase, share, remainingMs });
    this.#tellSoon();
  }

  #record(kept: KeptJob, answer: unknown, stored: boolean) {
    const { launch, job } = kept;
    return recordTrials(this.ledger, this.#parts.author(), { launch, question: job.question }, answer, {
      onlyNew: stored,
    });
  }

  #saw({ launch, job: { question } }: KeptJob, answer: unknown): void {
    const saw = (path: string, model: ModelAnswer) =>
      this.#registry.saw(this.#parts.author(), launch, factsOf(path, model));
    if (question.kind === 'infer') saw(question.model, (answer as InferAnswer).model);
    if (question.kind === 'shadow') {
      const { champion, challenger } = answer as ShadowAnswer;
      saw(question.champion, champion.model);
      saw(question.challenger, challenger.model);
    }
  }

  /** What was tried was tried, even where the rest was cancelled. */
  #recordPartial(kept: KeptJob, partial: unknown): void {
    if (partial === null) return;
    try {
      this.#record(kept, partial, true);
    } catch (error) {
      kept.job.problem = [kept.job.problem, (error as Error).message].filter(Boolean).join(' ');
    }
  }

  #shown({ job }: KeptJob): Job {
    const folder = this.#parts.place()?.folder ?? null;
    const live = this.#live.get(job.id);
    return {
      ...job,
      question: mapPaths(job.question, (path) => shownPath(path, folder)),
      elapsedMs: job.endedAt === null && live ? elapsedOf(live) : job.elapsedMs,
    };
  }

  #need(id: string): KeptJob {
    const found = this.#jobs.find(({ job }) => job.id === id);
    if (!found) throw new Error('There is no such job any more. Ask for the list again.');
    return found;
  }

  #tell(): void {
    clearTimeout(this.#telling);
    this.#telling = undefined;
    this.#save();
    this.#parts.changed();
  }

  #tellSoon(): void {
    this.#telling ??= setTimeout(() => {
      this.#telling = undefined;
      this.#parts.changed();
    }, tellEveryMs).unref();
  }

  #save(): void {
    writeJobList(this.#file, this.#jobs);
  }
}

function underWayAs(question: Question): UnderWay {
  if (question.kind !== 'sweep') return 'job';
  return question.slurm === null ? 'sweep' : 'cluster-sweep';
}

function elapsedOf({ begunMs }: Live): number {
  return begunMs === null ? 0 : Math.round(performance.now() - begunMs);
}
