import { existsSync, rmSync } from 'node:fs';
import { userInfo } from 'node:os';
import type { Fault, Sandbox } from '../../shared/contract/sandbox.ts';
import { endProcesses } from './end-processes.ts';
import { SandboxError } from './errors.ts';
import { noFault, writeFault } from './faults.ts';
import { withFolderLock } from './folder-lock.ts';
import { folderProblem, hostNames, type Layout, layoutOf, makeFolder, plainPath } from './layout.ts';
import { lookAtHosts } from './look.ts';
import { type Memory, readMemory, type System, secretValue } from './memory.ts';
import { prepare } from './prepare.ts';
import { startService } from './services.ts';
import { sshdOf, startSshd } from './sshd.ts';
import { systemName, unknownPrevious, workedSystems } from './systems.ts';
import { type FoundTools, findTools, isRootLocked, type Tools, usualSearch } from './tools.ts';
import type { Overlay, SandboxController, SandboxOptions } from './types.ts';

/** The sandbox in a folder: three SSH servers on this machine with the demo services on them. */
export function createSandbox(options: SandboxOptions): SandboxController {
  return new LocalSandbox(options);
}

class LocalSandbox implements SandboxController {
  readonly folder: string;
  readonly #options: SandboxOptions;
  readonly #listeners = new Set<() => void>();
  #systems: readonly System[];
  #last: Promise<unknown> = Promise.resolve();
  #isStarting = false;
  #found: FoundTools | null = null;

  constructor(options: SandboxOptions) {
    this.#options = options;
    this.#systems = options.systems ?? workedSystems;
    this.folder = plainPath(options.folder);
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async state(): Promise<Sandbox> {
    const layout = this.#layout();
    const [hosts, found] = await Promise.all([lookAtHosts(layout, this.#memory(layout)), this.#find()]);
    const state = this.#isStarting
      ? 'starting'
      : hosts.every(({ running }) => running)
        ? 'running'
        : 'stopped';
    return { state, problem: found.ok ? '' : found.problem, folder: this.folder, hosts };
  }

  start(): Promise<Sandbox> {
    return this.#starting((layout) => this.#run(layout));
  }

  async stop(): Promise<Sandbox> {
    // Never started: there is nothing to look for, and no folder to make.
    if (!existsSync(this.#layout().memory)) return this.state();
    return this.#exclusively(async (layout) => {
      await endProcesses(layout);
      return this.state();
    });
  }

  reset(): Promise<Sandbox> {
    return this.#starting(async (layout) => {
      await endProcesses(layout);
      for (const name of hostNames) rmSync(layout.host(name).home, { recursive: true, force: true });
      await this.#run(layout);
    });
  }

  async setFault(host: string, fault: Fault, version = ''): Promise<Sandbox> {
    if (!hostNames.some((name) => name === host)) {
      throw new SandboxError(
        'unknown-host',
        `The sandbox has no host "${host}". It has ${hostNames.join(', ')}.`,
      );
    }
    const layout = this.#layout();
    const roots = this.#memory(layout)
      .systems.map(({ name }) => layout.host(host).root(name))
      .filter((root) => existsSync(root));
    if (roots.length === 0) {
      throw new SandboxError('not-started', `Nothing is installed on ${host} yet. Start the sandbox first.`);
    }
    for (const root of roots) writeFault(root, { fault, version });
    this.#changed();
    return this.state();
  }

  overlay(system: string, version: string): Promise<Overlay> {
    const name = systemName(system);
    return this.#exclusively(async (layout) => {
      const { systems } = this.#memory(layout);
      this.#systems = systems.some((one) => one.name === name)
        ? systems.map((one) => (one.name === name ? { ...one, version } : one))
        : [...systems, { name, version, previous: unknownPrevious }];
      const { hosts } = await this.#prepare(layout, await this.#requireTools());
      const running = await Promise.all(hosts.map((host) => sshdOf(layout.host(host.name))));
      if (running.every((pid) => pid !== null)) {
        await Promise.all(hosts.map((host) => startService(layout, host.name, name)));
      }
      const varsOf = ({ name: host, services }: Memory['hosts'][number]) => {
        const { home, root } = layout.host(host);
        return { root: root(name), port: String(services[name]), service: name, home };
      };
      return {
        sshConfig: layout.sshConfig,
        hosts: hosts.map((host) => host.name),
        hostVars: Object.fromEntries(hosts.map((host) => [host.name, varsOf(host)])),
        needs: { bundle: layout.bundle(name, version) },
        secret: (secret) => secretValue(layout, secret),
      };
    });
  }

  /** Starts what does not run. Where no server ran, a fault that was set before is gone. */
  async #run(layout: Layout): Promise<void> {
    const tools = await this.#requireTools();
    const { hosts, systems } = await this.#prepare(layout, tools);
    const isRunning = await Promise.all(
      hosts.map(async ({ name }) => (await sshdOf(layout.host(name))) !== null),
    );
    const usePam = process.getuid?.() === 0 && isRootLocked();
    const servers = hosts
      .filter((_, index) => !isRunning[index])
      .map(({ name, port }) =>
        startSshd(tools.sshd, {
          ...{ layout, port, usePam, user: userInfo().username, sftpServer: tools.sftpServer },
          host: { ...layout.host(name), name },
        }),
      );
    const services = hosts.flatMap((host) =>
      systems.map((system) => {
        if (!isRunning.includes(true)) writeFault(layout.host(host.name).root(system.name), noFault);
        return startService(layout, host.name, system.name);
      }),
    );
    // All of them to their end, so that nothing is still being started when the next one gets the lock.
    const ends = await Promise.allSettled([...servers, ...services]);
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed) throw failed.reason;
  }

  #prepare(layout: Layout, tools: Tools): Promise<Memory> {
    const now = this.#options.now?.() ?? new Date();
    const { resources } = this.#options;
    return prepare({
      layout,
      memory: this.#memory(layout),
      tools,
      resources,
      user: userInfo().username,
      now,
    });
  }

  async #requireTools(): Promise<Tools> {
    const found = await this.#find();
    if (!found.ok) throw new SandboxError('cannot-run', found.problem);
    return found.tools;
  }

  /** What was missing is looked for again: the person may have installed it. */
  async #find(): Promise<FoundTools> {
    if (this.#found?.ok) return this.#found;
    const problem = folderProblem(this.folder);
    const { search, node } = this.#options;
    this.#found = problem ? { ok: false, problem } : await findTools(search ?? usualSearch(node));
    return this.#found;
  }

  #layout(): Layout {
    return layoutOf(plainPath(this.folder));
  }

  #memory(layout: Layout): Memory {
    return readMemory(layout, this.#systems);
  }

  #starting(work: (layout: Layout) => Promise<void>): Promise<Sandbox> {
    return this.#exclusively(async (layout) => {
      this.#isStarting = true;
      this.#changed();
      try {
        await work(layout);
      } finally {
        this.#isStarting = false;
      }
      return this.state();
    });
  }

  /** One thing at a time, in this process and among all that use the folder. */
  #exclusively<Result>(work: (layout: Layout) => Promise<Result>): Promise<Result> {
    const turn = this.#last.then(() => {
      makeFolder(this.folder);
      const layout = this.#layout();
      return withFolderLock(layout.lock, () => work(layout));
    });
    this.#last = turn.catch(() => undefined);
    return turn.finally(() => this.#changed());
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
