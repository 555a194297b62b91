import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BacktestConfig, decisionDates, type Panel } from '../../../electron/compute/backtest/index.ts';

/** Runs the same rules in NumPy, on one thread; gives the least time of each run and its equity. */
export function runInNumpy(
  panel: Panel,
  configs: readonly BacktestConfig[],
  rounds: number,
): { ms: number[]; equities: Float64Array[]; version: string } {
  const folder = mkdtempSync(join(tmpdir(), 'holdpoint-bench-'));
  const [days, codes] = [panel.dates.length, panel.codes.length];
  try {
    const byDate = new Float64Array(days * codes);
    for (let code = 0; code < codes; code += 1) {
      for (let t = 0; t < days; t += 1) byDate[t * codes + code] = panel.close[code * days + t] as number;
    }
    writeFileSync(join(folder, 'close.bin'), byDate);
    writeFileSync(join(folder, 'score.bin'), panel.score);
    const [first] = configs;
    if (first?.strategy.kind !== 'top-k') throw new Error('The NumPy loop knows the top K rule alone.');
    const runs = configs.map(({ strategy, rebalance }) => ({
      due: Array.from(decisionDates(panel.dates, rebalance)),
      topK: strategy.topK,
      limit: strategy.kind === 'top-k' ? strategy.turnoverLimit : 1,
    }));
    const { capital, costs, strategy } = first;
    const plan = { days, codes, capital, rate: costs.fixedBps / 10_000, dust: strategy.dust, runs };
    writeFileSync(join(folder, 'runs.json'), JSON.stringify(plan));
    const script = join(import.meta.dirname, 'numpy_backtest.py');
    // Debian's own interpreter has Debian's NumPy; another first in the path need not.
    const output = execFileSync('/usr/bin/python3', [script, folder, String(rounds)], {
      encoding: 'utf8',
      env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
    });
    const { ms, numpy } = JSON.parse(output) as { ms: number[]; numpy: string };
    const equities = configs.map((_, index) => {
      const bytes = readFileSync(join(folder, `equity-${index}.bin`));
      return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
    });
    return { ms, equities, version: numpy };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @throws Error where two equities differ by more than 1e-9 of their size: then no time counts */
export function expectSame(name: string, ours: Float64Array, theirs: Float64Array): void {
  if (ours.length !== theirs.length)
    throw new Error(`${name}: ${ours.length} days against ${theirs.length}.`);
  for (let t = 0; t < ours.length; t += 1) {
    const [a, b] = [ours[t] as number, theirs[t] as number];
    if (!(Math.abs(a - b) <= 1e-9 * Math.abs(b))) {
      throw new Error(`${name}: on day ${t} ours is ${a}, and NumPy's is ${b}.`);
    }
  }
}
