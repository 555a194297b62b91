import type { LogLines } from '../../shared/contract/runbook.ts';
import type { Outputs } from './outputs.ts';
import type { CellRow, RunStore } from './store.ts';

export interface CellAddress {
  run: string;
  step: string;
  host: string;
}

const mostFound = 5000;
/** How often a growing log is told of at most. */
const tellEveryMs = 150;

/** Reads the output of steps by line, also while they run. */
export class Logs {
  readonly #store: RunStore;
  readonly #outputs: Outputs;

  constructor(store: RunStore, outputs: Outputs) {
    this.#store = store;
    this.#outputs = outputs;
  }

  lines({ from, count, ...address }: CellAddress & { from: number; count: number }): LogLines {
    const cell = this.#cell(address);
    if (!cell || !this.#outputs.exists(cell.run, cell.job)) {
      return {
        from,
        lines: [],
        totalLines: 0,
        totalBytes: 0,
        ended: cell !== null && cell.state !== 'running',
      };
    }
    const log = this.#outputs.at(cell.run, cell.job);
    return { from, lines: log.read(from, count), ...this.#size(cell) };
  }

  find({ text, ...address }: CellAddress & { text: string }): { lines: number[]; more: boolean } {
    const cell = this.#cell(address);
    if (!cell || !this.#outputs.exists(cell.run, cell.job)) return { lines: [], more: false };
    return this.#outputs.at(cell.run, cell.job).find(text, mostFound);
  }

  /** Sizes of a log as it grows, until its step has ended or the caller stops. */
  async *watch(address: CellAddress, signal?: AbortSignal): AsyncGenerator<Omit<LogLines, 'from' | 'lines'>> {
    const cell = this.#cell(address);
    if (!cell) return;
    let wake = () => {};
    const stop = this.#outputs.watch(cell.run, cell.job, () => wake());
    const stopped = () => wake();
    signal?.addEventListener('abort', stopped);
    try {
      for (let last = ''; !signal?.aborted; ) {
        const size = this.#size(this.#cell(address) ?? cell);
        if (JSON.stringify(size) !== last) yield size;
        last = JSON.stringify(size);
        if (size.ended) return;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        await new Promise((resolve) => setTimeout(resolve, tellEveryMs));
      }
    } finally {
      stop();
      signal?.removeEventListener('abort', stopped);
    }
  }

  #size(cell: CellRow): Omit<LogLines, 'from' | 'lines'> {
    const ended = cell.state !== 'running';
    if (!this.#outputs.exists(cell.run, cell.job)) return { totalLines: 0, totalBytes: 0, ended };
    const log = this.#outputs.at(cell.run, cell.job);
    return { totalLines: log.lines, totalBytes: log.bytes, ended };
  }

  /** The last attempt on the host; of a console step that ran for several batches, the last one. */
  #cell({ run, step, host }: CellAddress): CellRow | null {
    return this.#store.cells(run).findLast((cell) => cell.step === step && cell.host === host) ?? null;
  }
}
