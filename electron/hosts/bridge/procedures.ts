import type { Mode } from '../../../shared/contract/common.ts';
import type { Ability, PathWish } from '../host.ts';
import type { UnderWay } from '../under-way.ts';

/** What the main process does for the service. */
export type MainProcedures = {
  abilities(): Promise<Record<'secrets' | 'awake' | 'notifications' | 'paths' | 'pdf', Ability>>;
  getSecret(name: string): Promise<string | null>;
  setSecret(name: string, value: string): Promise<void>;
  forgetSecret(name: string): Promise<void>;
  holdAwake(hold: number, reason: string): void;
  releaseAwake(hold: number): void;
  notify(title: string, text: string): void;
  pickPath(wish: PathWish): Promise<string | null>;
  printPdf(html: string): Promise<Uint8Array>;
  /** Starts a program under a number; what it says comes as `forkSaid`, and its end as `forkEnded`. */
  fork(id: number, entry: string, args: readonly string[]): void;
  tellFork(id: number, message: unknown): void;
  killFork(id: number): void;
};

/** What the service does for the main process. */
export type ServiceProcedures = {
  power(event: 'suspend' | 'resume'): void;
  underWay(): UnderWay[];
  /** Gives what is wrong with the pack, as lines; none when it is open. */
  openPack(pack: string, mode: Mode): Promise<string[]>;
  /** The window is gone or shows another page: its port must not keep anything running. */
  detach(port: number): void;
  forkSaid(id: number, message: unknown): void;
  forkEnded(id: number, how: string): void;
  close(): Promise<void>;
};

/** Sent with a port to a service that is ready; outside the calls, because only a message can carry a port. */
export interface AttachMessage {
  kind: 'attach';
  port: number;
}

/** The first and perhaps only thing a service says: it is ready, or why it cannot start. */
export type ReadyMessage = { kind: 'ready' } | { kind: 'failed'; message: string };
