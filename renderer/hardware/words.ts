import type { HostState, MachineFacts } from '../../shared/contract/hardware.ts';
import { formatBytes, formatDuration } from '../../shared/units.ts';
import type { Fact, GlyphKind } from '../ui/index.ts';

export const hostGlyphs: Record<HostState, { kind: GlyphKind; word: string }> = {
  unseen: { kind: 'open', word: 'not looked at yet' },
  connecting: { kind: 'running', word: 'connecting' },
  connected: { kind: 'pass', word: 'connected' },
  unreachable: { kind: 'error', word: 'does not answer' },
  'key-unknown': { kind: 'hold', word: 'host key not accepted yet' },
  'key-changed': { kind: 'fail', word: 'host key has changed' },
  refused: { kind: 'blocked', word: 'refuses the login' },
};

/** `8 cores · 32 GB · 1 × NVIDIA A100`: a machine in a few words. */
export function machineWords(facts: MachineFacts): string {
  const gpus = facts.gpus.length > 0 ? `${facts.gpus.length} × ${facts.gpus[0]?.model}` : '';
  return [
    facts.cores !== null && `${facts.cores} cores`,
    facts.memoryBytes !== null && formatBytes(facts.memoryBytes),
    gpus,
  ]
    .filter(Boolean)
    .join(' · ');
}

/** `+1.2 s ± 40 ms`: how far a host's clock is off. */
export function skewWords({ clockSkewMs, clockSkewErrorMs }: MachineFacts): string {
  if (clockSkewMs === null) return '';
  const sign = clockSkewMs < 0 ? '-' : '+';
  const error = clockSkewErrorMs === null ? '' : ` ± ${formatDuration(clockSkewErrorMs)}`;
  return `${sign}${formatDuration(Math.abs(clockSkewMs))}${error}`;
}

/** Everything a machine said of itself; what could not be learnt says why. */
export function factsOf(facts: MachineFacts): Fact[] {
  const value = (field: string, text: string) => text || facts.unknown[field] || 'not there';
  const missing = Object.entries(facts.tools)
    .filter(([, path]) => !path)
    .map(([name]) => name);
  return [
    { label: 'machine', value: value('machine', facts.machine) },
    { label: 'name', value: value('hostname', facts.hostname) },
    { label: 'system', value: value('os', facts.os) },
    { label: 'kernel', value: value('kernel', [facts.kernel, facts.arch].filter(Boolean).join(' ')) },
    {
      label: 'cpu',
      value: value(
        'cpu',
        [facts.cpu, facts.cores !== null && `${facts.cores} cores`].filter(Boolean).join(', '),
      ),
    },
    {
      label: 'memory',
      value: value(
        'memoryBytes',
        facts.memoryBytes === null
          ? ''
          : `${formatBytes(facts.memoryBytes)}${facts.memoryFreeBytes === null ? '' : `, ${formatBytes(facts.memoryFreeBytes)} free`}`,
      ),
    },
    ...facts.gpus.map((gpu) => ({
      label: 'gpu',
      value: [
        gpu.model,
        gpu.memoryBytes && formatBytes(gpu.memoryBytes),
        gpu.driver && `driver ${gpu.driver}`,
        gpu.cuda && `CUDA ${gpu.cuda}`,
      ]
        .filter(Boolean)
        .join(', '),
    })),
    ...(facts.gpus.length === 0 ? [{ label: 'gpu', value: value('gpus', '') }] : []),
    { label: 'python', value: value('python', facts.python) },
    {
      label: 'pytorch',
      value: value(
        'pytorch',
        facts.pytorch &&
          `${facts.pytorch}${facts.pytorchCuda ? `, CUDA ${facts.pytorchCuda}` : ', without CUDA'}`,
      ),
    },
    ...(facts.clockSkewMs === null ? [] : [{ label: 'clock', value: `${skewWords(facts)} from this one` }]),
    ...(facts.uptimeSeconds === null
      ? []
      : [{ label: 'up for', value: formatDuration(facts.uptimeSeconds * 1000) }]),
    ...(facts.user ? [{ label: 'user', value: `${facts.user}, ${facts.home}` }] : []),
    ...(missing.length > 0 ? [{ label: 'not there', value: missing.join(', ') }] : []),
    ...(facts.killsUserProcesses
      ? [{ label: 'mind', value: 'ends a user’s processes when the last session closes' }]
      : []),
  ];
}
