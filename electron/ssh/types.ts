import type { HostKey } from '../../shared/contract/hardware.ts';

export type SshErrorCode =
  /** No answer, refused, or the name does not resolve. */
  | 'unreachable'
  /** The host shows a key nobody has accepted. */
  | 'key-unknown'
  /** The host shows another key than the accepted one. */
  | 'key-changed'
  /** The host does not let this user in. */
  | 'refused'
  /** The link broke or froze while something was under way. What ran on the host may still run. */
  | 'link-lost'
  /** The program did not end in time and was given up here; it may still run on the host. */
  | 'timeout'
  /** There is no OpenSSH client on this machine. */
  | 'no-ssh'
  /** The host cannot keep a file: its disk is full, or the user may not write there. Nothing was started or changed. */
  | 'not-writable';

/** Says which host, what happened, and what to do. Never means that a command failed: that is an exit code. */
export class SshError extends Error {
  override readonly name = 'SshError';
  readonly code: SshErrorCode;
  readonly host: string;

  constructor(code: SshErrorCode, host: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.host = host;
  }
}

export interface Ran {
  /**
   * Null where the shell that ran the program was killed. A command ended by a signal gives 128 and the signal's
   * number, as in any shell.
   */
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  /** Bytes for the program's standard input. */
  stdin?: Buffer | AsyncIterable<Buffer>;
  /** Told of standard output as it comes; `stdout` in the result is then empty. */
  onOutput?: (chunk: Buffer) => void;
  timeoutMs?: number;
  signal?: AbortSignal;
}

/** Runs POSIX shell programs on hosts as `ssh NAME` would, over one warm connection per host. */
export interface Ssh {
  /**
   * Runs a program in one session. The program is sent whole before any of it runs, so a link that breaks on the
   * way starts nothing.
   * @throws SshError
   */
  run(host: string, program: string, options?: RunOptions): Promise<Ran>;
  /** Opens the host's connection unless it is warm. @throws SshError */
  connect(host: string): Promise<void>;
  /** How ssh_config resolves a name, for display and preflight. Does not connect. */
  resolve(host: string): Promise<ResolvedHost>;
  /** The key the host shows now, without logging in. @throws SshError */
  presentedKey(host: string): Promise<HostKey>;
  /** Adds the key to known_hosts, if the host still shows the one with this fingerprint. @throws SshError */
  trust(host: string, fingerprint: string): Promise<void>;
  /** Drops every connection, because the machine slept: the next call opens a new one. */
  reset(): Promise<void>;
  /** Hosts with a warm connection. */
  connected(): string[];
  onChange(listener: () => void): () => void;
  close(): Promise<void>;
}

/** What runs POSIX shell programs on a host, or on this machine. */
export type Shell = Pick<Ssh, 'run'>;

export interface ResolvedHost {
  host: string;
  hostname: string;
  user: string;
  port: number;
  /** Jump host, or empty. */
  via: string;
  knownHosts: string[];
}

/** One execution of a script on one host that outlives the link. */
export interface Job {
  /**
   * Made and journaled before any call; letters, digits, `-` and `.`, starting with a letter. The same id never
   * starts twice on a host, however often it is asked for.
   */
  id: string;
  host: string;
  /** Runs in the home folder with no terminal, an empty standard input, and INT and QUIT ignored. */
  script: string;
  /** Interpreter and flags, such as `sh -eu`. */
  shell: string;
  /** Exported to the script. Values are data: any bytes but NUL. Never written to the host's disk. */
  env: Record<string, string>;
  /** After this the host itself ends the script with TERM and, 10 s later, KILL. */
  timeoutMs: number;
}

/** Where a job's output goes. Bytes arrive once, in order, with no gaps, across any number of lost links. */
export interface JobOutput {
  /** How many bytes of the host's log are kept here already. */
  offset(): number;
  write(chunk: Buffer): void;
}

export type JobEnd =
  | {
      kind: 'exited';
      code: number;
      timedOut: boolean;
      /** How often the script was started, counted on the host. */
      executions: number;
      /** By this machine's clock, to a second. */
      startedAt: string;
      endedAt: string;
    }
  /** The host restarted, or the process is gone and left no result. */
  | { kind: 'lost'; why: string; executions: number }
  /** Nothing tells whether the script ran. */
  | { kind: 'unknown'; why: string };

export type JobLink = { state: 'connected' } | { state: 'lost'; why: string; nextLookMs: number };

export interface FollowOptions {
  /** Stops following. The job goes on. */
  signal?: AbortSignal;
  /**
   * When an earlier service may have sent this job for the first time. A host that restarted since then and has no
   * such job may have lost it, which is then `unknown` instead of a second start.
   */
  firstSentAt?: Date;
  onLink?: (link: JobLink) => void;
}

export interface Jobs {
  /**
   * Starts the job unless its id is on the host already, then follows it to its end, over as many connections as it
   * takes. Rejects with SshError only for what waiting cannot mend (`key-unknown`, `key-changed`, `refused`,
   * `no-ssh`, `not-writable`), with the signal's reason, and with a TypeError for a job that cannot be expressed.
   */
  run(job: Job, output: JobOutput, options?: FollowOptions): Promise<JobEnd>;
  /** Follows a job that may or may not have started, without ever starting it; null when the host has no such job. */
  attach(host: string, id: string, output: JobOutput, options?: FollowOptions): Promise<JobEnd | null>;
  /** Ends the job's processes: TERM, then KILL after 10 s. Resolves when they are gone. @throws SshError */
  cancel(host: string, id: string): Promise<void>;
  /** Removes folders of jobs that ended more than `olderThanMs` ago. @throws SshError */
  sweep(host: string, olderThanMs: number): Promise<void>;
}
