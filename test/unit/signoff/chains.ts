import { readEntry, type SignedEntry } from '../../../electron/signoff/entries/entry.ts';
import { digestOf } from '../../../electron/signoff/statement/canonical.ts';
import { type Sight, subjectsFor, subjectsOf } from '../../../electron/signoff/statement/sight.ts';
import {
  type Head,
  type ReviewSays,
  type Says,
  writeStatement,
} from '../../../electron/signoff/statement/statement.ts';
import type { AnswerValue } from '../../../shared/contract/common.ts';

/** Gives a statement's bytes a signature; pure tests need none. */
export type Signer = (bytes: Buffer, author: string) => string;

/** Somebody at their own machine: writes entries one after the other, having seen what they were shown. */
export class Writer {
  readonly author: string;
  readonly device: string;
  clock = '2026-11-24T09:00:00.000Z';
  readonly #signer: Signer;
  readonly #seen = new Map<string, Head>();
  #prev = '';
  #seq = 0;

  constructor(author: string, device = 'laptop', signer: Signer = () => '') {
    this.author = author;
    this.device = device;
    this.#signer = signer;
  }

  see(...entries: readonly SignedEntry[]): this {
    for (const { id, statement } of entries) {
      const { author, device, seq } = statement.predicate;
      const chain = `${author} ${device}`;
      if (author === this.author && device === this.device) continue;
      if ((this.#seen.get(chain)?.seq ?? 0) < seq) this.#seen.set(chain, { author, device, seq, id });
    }
    return this;
  }

  write(says: Says, sight: Sight | null = null, sections: ReadonlySet<string> | null = null): SignedEntry {
    this.#seq += 1;
    const bytes = writeStatement(sight ? subjectsOf(subjectsFor(sight, sections)) : [], {
      launch: 'apex@1',
      author: this.author,
      device: this.device,
      seq: this.#seq,
      prev: this.#prev,
      seen: [...this.#seen.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
      claimedAt: this.clock,
      says,
    });
    this.#prev = digestOf(bytes);
    return readEntry(bytes, this.#signer(bytes, this.author));
  }

  answer(
    role: string,
    answer: AnswerValue,
    sight: Sight,
    sections: ReadonlySet<string> | null = null,
  ): SignedEntry {
    return this.write({ kind: 'answer', role, answer, condition: '', withdraws: [] }, sight, sections);
  }

  withdraw(role: string, ...entries: readonly SignedEntry[]): SignedEntry {
    return this.write({ kind: 'withdrawal', role, withdraws: entries.map(({ id }) => id) });
  }

  mark(
    item: string,
    state: 'done' | 'failed' | 'blocked',
    reason = '',
    attachments: ReviewSays['attachments'] = [],
  ): SignedEntry {
    const mark = { item, title: `The ${item}`, path: ['Launch'], state, reason };
    return this.write({ kind: 'review', marks: [mark], comments: [], attachments });
  }
}
