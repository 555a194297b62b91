import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { ComputeProcess, type InferQuestion } from '../../../electron/compute/index.ts';
import { writeOnnx } from '../../../scripts/support/onnx.ts';
import { runCommand } from '../../support/cli.ts';
import { temporaryFile, temporaryFolder } from '../../support/folder.ts';
import { brokenVulkan, softwareVulkan } from '../../support/software-vulkan.ts';

const pack = join(import.meta.dirname, '../../../resources/packs/apex-ranker');
const ranker = join(pack, 'models/ranker.onnx');
const data = join(pack, 'data/features.csv');

const question = (change: Partial<InferQuestion> = {}): InferQuestion => ({
  model: ranker,
  data,
  keys: {},
  provider: 'webgpu',
  features: null,
  lookback: null,
  dates: 3,
  batch: 512,
  score: null,
  top: 10,
  golden: null,
  bench: false,
  ...change,
});

function started(env: Record<string, string>): ComputeProcess {
  // The loader of a process reads its environment once: the compute process gets it from its start.
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const compute = new ComputeProcess({ folder: temporaryFolder() });
  onTestFinished(() => compute.close());
  return compute;
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('WebGPU on a device in software', () => {
  it('runs every node of the ranker there, and ranks as the CPU does', async () => {
    const { answer } = await started(softwareVulkan()).ask('infer', question({ against: 'cpu' }));
    expect(answer.provider).toBe('webgpu');
    expect(answer.nodes).toEqual({ WebGpuExecutionProvider: 4 });
    expect(answer.against).toMatchObject({
      provider: 'cpu',
      nodes: { CPUExecutionProvider: 3 },
      verdict: expect.stringMatching(/^(bit-equal|close|rank-equal)$/),
      sameInputs: true,
      membership: 'same',
      overlapAtK: 1,
      dates: 3,
      scores: 180,
    });
    // Another processor adds in another order: a parity of two that are one would show nothing.
    expect(answer.against?.largestDifference).toBeGreaterThan(0);
  });

  it('is measured one run at a time', async () => {
    const compute = started(softwareVulkan());
    await expect(compute.ask('infer', question({ bench: true, concurrency: 2 }))).rejects.toThrow(
      'The provider "webgpu" is measured one run at a time. Leave --concurrency out, or ask for cpu.',
    );
  });

  it('refuses a model with a node that only the CPU has, and runs nothing elsewhere', async () => {
    const model = temporaryFile(
      'm.onnx',
      writeOnnx({
        producer: 'test',
        opset: 17,
        metadata: { features: '["momentum_5d","value"]' },
        inputs: [{ name: 'x', shape: ['codes', 2] }],
        outputs: [{ name: 'score', shape: ['codes', 2] }],
        constants: [],
        nodes: [{ op: 'Hardmax', inputs: ['x'], output: 'score' }],
      }),
    );
    const compute = started(softwareVulkan());
    const asked = (change: Partial<InferQuestion>) => compute.ask('infer', question({ model, ...change }));
    await expect(asked({})).rejects.toThrow(
      'The provider "webgpu" cannot run this model here: some nodes of the model run only on the CPU. Nothing was run on another one.',
    );
    expect((await asked({ provider: 'cpu' })).answer.nodes).toEqual({ CPUExecutionProvider: 1 });
  });

  it('whose driver is damaged ends the compute process, which says so and starts again', async () => {
    const compute = started(brokenVulkan());
    await expect(compute.ask('infer', question())).rejects.toMatchObject({
      name: 'ComputeError',
      code: 'crashed',
      message: expect.stringMatching(
        /^The compute process was killed by SIG[A-Z]+.* in the middle of "infer"\. Nothing else is touched/,
      ),
    });
    const { answer } = await compute.ask('infer', question({ provider: 'cpu' }));
    expect(answer.nodes).toEqual({ CPUExecutionProvider: 3 });
  });
});

describe('holdpoint infer --against', () => {
  it('says how another provider ranks the same windows', async () => {
    const args = [
      'infer',
      '--model',
      ranker,
      '--data',
      data,
      '--provider',
      'cpu',
      '--against',
      'webgpu',
      '--top',
      '5',
    ];
    const { code, stdout } = await runCommand([...args, '--json'], softwareVulkan());
    expect(code).toBe(0);
    expect(JSON.parse(stdout).against).toMatchObject({
      provider: 'webgpu',
      nodes: { WebGpuExecutionProvider: 4 },
      membership: 'same',
    });
  });
});
