import type { Gate, Item } from '../../shared/contract/checklist.ts';
import type { Tables } from '../journal/index.ts';
import { assembleItem, assembleItems } from './assemble.ts';
import { type Bindings, type Bound, bind } from './bindings.ts';
import type { Document, DocumentItem } from './document/document.ts';
import { type ItemRecord, readRecords } from './records/records.ts';

/** The rows of a checklist, kept so that a change of one item costs one row and not ten thousand. */
export class Rows {
  readonly #tables: Tables;
  readonly #launch: string;
  #document: Document;
  #bindings: Bindings;
  #bound: Bound;
  #gates: ReadonlyMap<string, Gate>;
  #records: Map<string, ItemRecord> = new Map();
  #index = new Map<string, number>();
  #items: Item[] = [];
  #given: readonly Item[] | null = null;

  constructor(tables: Tables, launch: string, document: Document, bindings: Bindings) {
    this.#tables = tables;
    this.#launch = launch;
    this.#gates = new Map();
    this.#document = document;
    this.#bindings = bindings;
    this.#bound = bind(document, bindings);
    this.reset(document);
  }

  /** In document order. A list once given is never changed. */
  get items(): readonly Item[] {
    this.#given ??= [...this.#items];
    return this.#given;
  }

  get records(): ReadonlyMap<string, ItemRecord> {
    return this.#records;
  }

  find(id: string): { item: DocumentItem; row: Item } | null {
    const at = this.#index.get(id);
    const [item, row] = at === undefined ? [] : [this.#document.items[at], this.#items[at]];
    return item && row ? { item, row } : null;
  }

  /** All rows anew: after another document, or when records moved. */
  reset(document: Document, bindings: Bindings = this.#bindings): void {
    this.#document = document;
    this.#bindings = bindings;
    this.#bound = bind(document, bindings);
    this.#records = readRecords(this.#tables, this.#launch);
    this.#index = new Map(document.items.map(({ id }, index) => [id, index]));
    this.#items = assembleItems({ document, records: this.#records, gates: this.#gates, bound: this.#bound });
    this.#given = null;
  }

  /** The rows of these items anew, from what is recorded now. */
  update(ids: Iterable<string>): Item[] {
    const unique = new Set(ids);
    for (const id of unique) {
      const record = readRecords(this.#tables, this.#launch, id).get(id);
      if (record) this.#records.set(id, record);
    }
    return this.#assemble(unique);
  }

  /** Takes over what the checks found and gives the rows that are others now. */
  setGates(gates: ReadonlyMap<string, Gate>): Item[] {
    const before = this.#gates;
    this.#gates = new Map(gates);
    const ids = new Set([...before.keys(), ...gates.keys()]);
    const changed = [...ids].filter((id) => JSON.stringify(before.get(id)) !== JSON.stringify(gates.get(id)));
    return this.#assemble(changed);
  }

  #assemble(ids: Iterable<string>): Item[] {
    const changed: Item[] = [];
    for (const id of ids) {
      const at = this.#index.get(id);
      const item = at === undefined ? undefined : this.#document.items[at];
      if (at === undefined || !item) continue;
      const row = assembleItem(item, this.#records.get(id), this.#gates.get(id), this.#bound);
      this.#items[at] = row;
      changed.push(row);
    }
    if (changed.length > 0) this.#given = null;
    return changed;
  }
}
