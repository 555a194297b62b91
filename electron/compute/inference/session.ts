import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { InferenceError } from './errors.ts';
import { assertRanOn, chosenProvider, nodesByProvider, providerFailed } from './providers.ts';

export interface TensorInfo {
  name: string;
  type: string;
  /** A text is a size that is known only when the model runs, by its name; it may be empty. */
  shape: (number | string)[];
}

/** A model that is ready to run on the provider that was asked for. */
export interface Session {
  inputs: TensorInfo[];
  outputs: TensorInfo[];
  provider: string;
  runtime: string;
  /** How long the runtime took to open the model, in milliseconds. */
  createMs: number;
  /** Runs once. `values` may be a part of a larger array; nothing is copied. Outputs by name. */
  run(values: Float32Array, shape: readonly number[]): Promise<Record<string, TensorValue>>;
  /** Runs once more under a profile and gives how many nodes ran where. @throws InferenceError where not all as asked */
  verify(values: Float32Array, shape: readonly number[], scratch: string): Promise<Record<string, number>>;
  release(): Promise<void>;
}

export interface TensorValue {
  values: ArrayLike<number>;
  shape: readonly number[];
}

/** Names of the providers that this machine's runtime was built with. Whether a device answers shows only when it is used. */
export async function offeredProviders(): Promise<string[]> {
  const { listSupportedBackends } = await runtime();
  return listSupportedBackends().map(({ name }) => name);
}

/** Opens a model for one provider and no other; with as many threads as there are cores, or so many. @throws InferenceError */
export async function openSession(file: string, asked: string, threads?: number): Promise<Session> {
  const ort = await runtime();
  const provider = chosenProvider(asked, await offeredProviders());
  const begun = performance.now();
  const session = await create(file, provider, threads === undefined ? {} : { intraOpNumThreads: threads });
  const createMs = performance.now() - begun;
  const inputs = infoOf(session.inputMetadata);
  const [input] = inputs;
  const feed = (values: Float32Array, shape: readonly number[]) => ({
    [input?.name ?? '']: new ort.Tensor('float32', values, shape),
  });
  return {
    inputs,
    outputs: infoOf(session.outputMetadata),
    provider,
    runtime: ort.env.versions.node ?? '',
    createMs,
    run: async (values, shape) => valuesOf(await session.run(feed(values, shape))),
    async verify(values, shape, scratch) {
      const folder = mkdtempSync(join(scratch, 'nodes-'));
      const profiled = await create(file, provider, {
        enableProfiling: true,
        profileFilePrefix: join(folder, 'profile'),
      });
      await profiled.run(feed(values, shape));
      profiled.endProfiling();
      await profiled.release();
      const [name = ''] = readdirSync(folder);
      const nodes = nodesByProvider(readFileSync(join(folder, name), 'utf8'));
      assertRanOn(provider, nodes);
      return nodes;
    },
    release: () => session.release(),
  };
}

/** Native, large, and noisy when it starts: only who infers pays for it. */
function runtime() {
  return import('onnxruntime-node');
}

async function create(
  file: string,
  provider: string,
  options: InferenceSession.SessionOptions,
): Promise<InferenceSession> {
  const { InferenceSession } = await runtime();
  try {
    return await InferenceSession.create(file, {
      executionProviders: [provider],
      // Only what is fatal: everything else comes as an error, too.
      logSeverityLevel: 4,
      ...(provider === 'cpu' ? {} : { extra: { session: { disable_cpu_ep_fallback: '1' } } }),
      ...options,
    });
  } catch (error) {
    throw provider === 'cpu' ? openFailed(file, error) : await failedOn(file, provider, error);
  }
}

/** A model that no provider can open is not the device's fault. */
async function failedOn(file: string, provider: string, error: unknown): Promise<InferenceError> {
  try {
    await (await create(file, 'cpu', {})).release();
  } catch (own) {
    if (own instanceof InferenceError) return own;
  }
  return providerFailed(provider, error);
}

function openFailed(file: string, error: unknown): InferenceError {
  const raw = (error as Error).message;
  const unsupported = /Unsupported data type: (\d+)/.exec(raw)?.[1];
  if (unsupported !== undefined) {
    const type = unsupported === '16' ? 'bfloat16' : `type ${unsupported}`;
    return new InferenceError(
      'bad-model',
      `${file} takes or gives ${type}, which onnxruntime does not take from here. Export it with float32 inputs and outputs.`,
    );
  }
  const reason = raw.replace(/^Load model from .* failed:\s*/, '').split('\n')[0] as string;
  return new InferenceError(
    'bad-model',
    `${file} cannot be opened: ${reason.slice(0, 300).replace(/\.$/, '')}. Export it again, or check it with onnx.checker.`,
  );
}

function infoOf(metadata: readonly InferenceSession.ValueMetadata[]): TensorInfo[] {
  return metadata.map((value) =>
    value.isTensor
      ? { name: value.name, type: value.type, shape: [...value.shape] }
      : { name: value.name, type: 'no tensor', shape: [] },
  );
}

function valuesOf(results: InferenceSession.OnnxValueMapType): Record<string, TensorValue> {
  return Object.fromEntries(
    Object.entries(results).map(([name, value]) => {
      const { data, dims } = value as Tensor;
      return [name, { values: data as ArrayLike<number>, shape: dims }];
    }),
  );
}
