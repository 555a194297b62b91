/**
 * What depends on where Holdpoint runs. The service knows this interface and nothing of Electron; a host that
 * cannot do something says so in `why` and does nothing, so that no caller asks which host it is.
 */
export interface Host {
  readonly kind: 'electron' | 'loopback' | 'headless';
  readonly secrets: SecretStore;
  readonly awake: KeepAwake;
  readonly notifications: Notifications;
  readonly paths: PathPicker;
  readonly pdf: PdfPrinter;
  /** Starts one of our own programs in a process of its own. Null where a child of Node is that process. */
  readonly fork: ForkProgram | null;
  /** The machine is about to sleep, or has woken. Gives the function that stops listening. */
  onPower(listener: (event: 'suspend' | 'resume') => void): () => void;
}

export interface Ability {
  can: boolean;
  /** Where it cannot: why, and what to do, in a sentence. */
  why: string;
}

export interface SecretStore extends Ability {
  get(name: string): Promise<string | null>;
  set(name: string, value: string): Promise<void>;
  forget(name: string): Promise<void>;
}

export interface KeepAwake extends Ability {
  /** Keeps the machine from sleeping by itself until the returned function is called. Closing the lid still sleeps. */
  hold(reason: string): () => void;
}

export interface Notifications extends Ability {
  show(title: string, text: string): void;
}

/** What is to be chosen, and where the choice begins. */
export interface PathWish {
  kind: 'folder' | 'file' | 'new-file';
  /** Of files, those with one of these endings, without their dot; all where there is none. */
  extensions: readonly string[];
  /** A path in full; empty for where the system likes to begin. */
  at: string;
}

export interface PathPicker extends Ability {
  /** Asks with a dialog of the system; null when the person cancelled it. */
  pick(wish: PathWish): Promise<string | null>;
}

export interface PdfPrinter extends Ability {
  /**
   * A page of HTML as the PDF that a browser prints of it, without a network. Whether scripts in it run, its own content
   * security policy says: not every host can be told.
   * @throws Error with what to do, where it cannot
   */
  print(html: string): Promise<Uint8Array>;
}

/** By the file of its entry and its arguments. */
export type ForkProgram = (entry: string, args: readonly string[]) => ForkedProcess;

/** A process as whoever started it sees it. Messages are what the structured clone carries. */
export interface ForkedProcess {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, with how it ended as the end of a sentence: `ended by itself with code 1`. */
  onEnd(listener: (how: string) => void): void;
  /** At once, whatever it is at. */
  kill(): void;
}
