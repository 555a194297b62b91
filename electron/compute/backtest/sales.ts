import type { Book } from './book.ts';
import type { TradeLog } from './log.ts';

/** Sales of one date. What is sold out stays in the list of held names until its owner takes it out. */
export class Sales {
  date = 0;
  readonly #book: Book;
  readonly #shares: Float64Array;
  readonly log: TradeLog | null;
  readonly #rate: number | null;
  /** Value and count; in an array, because a number in a field is made anew with every change. */
  readonly #sums = new Float64Array(2);

  constructor(book: Book) {
    this.#book = book;
    this.#shares = book.shares;
    this.log = book.log;
    this.#rate = book.plainRate;
  }

  sell(code: number, shares: number, price: number): void {
    const rate = this.#rate;
    if (rate === null) {
      this.#book.trade(this.date, code, -shares, price);
      return;
    }
    this.#shares[code] = (this.#shares[code] as number) - shares;
    this.count(code, shares, price);
  }

  /** A sale of shares that the book does not list. */
  count(code: number, shares: number, price: number): void {
    this.add(shares * price, 1);
    this.write(code, shares, price);
  }

  /** So many sales of so much together. */
  add(value: number, count: number): void {
    const sums = this.#sums;
    sums[0] = (sums[0] as number) + value;
    sums[1] = (sums[1] as number) + count;
  }

  /** One of sales that are added together. */
  write(code: number, shares: number, price: number): void {
    if (this.log !== null) {
      this.log.add(this.date, code, -shares, price, 0, shares * price * (this.#rate ?? 0));
    }
  }

  settle(): void {
    const value = this.#sums[0] as number;
    const count = this.#sums[1] as number;
    const book = this.#book;
    const cost = value * (this.#rate ?? 0);
    book.cash += value - cost;
    book.slippage += cost;
    book.traded += value;
    book.trades += count;
    this.#sums.fill(0);
  }
}
