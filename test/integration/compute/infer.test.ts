import { readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InferenceError, type InferQuestion } from '../../../electron/compute/index.ts';
import { type OnnxModel, writeOnnx } from '../../../scripts/support/onnx.ts';
import { runCommand } from '../../support/cli.ts';
import { temporaryFile, temporaryFolder } from '../../support/folder.ts';
import { inferQuestion, ranker, rankerData, startedCompute } from '../../support/inference.ts';

/** Sums every value of a window, each with a weight of its own: wrong order, rows or columns give another score. */
const weights = Float32Array.of(1, 10, 100, 1000, 10_000, 100_000);
const weighing: OnnxModel = {
  producer: 'test',
  opset: 17,
  metadata: {},
  inputs: [{ name: 'x', shape: ['codes', 3, 2] }],
  outputs: [{ name: 'score', shape: ['codes', 1] }],
  constants: [
    { name: 'flat', shape: [2], values: BigInt64Array.of(-1n, 6n) },
    { name: 'w', shape: [6, 1], values: weights },
  ],
  nodes: [
    { op: 'Reshape', inputs: ['x', 'flat'], output: 'rows' },
    { op: 'MatMul', inputs: ['rows', 'w'], output: 'score' },
  ],
};
const modelOf = (change: Partial<OnnxModel> = {}) =>
  temporaryFile('m.onnx', writeOnnx({ ...weighing, ...change }));

/** Rows in no order; `b` was suspended on the third day, `c` is new, `d` has a hole, `e` is not there on the last day. */
const panel = () =>
  temporaryFile(
    'p.csv',
    `date,code,f,g
2024-01-04,a,7,8
2024-01-01,a,1,2
2024-01-03,a,5,6
2024-01-02,a,3,4
2024-01-04,b,6,5
2024-01-02,b,4,3
2024-01-01,b,2,1
2024-01-04,c,1,1
2024-01-03,c,1,1
2024-01-02,d,1,1
2024-01-03,d,1,
2024-01-04,d,1,1
2024-01-01,e,1,1
2024-01-02,e,1,1
2024-01-03,e,1,1
`,
  );

describe('inference', () => {
  it('gives a model the last rows of each code in order of time, and leaves out who has no whole window', async () => {
    const { answer } = await startedCompute().ask(
      'infer',
      inferQuestion({ model: modelOf(), data: panel() }),
    );
    const weighed = (values: number[]) =>
      values.reduce((sum, value, i) => sum + value * (weights[i] as number), 0);
    expect(answer.dates).toMatchObject([
      {
        date: '2024-01-04',
        codes: ['a', 'b'],
        left: { short: 1, missing: 1, example: { code: 'd', date: '2024-01-03', feature: 'g' } },
      },
    ]);
    expect(Array.from(answer.dates[0]?.scores.score ?? [])).toEqual([
      weighed([3, 4, 5, 6, 7, 8]),
      weighed([2, 1, 4, 3, 6, 5]),
    ]);
    expect(answer.window).toEqual({
      lookback: 3,
      features: ['f', 'g'],
      featuresFrom: 'data',
      // Four codes have a row on the date, there is room for one that comes, and one row is spare.
      bytes: (5 * 6 + 2) * 4,
      batchBytes: 512 * 6 * 4,
      // Fifteen rows; five codes, each with its place and its end.
      keyBytes: (15 + 6 + 6) * 4,
    });
  });

  it('gives the same scores in batches of any size, and for a model that takes only so many codes', async () => {
    const compute = startedCompute();
    const whole = (await compute.ask('infer', inferQuestion({ dates: 3 }))).answer;
    expect(whole.dates.map(({ codes }) => codes.length)).toEqual([60, 60, 60]);
    const pieces = (await compute.ask('infer', inferQuestion({ dates: 3, batch: 7 }))).answer;
    expect(pieces.dates).toEqual(whole.dates);
    const data = panel();
    const free = (await compute.ask('infer', inferQuestion({ model: modelOf(), data }))).answer;
    const fixed = modelOf({
      inputs: [{ name: 'x', shape: [5, 3, 2] }],
      outputs: [{ name: 'score', shape: [5, 1] }],
    });
    expect((await compute.ask('infer', inferQuestion({ model: fixed, data }))).answer.dates).toEqual(
      free.dates,
    );
  });

  it('says what the model is, and that every node ran where it was asked to', async () => {
    const { answer } = await startedCompute().ask('infer', inferQuestion());
    expect(answer.model).toMatchObject({
      name: 'ranker.onnx',
      bytes: readFileSync(ranker).length,
      opsets: { 'ai.onnx': 17 },
      producer: { name: 'holdpoint-sample' },
      metadata: { lookback: '20', horizons: '5d,20d' },
      inputs: [{ name: 'features', type: 'float32', shape: ['stocks', 20, 8] }],
    });
    expect(answer.model.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(answer.nodes).toEqual({ CPUExecutionProvider: 4 });
    expect(Object.keys(answer.dates[0]?.scores ?? {})).toEqual(['5d', '20d']);
  });

  it('never runs on another provider than the one asked for', async () => {
    const compute = startedCompute();
    const asked = (provider: string) =>
      compute.ask('infer', inferQuestion({ provider })).catch((error: unknown) => error as InferenceError);
    for (const provider of ['webgpu', 'cuda', 'tensorrt']) {
      const error = await asked(provider);
      expect(error).toBeInstanceOf(InferenceError);
      expect((error as InferenceError).message).toMatch(
        new RegExp(
          `^The provider "${provider}" cannot run this model here: .+\\. Nothing was run on another one\\.`,
        ),
      );
    }
    expect(await asked('coreml')).toMatchObject({
      code: 'no-provider',
      message: expect.stringMatching(/^This machine has no provider "coreml"\. .* Ask for one of: cpu, /),
    });
    expect(await asked('cpuu')).toMatchObject({
      message: expect.stringContaining('There is no provider "cpuu"'),
    });
  });

  const bad: [string, () => Partial<InferQuestion>, RegExp][] = [
    ['no model', () => ({ model: temporaryFile('m.onnx', 'hello') }), /m\.onnx is no ONNX model\./],
    [
      'a model that is cut off',
      () => {
        const model = temporaryFile('m.onnx', readFileSync(ranker));
        truncateSync(model, 5000);
        return { model };
      },
      /m\.onnx is cut off: it ends after 5000 bytes/,
    ],
    [
      'a graph that makes no sense',
      () => ({ model: modelOf({ nodes: [{ op: 'NoSuchOperator', inputs: ['x'], output: 'score' }] }) }),
      /m\.onnx cannot be opened: .*NoSuchOperator.*Export it again/,
    ],
    [
      'bfloat16',
      () => ({
        model: modelOf({
          inputs: [{ name: 'x', type: 16, shape: ['codes', 3, 2] }],
          outputs: [{ name: 'rows', type: 16, shape: ['codes', 6] }],
          nodes: [{ op: 'Reshape', inputs: ['x', 'flat'], output: 'rows' }],
        }),
      }),
      /m\.onnx takes or gives bfloat16, which onnxruntime does not take from here\. Export it with float32/,
    ],
    [
      'other columns',
      () => ({ data: panel() }),
      /p\.csv lacks 8 of the model's 8 features as columns of numbers: momentum_5d,/,
    ],
    [
      'too few rows',
      () => ({
        model: modelOf({ inputs: [{ name: 'x', shape: ['codes', 't', 2] }] }),
        data: panel(),
        lookback: 9,
      }),
      /p\.csv: on 2024-01-04 no code has a whole window of 9 rows\. 4 have fewer rows\./,
    ],
    [
      'windows without a number',
      () => ({
        model: modelOf(),
        data: temporaryFile('p.csv', 'date,code,f,g\n2024-01-01,a,1,1\n2024-01-02,a,,1\n2024-01-03,a,1,1\n'),
      }),
      /no code has a whole window of 3 rows\. 1 have a value that is missing, a in column "f" on 2024-01-02\./,
    ],
    [
      'the same key twice',
      () => ({
        model: modelOf(),
        data: temporaryFile('p.csv', 'date,code,f,g\n2024-01-01,a,1,1\n2024-01-01,a,1,1\n'),
      }),
      /p\.csv has a twice on 2024-01-01; a window takes one row per date\. Keep one of them\./,
    ],
    [
      'more features than the model takes',
      () => ({ model: modelOf(), data: panel(), features: temporaryFile('f.json', '["f","g","f"]') }),
      /m\.onnx takes 2 features in "x", and the list of features names 3\. Correct the one that is wrong\./,
    ],
    [
      'another lookback than the model has',
      () => ({ model: modelOf(), data: panel(), lookback: 5 }),
      /m\.onnx looks back on 3 rows, and --lookback asks for 5\. Leave the option out\./,
    ],
    [
      'a feature that holds text',
      () => ({
        model: modelOf(),
        data: temporaryFile('p.csv', 'date,code,f,g\n2024-01-01,a,1,x\n2024-01-02,a,1,y\n2024-01-03,a,1,z\n'),
        features: temporaryFile('f.json', '["f","g"]'),
      }),
      /p\.csv lacks 1 of the model's 2 features as columns of numbers: g\. "g" is there and holds text\./,
    ],
    [
      'a label that is not there',
      () => ({ label: 'ahead' }),
      /features\.csv has no column of numbers "ahead"\. Name one that says what came after each date \(--label\)\./,
    ],
    [
      'a label that the model has seen',
      () => ({ label: 'value' }),
      /"value" is one of the model's features, and so no label/,
    ],
    [
      'an output of another shape',
      () => ({
        model: modelOf({
          outputs: [{ name: 'turned', shape: [2, 3, 'codes'] }],
          nodes: [{ op: 'Transpose', inputs: ['x'], output: 'turned' }],
        }),
        data: panel(),
      }),
      /gives no score per code for 2 codes: "turned" is \[2, 3, 2\]/,
    ],
  ];

  it('refuses what cannot be in a sentence, case by case, and the process lives on', async () => {
    const compute = startedCompute();
    for (const [name, make, sentence] of bad) {
      const error = await compute.ask('infer', inferQuestion(make())).catch((thrown: unknown) => thrown);
      expect((error as Error).message, name).toMatch(sentence);
      expect((error as Error).name, name).toMatch(/^(InferenceError|DataError)$/);
    }
    expect((await compute.ask('infer', inferQuestion())).answer.dates).toHaveLength(1);
  });
});

describe('holdpoint infer', () => {
  const run = async (...args: string[]) => {
    const { code, stdout, stderr } = await runCommand([
      'infer',
      '--model',
      ranker,
      '--data',
      rankerData,
      '--json',
      ...args,
    ]);
    return { code, stderr, json: stdout === '' ? null : JSON.parse(stdout) };
  };

  it('records a golden sample and meets it to the bit; with another model it is another answer', async () => {
    const golden = join(temporaryFolder(), 'golden.json');
    const out = join(temporaryFolder(), 'scores.csv');
    const recorded = await run(
      '--record',
      golden,
      '--out',
      out,
      '--dates',
      '2',
      '--score',
      '20d',
      '--top',
      '3',
    );
    expect(recorded.code).toBe(0);
    expect(recorded.json.dates).toHaveLength(2);
    expect(recorded.json.dates[1].first.map(({ rank }: { rank: number }) => rank)).toEqual([1, 2, 3]);
    const lines = readFileSync(out, 'utf8').trim().split('\n');
    expect(lines[0]).toBe('Date,Rank,Code,Score,Horizon');
    expect(lines).toHaveLength(121);
    const met = await run('--golden', golden);
    expect(met.code).toBe(0);
    expect(met.json.ranked).toBe('20d');
    expect(met.json.golden).toMatchObject({
      verdict: 'bit-equal',
      sameModel: true,
      sameInputs: true,
      dates: 2,
    });
    // One row of the last window, seen from its end: other inputs, which tell nothing of the model.
    const changed = temporaryFile(
      'f.csv',
      readFileSync(rankerData, 'utf8').replace(/,[^,]*(,[^,]*\n)$/, ',9$1'),
    );
    const other = await run('--golden', golden, '--data', changed);
    expect(other.code).toBe(3);
    expect(other.json.golden).toMatchObject({ sameInputs: false });
    const moved = temporaryFile(
      'golden.json',
      readFileSync(golden, 'utf8').replace(/-?\d\.\d{5,}/g, (score) => `${-Number(score)}`),
    );
    expect(await run('--golden', moved)).toMatchObject({
      code: 1,
      json: { golden: { verdict: 'different' } },
    });
    expect(await run('--golden', temporaryFile('g.json', '{}'))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is no golden sample. Record one with --record FILE.'),
    });
  });

  it('measures cold and warm apart, for one and for several at once, and never from the store', async () => {
    const { json } = await run('--bench', '--concurrency', '2');
    expect(json.bench).toMatchObject({ batch: 60, levels: [{ concurrency: 1 }, { concurrency: 2 }] });
    expect(json.bench.cold.createMs).toBeGreaterThan(0);
    for (const { samples, percentilesMs, histogram, windows, codesPerSecond } of json.bench.levels) {
      expect(percentilesMs.p99 === null).toBe(samples < 459);
      expect(histogram.counts.reduce((sum: number, count: number) => sum + count, 0)).toBe(samples);
      expect(windows.length).toBeGreaterThanOrEqual(3);
      expect(codesPerSecond).toBeGreaterThan(0);
    }
    const again = await run('--bench', '--concurrency', '1');
    expect(again.stderr).not.toContain('store');
    expect(again.json.dates).toEqual(json.dates);
  });

  it('says what is wrong with its options, and exits 2', async () => {
    expect((await run('--provider', 'coreml')).code).toBe(2);
    expect((await run('--dates', '0')).code).toBe(2);
    expect(await run('--score', 'none')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('gives no score "none". It gives 5d, 20d.'),
    });
  });
});
