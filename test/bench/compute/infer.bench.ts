import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { answerInfer } from '../../../electron/compute/answers/infer/index.ts';
import { KeyIndex, openSession, WindowReader } from '../../../electron/compute/inference/index.ts';
import { type Duck, findTableFiles, openDuck, openTable } from '../../../electron/compute/tables/index.ts';
import { formatRow } from '../../../scripts/support/bench-rows.ts';
import { writeOnnx } from '../../../scripts/support/onnx.ts';
import { inTurn } from '../figures.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdpoint-bench-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

/** Random features of so many dates and codes, as Parquet: a row per date and code, in order of dates. */
async function writePanel(name: string, dates: number, codes: number, width: number): Promise<string> {
  const file = join(folder, `${name}.parquet`);
  const columns = Array.from({ length: width }, (_, i) => `(random() * 2 - 1)::FLOAT AS f${i}`);
  await withDuck((duck) =>
    duck.run(`COPY (SELECT DATE '2024-01-01' + d::INTEGER AS date, (1000 + c)::VARCHAR AS code, ${columns.join(', ')}
      FROM range(${dates}) days(d), range(${codes}) names(c)) TO '${file}' (FORMAT parquet)`),
  );
  return file;
}

async function withDuck<Result>(work: (duck: Duck) => Promise<Result>): Promise<Result> {
  const duck = await openDuck(mkdtempSync(join(folder, 'duck-')), availableParallelism());
  try {
    return await work(duck);
  } finally {
    duck.close();
  }
}

async function benchWindow(): Promise<void> {
  const [lookback, codes, width] = [180, 3800, 89];
  const file = await writePanel('wide', 200, codes, width);
  await withDuck(async (duck) => {
    const table = await openTable(duck, await findTableFiles(file), {}, () => {});
    const features = table.columns.map(({ name }) => name);
    const reader = new WindowReader(duck, await KeyIndex.open(duck), lookback, features);
    const last = `"#date" BETWEEN DATE '2024-01-21' AND DATE '2024-07-18'`;
    const scan = async () => {
      let rows = 0;
      for await (const chunk of duck.chunks(`SELECT ${features.join(', ')} FROM source WHERE ${last}`)) {
        rows += chunk.rows;
      }
      if (rows !== lookback * codes) throw new Error(`${rows} rows were scanned.`);
    };
    const read = async (date: string) => {
      const windows = await reader.read(date);
      if (windows.codes.length !== codes) throw new Error(`${windows.codes.length} windows were read.`);
    };
    // An earlier date is read afresh, and a later one moved on to.
    const dates = Array.from({ length: 9 }, (_, i) => `2024-07-${18 - i}`);
    await read('2024-07-18');
    const afresh = await inTurn(9, (round) => read(dates[round] as string), scan);
    const next = await inTurn(8, (round) => read(dates[7 - round] as string), scan);
    for (const [name, { ours, baseline }, goal] of [
      ['window of 180 × 3800 × 89 (243 MB) | a DuckDB scan of it', afresh, 1.3],
      ['the next date of that window | a DuckDB scan of it', next, 0.5],
    ] as const) {
      console.log(formatRow(name, ours, baseline, 'ms', goal));
    }
  });
}

/** Each row of a window through two wide layers, then their sum: arithmetic dominates, as in a transformer. */
function heavyModel(lookback: number, width: number, hidden: number): string {
  const file = join(folder, 'heavy.onnx');
  const weights = (count: number) => Float32Array.from({ length: count }, (_, i) => Math.sin(i) / hidden);
  writeFileSync(
    file,
    writeOnnx({
      producer: 'bench',
      opset: 17,
      metadata: {},
      inputs: [{ name: 'x', shape: ['codes', lookback, width] }],
      outputs: [{ name: 'score', shape: ['codes', 1] }],
      constants: [
        { name: 'in', shape: [width, hidden], values: weights(width * hidden) },
        { name: 'through', shape: [hidden, hidden], values: weights(hidden * hidden) },
        { name: 'out', shape: [hidden, 1], values: weights(hidden) },
        { name: 'flat', shape: [2], values: BigInt64Array.of(-1n, BigInt(lookback)) },
        { name: 'sum', shape: [lookback, 1], values: new Float32Array(lookback).fill(1) },
      ],
      nodes: [
        { op: 'MatMul', inputs: ['x', 'in'], output: 'a' },
        { op: 'MatMul', inputs: ['a', 'through'], output: 'b' },
        { op: 'MatMul', inputs: ['b', 'out'], output: 'c' },
        { op: 'Reshape', inputs: ['c', 'flat'], output: 'd' },
        { op: 'MatMul', inputs: ['d', 'sum'], output: 'score' },
      ],
    }),
  );
  return file;
}

async function benchEndToEnd(): Promise<void> {
  const [lookback, codes, width, dates, batch] = [60, 500, 32, 12, 100];
  const data = await writePanel('narrow', lookback + dates - 1, codes, width);
  const model = heavyModel(lookback, width, 2048);
  const scratch = join(folder, 'scratch');
  mkdirSync(scratch);
  const question = {
    model,
    data,
    keys: {},
    provider: 'cpu',
    features: null,
    lookback: null,
    dates,
    batch,
    score: null,
    top: 35,
    golden: null,
    bench: false,
  };
  const session = await openSession(model, 'cpu');
  const prepared = Float32Array.from({ length: batch * lookback * width }, (_, i) => Math.cos(i));
  const bare = async () => {
    for (let run = 0; run < (dates * codes) / batch; run += 1) {
      await session.run(prepared, [batch, lookback, width]);
    }
  };
  const whole = () =>
    answerInfer(question, {
      ...{ scratch, digests: [''], cores: availableParallelism() },
      ...{ progress: () => {}, partial: () => {} },
      cluster: () => {
        throw new Error('No sweep is asked for.');
      },
    });
  await session.run(prepared, [batch, lookback, width]);
  const { ours, baseline } = await inTurn(3, whole, bare);
  console.log(
    formatRow('12 dates of 500 codes from Parquet to scores | bare session.run', ours, baseline, 'ms', 1.03),
  );
}

await benchWindow();
await benchEndToEnd();
