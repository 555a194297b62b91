/** What was traded, in growing columns: a day of a wide portfolio has hundreds of trades. */
export class TradeLog {
  #size = 0;
  #date = new Int32Array(4096);
  #code = new Int32Array(4096);
  #numbers = new Float64Array(4096 * 4);

  get length(): number {
    return this.#size;
  }

  /** `shares` is negative for a sale. */
  add(date: number, code: number, shares: number, price: number, commission: number, slippage: number): void {
    if (this.#size === this.#date.length) this.#grow();
    const at = this.#size;
    this.#date[at] = date;
    this.#code[at] = code;
    const numbers = this.#numbers;
    numbers[at * 4] = shares;
    numbers[at * 4 + 1] = price;
    numbers[at * 4 + 2] = commission;
    numbers[at * 4 + 3] = slippage;
    this.#size += 1;
  }

  *rows(): Generator<Trade> {
    for (let at = 0; at < this.#size; at += 1) {
      const [shares, price, commission, slippage] = this.#numbers.subarray(at * 4, at * 4 + 4);
      yield {
        date: this.#date[at] as number,
        code: this.#code[at] as number,
        shares: shares as number,
        price: price as number,
        commission: commission as number,
        slippage: slippage as number,
      };
    }
  }

  #grow(): void {
    const [date, code, numbers] = [this.#date, this.#code, this.#numbers];
    this.#date = new Int32Array(date.length * 2);
    this.#code = new Int32Array(code.length * 2);
    this.#numbers = new Float64Array(numbers.length * 2);
    this.#date.set(date);
    this.#code.set(code);
    this.#numbers.set(numbers);
  }
}

/** `date` and `code` are places in the panel. */
export interface Trade {
  date: number;
  code: number;
  shares: number;
  price: number;
  commission: number;
  slippage: number;
}
