import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ComputeProcess, InferQuestion } from '../../../electron/compute/index.ts';
import { writeOnnx } from '../../../scripts/support/onnx.ts';
import { runCommand } from '../../support/cli.ts';
import { temporaryFile } from '../../support/folder.ts';
import { inferQuestion, ranker, rankerData, startedCompute } from '../../support/inference.ts';
import { brokenVulkan, softwareVulkan } from '../../support/software-vulkan.ts';

const onWebGpu = (change: Partial<InferQuestion> = {}) =>
  inferQuestion({ provider: 'webgpu', dates: 3, top: 10, ...change });

function started(env: Record<string, string>): ComputeProcess {
  // The loader of a process reads its environment once: the compute process gets it from its start.
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  return startedCompute();
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('WebGPU on a device in software', () => {
  it('runs every node of the ranker there, and ranks as the CPU does', async () => {
    const { answer } = await started(softwareVulkan()).ask('infer', onWebGpu({ against: 'cpu' }));
    expect(answer.provider).toBe('webgpu');
    expect(answer.nodes).toEqual({ WebGpuExecutionProvider: 5 });
    expect(answer.against).toMatchObject({
      provider: 'cpu',
      nodes: { CPUExecutionProvider: 4 },
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
    await expect(compute.ask('infer', onWebGpu({ bench: true, concurrency: 2 }))).rejects.toThrow(
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
    const asked = (change: Partial<InferQuestion>) => compute.ask('infer', onWebGpu({ model, ...change }));
    await expect(asked({})).rejects.toThrow(
      'The provider "webgpu" cannot run this model here: some nodes of the model run only on the CPU. Nothing was run on another one.',
    );
    expect((await asked({ provider: 'cpu' })).answer.nodes).toEqual({ CPUExecutionProvider: 1 });
  });

  it('whose driver is damaged ends the compute process, which says so and starts again', async () => {
    const compute = started(brokenVulkan());
    await expect(compute.ask('infer', onWebGpu())).rejects.toMatchObject({
      name: 'ComputeError',
      code: 'crashed',
      message: expect.stringMatching(
        /^The compute process was killed by SIG[A-Z]+.* in the middle of "infer"\. Nothing else is touched/,
      ),
    });
    const { answer } = await compute.ask('infer', onWebGpu({ provider: 'cpu' }));
    expect(answer.nodes).toEqual({ CPUExecutionProvider: 4 });
  });
});

describe('holdpoint infer --against', () => {
  it('says how another provider ranks the same windows', async () => {
    const args = [
      'infer',
      '--model',
      ranker,
      '--data',
      rankerData,
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
      nodes: { WebGpuExecutionProvider: 5 },
      membership: 'same',
    });
  });
});
