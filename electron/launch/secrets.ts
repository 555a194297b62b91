import type { SecretStore } from '../hosts/index.ts';

/**
 * Secrets for runs and checks, from wherever they are: given in this session, the environment, the sandbox's own,
 * or the host's store. Their values are never written by Holdpoint anywhere but into that store.
 */
export class Secrets {
  readonly #store: SecretStore;
  readonly #given = new Map<string, string>();
  readonly #used = new Map<string, string>();
  #ofSandbox: (name: string) => string | undefined = () => undefined;

  constructor(store: SecretStore) {
    this.#store = store;
  }

  /** Where a rehearsal's secrets come from; without it, the sandbox gives none. */
  fromSandbox(secret: ((name: string) => string) | null): void {
    this.#ofSandbox = secret ?? (() => undefined);
    this.#used.clear();
  }

  /** Those of the named secrets that are known. */
  async known(names: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const found = await Promise.all(names.map(async (name) => [name, await this.#find(name)] as const));
    const known = new Map(found.filter((pair): pair is [string, string] => pair[1] !== null));
    for (const [name, value] of known) this.#used.set(name, value);
    return known;
  }

  /** Takes a secret for this session, and into the host's store where it has one. */
  async give(name: string, value: string): Promise<void> {
    this.#given.set(name, value);
    this.#used.set(name, value);
    if (this.#store.can) await this.#store.set(name, value);
  }

  async forget(name: string): Promise<void> {
    this.#given.delete(name);
    this.#used.delete(name);
    if (this.#store.can) await this.#store.forget(name);
  }

  /** The secrets that were found in this session, by name. */
  cached(): Record<string, string> {
    return Object.fromEntries(this.#used);
  }

  /** Their values, to keep out of what is shown and written. */
  values(): string[] {
    return [...this.#used.values()];
  }

  async #find(name: string): Promise<string | null> {
    const near = this.#given.get(name) ?? process.env[`HOLDPOINT_SECRET_${name}`] ?? this.#ofSandbox(name);
    if (near !== undefined) return near;
    return this.#store.can ? this.#store.get(name) : null;
  }
}
