import { join } from 'node:path';
import type { ItemDetail } from '../../shared/contract/checklist.ts';
import type { Mode, Problem } from '../../shared/contract/common.ts';
import type { Launch } from '../../shared/contract/pack.ts';
import { evaluate } from '../../shared/rule/index.ts';
import { type BoardKeeper, type CountdownKeeper, createBoard, createCountdown } from '../board/index.ts';
import { ChecklistError, type OpenChecklist, openChecklist } from '../checklist/index.ts';
import { type Checks, createChecks } from '../checks/index.ts';
import type { DeskPlace } from '../compute-desk/index.ts';
import { createHosts, createProber, type Hosts } from '../hardware/index.ts';
import type { Journal } from '../journal/index.ts';
import type { Pack, ReadPack } from '../pack/index.ts';
import { Logs, Outputs, RunStore, type Runs } from '../runbook/index.ts';
import {
  createSignoffs,
  type PackTrust,
  type RolePolicy,
  type Sight,
  type Signoffs,
  trustOf,
} from '../signoff/index.ts';
import { createSsh, type Ssh } from '../ssh/index.ts';
import { addressProblems, itemsAt } from './addresses.ts';
import { boundChecks } from './bound-checks.ts';
import { absentFrom, type ReviewCopy } from './copy/read.ts';
import { describeLaunch } from './describe.ts';
import { bindingsOf, isWritable, launchId, problemOf, readLaunchPack } from './launch-pack.ts';
import type { LaunchParts, LaunchSource } from './launch-parts.ts';
import { createRuns } from './launch-runs.ts';
import { whatIsAsked } from './past/asked.ts';
import { type Recorder, recordPast } from './past/recorder.ts';
import { policiesOf, sightOf } from './sight.ts';
import { surroundingsOf } from './surroundings.ts';
import { packThresholds } from './thresholds.ts';
import { watchFolder } from './watch-folder.ts';

export type OpenedLaunch = { ok: true; launch: OpenLaunch } | { ok: false; problems: Problem[] };

/** Staleness comes with time alone, so gates are looked at again this often. */
const lookAgainMs = 15_000;
/** Gathers what an item or a run changes for the checks that are about items and runs. */
const reconsiderAfterMs = 250;

/** Builds every domain of a launch over its pack, and takes up the runs that were left. */
export async function openLaunch(parts: LaunchParts, source: LaunchSource): Promise<OpenedLaunch> {
  const { copy } = source;
  const read = await readLaunchPack(source.folder, copy ? absentFrom(copy) : {});
  if (!read.ok) return read;
  const { pack, addresses } = read;
  let checklist: OpenChecklist;
  try {
    checklist = await openChecklist({
      journal: copy?.journal ?? parts.journal,
      launch: launchId(pack, source.mode),
      file: pack.checklistPath,
      mode: source.mode,
      writable: copy === null && isWritable(pack.checklistPath),
      cacheFolder: join(parts.dataFolder, 'cache'),
      bindings: bindingsOf(pack),
      now: parts.now,
    });
  } catch (error) {
    if (!(error instanceof ChecklistError)) throw error;
    return { ok: false, problems: [problemOf(pack.launch.checklist, error.message)] };
  }
  const problems = addressProblems(checklist, addresses);
  if (problems.length > 0) {
    await checklist.close();
    return { ok: false, problems };
  }
  const launch = new OpenLaunch(parts, source, pack, checklist);
  await launch.begin();
  return { ok: true, launch };
}

/** The launch that is open: its pack, and every domain built once over it. */
export class OpenLaunch {
  readonly id: string;
  readonly mode: Mode;
  readonly checklist: OpenChecklist;
  readonly checks: Checks;
  readonly board: BoardKeeper;
  readonly countdown: CountdownKeeper;
  readonly signoffs: Signoffs;
  /** Set where this is somebody's pack to review: nothing in it is changed, measured or run. */
  readonly copy: ReviewCopy | null;
  /** The journal that tells of the items. Of a copy, what came with it; signatures are in one's own. */
  readonly records: Journal;
  /** Whose signatures the pack believes, as its files say now. */
  readonly trust: () => PackTrust;
  /** What is asked of the roles whose answers are signed, now. */
  readonly policies: () => RolePolicy[];
  /** All that an answer can be about, now. */
  readonly sight: () => Sight;
  /** Who started runs of the launch, by every name they have. */
  readonly deployers: () => ReadonlySet<string>;
  readonly hosts: Hosts;
  readonly runs: Runs;
  readonly logs: Logs;
  readonly ssh: Ssh;
  readonly #parts: LaunchParts;
  readonly #outputs: Outputs;
  readonly #recorder: Recorder;
  readonly #store: RunStore;
  readonly #stops: (() => void)[] = [];
  #pack: Pack;
  #problems: Problem[] = [];
  #reconsidering: NodeJS.Timeout | undefined;

  constructor(
    parts: LaunchParts,
    { mode, overlay, copy }: LaunchSource,
    pack: Pack,
    checklist: OpenChecklist,
  ) {
    const { journal, blobs, dataFolder, host, laptop, secrets, changes, author, now } = parts;
    this.#parts = parts;
    this.#pack = pack;
    this.id = launchId(pack, mode);
    this.mode = mode;
    this.checklist = checklist;
    this.copy = copy;
    this.records = copy?.journal ?? journal;
    const records = this.records;
    const launch = this.id;
    const overrides = overlay?.hostVars ?? {};
    const notify = (title: string, text: string) => {
      host.notifications.show(title, text);
      changes.publish({ topic: 'notice', title, text, tone: 'calm' });
    };

    this.ssh = createSsh(overlay ? { configFile: overlay.sshConfig } : {});
    const prober = createProber({ run: (name, program, options) => this.ssh.run(name, program, options) });
    this.hosts = createHosts({ access: this.ssh, prober, targets: () => this.#pack.launch.targets });

    const store = new RunStore(records);
    this.#store = store;
    this.checks = createChecks({
      journal: records,
      launch,
      bound: () => this.#bound,
      surroundings: surroundingsOf({
        launch,
        pack: () => this.#pack,
        overrides,
        checklist,
        store,
        ssh: this.ssh,
        prober,
        laptop,
        secrets,
        measureReturns: parts.measureReturns,
      }),
      evaluate,
      author,
      // What was fresh when the copy was made is what its reader judges; at home it has gone on ageing.
      now: copy ? () => new Date(copy.manifest.writtenAt) : now,
    });

    this.countdown = createCountdown(records, launch, () => this.#pack.launch.t0, now);
    this.trust = trustOf(pack.folder);
    this.policies = () => policiesOf(this.#pack, checklist, this.countdown.read(), now());
    this.sight = () => sightOf(this.#pack, checklist, this.checks);
    const starters = () => new Set(this.runs.list().map(({ by }) => by));
    this.signoffs = createSignoffs({
      journal,
      blobs,
      launch,
      trust: this.trust,
      policies: this.policies,
      sight: this.sight,
      deployers: starters,
      now,
    });
    this.deployers = () => this.signoffs.deployers();
    this.board = createBoard({
      journal: records,
      launch,
      roles: () => this.#pack.launch.roles,
      contacts: () => this.#pack.launch.contacts,
      checklist: () => checklist.get(),
      countdown: () => this.countdown.read(),
      review: () => this.signoffs.review(),
      signed: () => (this.#pack.launch.signing.length > 0 ? this.signoffs.standings() : []),
      now,
    });

    this.#outputs = new Outputs(join(dataFolder, 'runs'));
    this.runs = createRuns(parts, {
      ...{ launch, records, mode, overlay, checklist, store, prober, notify },
      pack: () => this.#pack,
      checks: this.checks,
      ssh: this.ssh,
      outputs: this.#outputs,
      changed: () => this.#reconsiderSoon(),
    });
    this.logs = new Logs(store, this.#outputs);
    this.#bound = boundChecks(this.#pack, this.checklist);
    this.#recorder = recordPast({
      ...{ journal: records, launch, author },
      opened: () => whatIsAsked(this.#pack, mode, this.trust(), blobs),
      board: () => this.board.read(),
    });
  }

  #bound: ReturnType<typeof boundChecks> = [];

  /** Shows the gates, listens to everything that changes, and takes up the runs an earlier process left. */
  async begin(): Promise<void> {
    const { changes, secrets, host } = this.#parts;
    await this.signoffs.prepare();
    if (!this.copy) await secrets.known(this.secretNames());
    this.checklist.setThresholds(packThresholds(this.#pack, (address) => itemsAt(this.checklist, address)));
    this.checklist.setGates(this.checks.gates());
    this.#recorder.packRead();
    const lookAgain = setInterval(() => this.#showGates(), lookAgainMs).unref();
    this.#stops.push(
      () => this.#recorder.close(),
      () => clearInterval(lookAgain),
      () => clearTimeout(this.#reconsidering),
      this.checks.onChange(() => this.#showGates()),
      this.checklist.onChange((change) => {
        if (change.kind === 'items') changes.publish({ topic: 'items', items: change.items });
        else this.#documentChanged();
        changes.publish({ topic: 'board' });
        this.#reconsiderSoon();
      }),
      this.hosts.onChange(() => {
        changes.publish({ topic: 'hosts' });
        changes.publish({ topic: 'session' });
      }),
      this.ssh.onChange(() => changes.publish({ topic: 'session' })),
      host.onPower((event) => {
        if (event === 'resume') void this.ssh.reset();
      }),
    );
    if (this.copy) return;
    this.#stops.push(watchFolder(this.#pack.folder, () => void this.reload()));
    this.runs.resume();
  }

  /** The launch as people see it. */
  describe(): Launch {
    return describeLaunch(this.#pack, {
      id: this.id,
      mode: this.mode,
      copy: this.copy,
      countdown: this.countdown.read(),
      checklist: this.checklist,
      problems: this.#problems,
    });
  }

  /** What compute has to know of the launch. */
  deskPlace(): DeskPlace {
    const { checklist } = this;
    return {
      launch: this.id,
      system: this.#pack.launch.system,
      folder: this.#pack.folder,
      checklist: this.#pack.checklistPath,
      lines: () => ({
        items: checklist.items.map(({ id, line }) => ({ id, line })),
        headings: checklist.document.sections.map(({ line }) => line),
      }),
      deployments: () => this.#store.inPlace(this.#pack.launch.system, this.mode === 'rehearsal'),
    };
  }

  /** The secrets that the runbooks of the pack ask for. */
  secretNames(): string[] {
    return [...new Set(this.#pack.runbooks.flatMap(({ secrets }) => secrets))];
  }

  get folder(): string {
    return this.#pack.folder;
  }

  /** SHA-256 of the pack's files, by name. */
  get digests(): Readonly<Record<string, string>> {
    return this.#pack.digests;
  }

  item(id: string): ItemDetail {
    return this.checklist.item(id, this.checks.evidence(id));
  }

  /** Reads the pack again. With mistakes in it the launch goes on with what it had, and says what they are. */
  async reload(): Promise<Problem[]> {
    const read = await readLaunchPack(this.#pack.folder);
    this.#problems = read.ok ? this.#takeOver(read) : read.problems;
    this.#parts.changes.publish({ topic: 'launch' });
    return this.#problems;
  }

  /** Takes over what was changed in the files just now. Gives what is wrong with them. */
  async refresh(): Promise<Problem[]> {
    if (this.copy) return [];
    await this.checklist.refresh();
    return this.reload();
  }

  async close(): Promise<void> {
    for (const stop of this.#stops) stop();
    this.checks.close();
    await this.runs.close();
    await this.checklist.close();
    this.#outputs.close();
    await this.ssh.close();
    this.copy?.journal.close();
  }

  #takeOver({ pack, addresses }: Extract<ReadPack, { ok: true }>): Problem[] {
    if (launchId(pack, this.mode) !== this.id || pack.checklistPath !== this.#pack.checklistPath) {
      const what = `${pack.launch.system} ${pack.launch.version}`;
      return [
        problemOf(
          'launch.yaml',
          `This is now another launch, ${what}. Open the pack again to go over to it.`,
        ),
      ];
    }
    const problems = addressProblems(this.checklist, addresses);
    if (problems.length > 0) return problems;
    this.#pack = pack;
    this.checklist.setBindings(bindingsOf(pack));
    this.checklist.setThresholds(packThresholds(pack, (address) => itemsAt(this.checklist, address)));
    this.#bound = boundChecks(this.#pack, this.checklist);
    this.#recorder.packRead();
    this.#showGates();
    return [];
  }

  /** Items have come, gone, or have other words: the checks are bound to them anew. */
  #documentChanged(): void {
    this.#bound = boundChecks(this.#pack, this.checklist);
    this.#showGates();
    this.#parts.changes.publish({ topic: 'checklist' });
  }

  #showGates(): void {
    this.checklist.setGates(this.checks.gates());
  }

  #reconsiderSoon(): void {
    if (this.copy) return;
    clearTimeout(this.#reconsidering);
    this.#reconsidering = setTimeout(() => {
      this.checks.reconsider().catch((error: unknown) => {
        const text = error instanceof Error ? error.message : String(error);
        this.#parts.changes.publish({ topic: 'notice', title: 'Checks', text, tone: 'alarm' });
      });
    }, reconsiderAfterMs);
  }
}
