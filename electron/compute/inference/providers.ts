import { InferenceError } from './errors.ts';

/** The names that people give to execution providers, and those that a profile gives to where a node ran. */
export const executionNames: Record<string, string> = {
  cpu: 'CPUExecutionProvider',
  webgpu: 'WebGpuExecutionProvider',
  cuda: 'CUDAExecutionProvider',
  tensorrt: 'TensorrtExecutionProvider',
  dml: 'DmlExecutionProvider',
  coreml: 'CoreMLExecutionProvider',
};

/** The provider as the runtime calls it. @throws InferenceError where this machine's runtime has none of that name */
export function chosenProvider(asked: string, offered: readonly string[]): string {
  const name = asked.toLowerCase();
  if (offered.includes(name) && executionNames[name] !== undefined) return name;
  const what = executionNames[name] === undefined ? 'There is no provider' : 'This machine has no provider';
  throw new InferenceError(
    'no-provider',
    `${what} "${asked}". Nothing was run. Ask for one of: ${offered.join(', ')}.`,
  );
}

/** What a device that fails says, in a sentence; the runtime's own text has paths of the machine that built it. */
export function providerFailed(provider: string, error: unknown): InferenceError {
  const raw = (error as Error).message;
  const reason = /shared library/i.test(raw)
    ? 'its library is not installed'
    : /adapter/i.test(raw)
      ? `no graphics adapter answers${process.platform === 'linux' ? ' (on Linux it takes the Vulkan loader, libvulkan1, and a driver)' : ''}`
      : /fallback/i.test(raw)
        ? 'some nodes of the model run only on the CPU'
        : (raw.split('\n')[0] as string).slice(0, 200);
  return new InferenceError(
    'no-provider',
    `The provider "${provider}" cannot run this model here: ${reason}. Nothing was run on another one. Ask for --provider cpu, or mend the device.`,
  );
}

/** One event of a profile that the runtime wrote. */
interface ProfileEvent {
  cat?: string;
  name?: string;
  args?: { provider?: string };
}

/** Pure: how many nodes ran where, by provider. */
export function nodesByProvider(profile: string): Record<string, number> {
  const nodes = new Map<string, string>();
  for (const { cat, name, args } of JSON.parse(profile) as ProfileEvent[]) {
    if (cat === 'Node' && name?.endsWith('_kernel_time') && args?.provider) nodes.set(name, args.provider);
  }
  const counts: Record<string, number> = {};
  for (const provider of nodes.values()) counts[provider] = (counts[provider] ?? 0) + 1;
  return counts;
}

/** @throws InferenceError where a node ran elsewhere than asked, or none ran at all */
export function assertRanOn(provider: string, nodes: Record<string, number>): void {
  const wanted = executionNames[provider] as string;
  const others = Object.entries(nodes).filter(([name]) => name !== wanted);
  if (others.length === 0 && (nodes[wanted] ?? 0) > 0) return;
  const told = Object.entries(nodes)
    .map(([name, count]) => `${count} on ${name}`)
    .join(', ');
  throw new InferenceError(
    'no-provider',
    `The provider "${provider}" was asked for, and the nodes ran elsewhere: ${told || 'none ran'}. Ask for a provider that takes the whole model.`,
  );
}
