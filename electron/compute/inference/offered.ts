import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { executionNames } from './providers.ts';
import { offeredProviders, openSession } from './session.ts';

export interface ProviderAnswer {
  /** As it is asked for. */
  name: string;
  title: string;
  can: boolean;
  /** Why not; empty where it can. */
  why: string;
}

const titles: Record<string, string> = {
  cpu: 'CPU',
  webgpu: 'WebGPU',
  cuda: 'CUDA',
  tensorrt: 'TensorRT',
  dml: 'DirectML',
  coreml: 'Core ML',
};

/** A model of one node, `y = -x`, over one number: whatever runs models can run it. */
const least =
  'CAgSCWhvbGRwb2ludDo9ChIKAXgSAXkaBU5lZ18wIgNOZWcSBWdyYXBoWg8KAXgSCgoICAESBAoCCAFiDwoBeRIKCggIARIECgIIAUICEA0=';

/** Which providers run a model on this machine, found by running one on each. */
export async function answerProviders(
  _question: Record<string, never>,
  { scratch }: { scratch: string },
): Promise<ProviderAnswer[]> {
  const file = join(mkdtempSync(join(scratch, 'providers-')), 'least.onnx');
  writeFileSync(file, Buffer.from(least, 'base64'));
  const offered = new Set(await offeredProviders());
  const found: ProviderAnswer[] = [];
  for (const name of Object.keys(executionNames)) {
    const why = offered.has(name)
      ? await whyNot(file, name)
      : 'The runtime that is installed here was built without it.';
    found.push({ name, title: titles[name] as string, can: why === '', why });
  }
  return found;
}

async function whyNot(file: string, provider: string): Promise<string> {
  try {
    const session = await openSession(file, provider);
    try {
      await session.run(Float32Array.of(1), [1]);
    } finally {
      await session.release();
    }
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}
