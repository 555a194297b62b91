/** Carries messages to one other process and brings its own. */
export interface Wire {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
}

type Procedures = Record<string, (...args: never[]) => unknown>;

type Message =
  | { kind: 'call'; id: number; name: string; args: unknown[] }
  | { kind: 'reply'; id: number; value: unknown }
  | { kind: 'failure'; id: number; message: string };

export interface Peer<Theirs extends Procedures> {
  /** Asks the other process; rejects with its error's sentence, or with the reason once the wire has ended. */
  call<Name extends keyof Theirs & string>(
    name: Name,
    ...args: Parameters<Theirs[Name]>
  ): Promise<Awaited<ReturnType<Theirs[Name]>>>;
  end(reason: string): void;
}

/** Lets two processes ask each other over one wire. Values are what the structured clone carries. */
export function connectPeer<Theirs extends Procedures>(wire: Wire, mine: Procedures): Peer<Theirs> {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let lastId = 0;
  let ended: string | null = null;

  const answer = async ({ id, name, args }: Message & { kind: 'call' }) => {
    try {
      const procedure = mine[name] as ((...args: unknown[]) => unknown) | undefined;
      if (!procedure)
        throw new Error(`The other process asked for "${name}", which this one does not offer.`);
      wire.post({ kind: 'reply', id, value: await procedure(...args) } satisfies Message);
    } catch (error) {
      wire.post({ kind: 'failure', id, message: (error as Error).message } satisfies Message);
    }
  };

  wire.onMessage((raw) => {
    const message = raw as Message;
    if (message.kind === 'call') void answer(message);
    if (message.kind === 'reply') waiting.get(message.id)?.resolve(message.value);
    if (message.kind === 'failure') waiting.get(message.id)?.reject(new Error(message.message));
    if (message.kind !== 'call') waiting.delete(message.id);
  });

  return {
    call(name, ...args) {
      if (ended !== null) return Promise.reject(new Error(ended));
      lastId += 1;
      const id = lastId;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
        wire.post({ kind: 'call', id, name, args } satisfies Message);
      });
    },
    end(reason) {
      ended = reason;
      for (const { reject } of waiting.values()) reject(new Error(reason));
      waiting.clear();
    },
  };
}
