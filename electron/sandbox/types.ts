import type { Fault, Sandbox } from '../../shared/contract/sandbox.ts';
import type { System } from './memory.ts';
import type { ToolSearch } from './tools.ts';

export interface SandboxOptions {
  /** Everything of the sandbox lies in it; nothing outside it is written. */
  folder: string;
  /** The folder `resources/sandbox` of the product. */
  resources: string;
  /** A Node to run the demo services with. This process, or the one on PATH, when absent. */
  node?: string;
  /** Installed on every host. The worked packs' systems when absent. */
  systems?: readonly System[];
  /** Where programs are looked for. This machine's usual folders when absent. */
  search?: ToolSearch;
  now?: () => Date;
}

/** What a rehearsal of a launch puts in place of the pack's own values. */
export interface Overlay {
  /** For `ssh -F`. */
  sshConfig: string;
  hosts: string[];
  /** By host: `root`, `port`, `service`, `home`. */
  hostVars: Record<string, Record<string, string>>;
  /** Absolute paths by name. */
  needs: { bundle: string };
  /** The value of a secret, the same each time it is asked for. */
  secret(name: string): string;
}

export interface SandboxController {
  readonly folder: string;
  /** Looks now: servers by their processes, services by what they answer. */
  state(): Promise<Sandbox>;
  /** Starts what does not run. What runs, whoever started it, is left alone. @throws SandboxError */
  start(): Promise<Sandbox>;
  /** Ends every process of the sandbox, whoever started it. @throws SandboxError */
  stop(): Promise<Sandbox>;
  /** Starts with every host as it was at first: the previous versions, nothing deployed. @throws SandboxError */
  reset(): Promise<Sandbox>;
  /** With a version, the fault holds only while that version is served. @throws SandboxError */
  setFault(host: string, fault: Fault, version?: string): Promise<Sandbox>;
  /**
   * Makes the bundle of the launch's version. A system the sandbox does not know yet is installed on every host, at a
   * version to go back to, and started where the sandbox runs. @throws SandboxError
   */
  overlay(system: string, version: string): Promise<Overlay>;
  /** Hears of every start, stop and fault by this controller. Gives the function that stops it. */
  onChange(listener: () => void): () => void;
}
