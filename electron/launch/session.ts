import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Mode, Problem } from '../../shared/contract/common.ts';
import type { Opened } from '../../shared/contract/pack.ts';
import { counted } from '../../shared/units.ts';
import { ComputeDesk } from '../compute-desk/index.ts';
import { createLaptop, type Laptop } from '../hardware/index.ts';
import type { Host, UnderWay } from '../hosts/index.ts';
import { type Blobs, type Journal, openBlobs, type Projection } from '../journal/index.ts';
import { createSandbox, type SandboxController } from '../sandbox/index.ts';
import { createSettings, type SettingsStore } from '../settings/index.ts';
import { Changes } from './changes.ts';
import { absentFrom, copyAt, isReviewFile, unpackReview } from './copy/read.ts';
import { readLaunchPack } from './launch-pack.ts';
import { type OpenLaunch, openLaunch } from './open-launch.ts';
import { Prompts } from './prompts.ts';
import { Secrets } from './secrets.ts';

export interface SessionOptions {
  journal: Journal;
  dataFolder: string;
  /** The folder `resources` of this installation. */
  resources: string;
  host: Host;
  /** What is derived from a journal, for one that comes with a review file. */
  projections: readonly Projection[];
  now(): Date;
}

export interface WorkedPack {
  name: string;
  system: string;
  about: string;
  items: number;
}

/** What is open here: one launch or none, and what stays when launches come and go. */
export class Session {
  readonly journal: Journal;
  readonly settings: SettingsStore;
  readonly sandbox: SandboxController;
  readonly laptop: Laptop;
  /** Jobs of compute: they go on when launches come and go. */
  readonly compute: ComputeDesk;
  readonly changes = new Changes();
  readonly secrets: Secrets;
  /** What the program that signs asks. */
  readonly prompts = new Prompts();
  readonly host: Host;
  readonly dataFolder: string;
  readonly blobs: Blobs;
  readonly #resources: string;
  readonly #projections: readonly Projection[];
  readonly #now: () => Date;
  #launch: OpenLaunch | null = null;
  #startedSandbox = false;
  /** What was left open and could not be opened again, with the reason. */
  #notReopened: { folder: string; mode: Mode; problem: string } | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  constructor({ journal, dataFolder, resources, host, projections, now }: SessionOptions) {
    this.journal = journal;
    this.dataFolder = dataFolder;
    this.host = host;
    this.#resources = resources;
    this.#projections = projections;
    this.#now = now;
    this.settings = createSettings(journal);
    this.secrets = new Secrets(host.secrets);
    this.laptop = createLaptop();
    this.blobs = openBlobs(join(dataFolder, 'blobs'));
    this.sandbox = createSandbox({
      folder: join(dataFolder, 'sandbox'),
      resources: join(resources, 'sandbox'),
    });
    this.compute = new ComputeDesk({
      ...{ journal, dataFolder, fork: host.fork },
      place: () => this.#launch?.deskPlace() ?? null,
      author: () => this.author(),
      now,
      changed: () => this.changes.publish({ topic: 'compute' }),
    });
    this.sandbox.onChange(() => {
      this.changes.publish({ topic: 'sandbox' });
      this.changes.publish({ topic: 'session' });
    });
    journal.onAppend(() => {
      this.changes.publish({ topic: 'journal' });
      this.changes.publish({ topic: 'board' });
      this.changes.publish({ topic: 'session' });
    });
  }

  /** The launch that is open. */
  get launch(): OpenLaunch | null {
    return this.#launch;
  }

  /** The same where one must be. @throws Error with what to do */
  need(): OpenLaunch {
    if (this.#launch) return this.#launch;
    throw new Error('No launch pack is open. Open one first.');
  }

  /** The open launch, once what is being opened is open. */
  async settled(): Promise<OpenLaunch | null> {
    await this.#turn;
    return this.#launch;
  }

  /**
   * Opens what was open when Holdpoint last ended, in whatever way it ended, so that its runs are found again. Where
   * that is no longer possible there is no launch, and the person opens one.
   */
  async reopen(): Promise<void> {
    const left = this.settings.leftOpen();
    if (!left) return;
    const problem = await this.open(left.folder, left.mode).then(
      firstProblem,
      (error: Error) => error.message,
    );
    if (problem === '') return;
    this.#notReopened = { ...left, problem };
    this.#tellOfLaunch();
  }

  /** Why a pack that was left open is not open again; empty for every other. */
  whyNotReopened(folder: string, mode: Mode): string {
    const not = this.#notReopened;
    return not?.folder === folder && not.mode === mode ? not.problem : '';
  }

  now(): Date {
    return this.#now();
  }

  /** How entries name the person. */
  author(): string {
    return this.settings.get().name;
  }

  /** What goes on by itself: runs of the open launch, and jobs of compute. */
  underWay(): UnderWay[] {
    return [...(this.#isRunning() ? (['run'] as const) : []), ...this.compute.underWay()];
  }

  /**
   * Opens a pack in the place of the one that is open. With mistakes in it, the open one stays. A review file is unpacked
   * first, and what was signed in it is taken in.
   */
  open(path: string, asked: Mode): Promise<Opened> {
    return this.#inTurn(async () => {
      this.#assertFree();
      const came = isReviewFile(path) ? unpackReview(path, this.dataFolder) : null;
      const folder = came?.folder ?? path;
      const copy = copyAt(folder, this.dataFolder, this.#projections);
      const mode = copy?.manifest.mode ?? asked;
      const read = await readLaunchPack(folder, copy ? absentFrom(copy) : {});
      if (!read.ok) return read;
      const { system, version } = read.pack.launch;
      const overlay = mode === 'rehearsal' && !copy ? await this.#overlay(system, version) : null;
      const before = this.#launch;
      this.#launch = null;
      await before?.close();
      this.secrets.fromSandbox(overlay ? (name) => overlay.secret(name) : null);
      const { journal, dataFolder, host, laptop, secrets, changes } = this;
      const opened = await openLaunch(
        {
          journal,
          blobs: this.blobs,
          dataFolder,
          host,
          laptop,
          secrets,
          changes,
          measureReturns: (file, signal) => this.compute.measureReturns(file, signal),
          author: () => this.author(),
          now: this.#now,
        },
        { folder, mode, overlay, copy },
      );
      if (opened.ok) {
        this.#launch = opened.launch;
        if (came) await this.#takeIn(opened.launch, came.files);
        this.#notReopened = null;
        const openedAt = this.#now().toISOString();
        this.settings.remember({ folder, system, version, mode, openedAt });
        this.settings.setLeftOpen({ folder, mode });
      }
      this.#tellOfLaunch();
      return opened.ok ? { ok: true, launch: opened.launch.describe() } : opened;
    });
  }

  /** Copies a worked pack to where it may be changed, unless that was done before, and opens it as a rehearsal. */
  async openWorked(name: string): Promise<Opened> {
    if (!this.worked().some((pack) => pack.name === name)) {
      throw new Error(
        `There is no worked pack "${name}". There are: ${this.worked()
          .map((pack) => pack.name)
          .join(', ')}.`,
      );
    }
    const folder = join(this.dataFolder, 'packs', name);
    if (!existsSync(join(folder, 'launch.yaml'))) {
      rmSync(folder, { recursive: true, force: true });
      cpSync(join(this.#resources, 'packs', name), folder, { recursive: true });
    }
    return this.open(folder, 'rehearsal');
  }

  /** The packs that come with Holdpoint. */
  worked(): WorkedPack[] {
    const packs = join(this.#resources, 'packs');
    return readdirSync(packs, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => describeWorked(name, join(packs, name)))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Reads the open pack again. */
  async reload(): Promise<Opened> {
    const launch = this.need();
    const problems: Problem[] = await launch.reload();
    return problems.length > 0 ? { ok: false, problems } : { ok: true, launch: launch.describe() };
  }

  /** What verifies of the entries of a review file. The rest is told, and kept nowhere. */
  async #takeIn({ signoffs }: OpenLaunch, files: ReadonlyMap<string, Buffer>): Promise<void> {
    const { refused } = await signoffs.importFiles(this.author(), files, { keep: true });
    const [first] = refused;
    if (!first) return;
    const title = `${counted(refused.length, 'entry', 'entries')} of the review file refused`;
    this.changes.publish({ topic: 'notice', title, text: `${first.name}: ${first.message}`, tone: 'alarm' });
  }

  setMode(mode: Mode): Promise<Opened> {
    return this.open(this.need().folder, mode);
  }

  closeLaunch(): Promise<void> {
    return this.#inTurn(async () => {
      this.#assertFree();
      const launch = this.#launch;
      this.#launch = null;
      await launch?.close();
      this.settings.setLeftOpen(null);
      this.#tellOfLaunch();
    });
  }

  startSandbox(): Promise<unknown> {
    this.#startedSandbox = true;
    return this.sandbox.start();
  }

  async close(): Promise<void> {
    this.prompts.close();
    await this.#turn;
    const isRunning = this.#isRunning();
    await this.#launch?.close();
    this.#launch = null;
    // A run that goes on needs its hosts; the next start finds both.
    if (this.#startedSandbox && !isRunning) await this.sandbox.stop();
    this.compute.close();
    this.laptop.close();
    this.changes.close();
  }

  async #overlay(system: string, version: string) {
    await this.startSandbox();
    return this.sandbox.overlay(system, version);
  }

  #isRunning(): boolean {
    return this.#launch?.runs.isBusy() ?? false;
  }

  #assertFree(): void {
    if (this.#isRunning())
      throw new Error('A run is under way. Let it end, or stop it, before another launch is opened.');
  }

  #tellOfLaunch(): void {
    for (const topic of ['launch', 'checklist', 'board', 'runs', 'hosts', 'journal', 'session'] as const) {
      this.changes.publish({ topic });
    }
  }

  /** Two openings at once would build two launches over one journal. */
  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => {});
    return turn;
  }
}

/** Empty where it was opened. */
function firstProblem(opened: Opened): string {
  const [first] = opened.ok ? [] : opened.problems;
  return first ? `${first.file}:${first.line}:${first.column} ${first.message}` : '';
}

function describeWorked(name: string, folder: string): WorkedPack {
  const readme = readFileSync(join(folder, 'README.md'), 'utf8');
  const [title = '', about = ''] = readme
    .split(/\n{2,}/)
    .map((part) => part.replace(/\s+/g, ' ').trim())
    .filter((part) => part !== '');
  const boxes = readFileSync(join(folder, 'checklist.md'), 'utf8').match(
    /^\s*(?:[-*+]|\d+[.)]) \[[ xX~]\] /gm,
  );
  return { name, system: title.replace(/^#\s*/, ''), about, items: boxes?.length ?? 0 };
}
