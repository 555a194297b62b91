import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { type ComputeChild, ComputeProcess, forkCompute } from '../../../electron/compute/index.ts';
import { openDuck } from '../../../electron/compute/tables/index.ts';
import { writeOnnx } from '../../../scripts/support/onnx.ts';
import { temporaryFile, temporaryFolder } from '../../support/folder.ts';
import { inferQuestion } from '../../support/inference.ts';

const mebibyte = 2 ** 20;

/** The most memory that a process has had at once, in bytes. */
function peakBytes(pid: number): number {
  const [, kibibytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kibibytes) * 1024;
}

it('scoring takes one window and one batch, however large the panel is', async () => {
  const [dates, codes, width, lookback] = [2_400, 500, 100, 50];
  const folder = temporaryFolder();
  const duck = await openDuck(folder, 2);
  const columns = Array.from({ length: width }, (_, i) => `(d + ${i} * c % 1000)::FLOAT AS f${i}`);
  const panelOf = async (days: number) => {
    const file = join(folder, `${days}.parquet`);
    await duck.run(`COPY (SELECT DATE '2024-01-01' + d::INTEGER AS date, 'c' || c AS code, ${columns.join(', ')}
      FROM range(${days}) days(d), range(${codes}) names(c)) TO '${file}' (FORMAT parquet, ROW_GROUP_SIZE 20480)`);
    return file;
  };
  const [small, large] = [await panelOf(60), await panelOf(dates)];
  duck.close();
  const model = temporaryFile(
    'm.onnx',
    writeOnnx({
      producer: 'test',
      opset: 17,
      metadata: {},
      inputs: [{ name: 'x', shape: ['codes', lookback, width] }],
      outputs: [{ name: 'score', shape: ['codes', 1] }],
      constants: [
        { name: 'flat', shape: [2], values: BigInt64Array.of(-1n, BigInt(lookback * width)) },
        { name: 'w', shape: [lookback * width, 1], values: new Float32Array(lookback * width).fill(1) },
      ],
      nodes: [
        { op: 'Reshape', inputs: ['x', 'flat'], output: 'rows' },
        { op: 'MatMul', inputs: ['rows', 'w'], output: 'score' },
      ],
    }),
  );
  const children: ComputeChild[] = [];
  const compute = new ComputeProcess({
    folder: temporaryFolder(),
    fork(folders) {
      const child = forkCompute(folders);
      children.push(child);
      return child;
    },
  });
  onTestFinished(() => compute.close());
  const ask = (data: string) => compute.ask('infer', inferQuestion({ model, data, dates: 5, batch: 100 }));
  // What the libraries take by themselves, and one window and one batch.
  await ask(small);
  const pid = children[0]?.pid as number;
  const before = peakBytes(pid);
  const { answer } = await ask(large);
  expect(answer.dates.map((date) => date.codes.length)).toEqual(Array(5).fill(codes));

  const { bytes, batchBytes, keyBytes } = answer.window;
  // A sixteenth of the codes more may come, or be away.
  expect(bytes).toBe(((codes + Math.ceil(codes / 16)) * lookback + 1) * width * 4);
  expect(batchBytes).toBe(100 * lookback * width * 4);
  expect(keyBytes).toBeLessThan(5 * dates * codes);
  expect(children).toHaveLength(1);
  const grown = peakBytes(pid) - before;
  // What is let go of is collected now and then: chunks that DuckDB gave, and a window that waits to be.
  const allowed = 2 * bytes + batchBytes + keyBytes + 96 * mebibyte;
  expect(grown).toBeLessThan(allowed);
  // A copy of the panel would not fit.
  expect(dates * codes * width * 4).toBeGreaterThan(3 * allowed);
});
