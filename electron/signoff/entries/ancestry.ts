import { chainOf, type SignedEntry } from './entry.ts';

/** One author, one place in their chain, and more than one entry: somebody signed two histories. */
export interface Fork {
  author: string;
  device: string;
  seq: number;
  ids: string[];
}

/** Which entries their authors had before them when they signed. Clocks have no say in it. */
export class Ancestry {
  readonly #byId: ReadonlyMap<string, SignedEntry>;
  readonly forks: readonly Fork[];
  readonly #forked: ReadonlySet<string>;

  constructor(entries: readonly SignedEntry[]) {
    this.#byId = new Map(entries.map((entry) => [entry.id, entry]));
    this.forks = findForks([...this.#byId.values()]);
    this.#forked = new Set(this.forks.map(chainOf));
  }

  /** Whether the author of `later` had `earlier`. */
  saw(later: SignedEntry, earlier: SignedEntry): boolean {
    const [late, early] = [later.statement.predicate, earlier.statement.predicate];
    if (later.id === earlier.id) return false;
    const chain = chainOf(early);
    if (chainOf(late) === chain) return this.#isOnPath(late.prev, late.seq - 1, earlier);
    return late.seen.some((head) => chainOf(head) === chain && this.#isOnPath(head.id, head.seq, earlier));
  }

  /** Whether the chain that ends with `id` at `seq` has `wanted` in it. */
  #isOnPath(id: string, seq: number, wanted: SignedEntry): boolean {
    const { predicate } = wanted.statement;
    if (predicate.seq > seq) return false;
    if (!this.#forked.has(chainOf(predicate))) return true;
    let at = id;
    for (let place = seq; place > predicate.seq; place -= 1) {
      const entry = this.#byId.get(at);
      if (!entry) return false;
      at = entry.statement.predicate.prev;
    }
    return at === wanted.id;
  }
}

function findForks(entries: readonly SignedEntry[]): Fork[] {
  const places = Map.groupBy(
    entries,
    ({ statement: { predicate } }) => `${chainOf(predicate)} ${predicate.seq}`,
  );
  return [...places.values()].flatMap((rivals) => {
    const [first] = rivals;
    if (!first || rivals.length < 2) return [];
    const { author, device, seq } = first.statement.predicate;
    return [{ author, device, seq, ids: rivals.map(({ id }) => id).sort() }];
  });
}
