import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export function fixture(name: string) {
  return JSON.parse(readFileSync(join(import.meta.dirname, '../../fixtures/compute', name), 'utf8'));
}

/** The linear congruential generator that the stored figures were made with: numbers from 0 to below 1. */
export function congruential(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 2 ** 31;
  };
}

/** The 504 daily returns of `metrics.json`. */
export function goldenReturns(): Float64Array {
  const draw = congruential(20251029);
  return Float64Array.from({ length: 504 }, (_, i) => {
    let z = -6;
    for (let k = 0; k < 12; k += 1) z += draw();
    const x = 0.0006 + 0.011 * z;
    return i % 37 === 36 ? x * 2.5 : x;
  });
}
