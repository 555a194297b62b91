import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HardwareError, parseProbe } from '../../../electron/hardware/index.ts';
import { machineFacts } from '../../../shared/contract/hardware.ts';

const golden = (name: string) =>
  readFileSync(new URL(`../../fixtures/hardware/${name}.txt`, import.meta.url), 'utf8');
const sentAt = 1_795_300_948_000;
const parse = (output: string, receivedAt = sentAt + 1_000) =>
  parseProbe('prd-1', output, sentAt, receivedAt);

describe('the facts of a host', () => {
  it('are read from a Debian server as it really answered', () => {
    const facts = parse(golden('linux-debian'), 1_795_301_351_000);
    expect(facts).toMatchObject({
      host: 'prd-1',
      hostname: 'build-1',
      os: 'Debian GNU/Linux 12 (bookworm)',
      kernel: 'Linux 6.18.44-amd64',
      arch: 'x86_64',
      cpu: 'AMD EPYC',
      cores: 2,
      memoryBytes: 24_684_084 * 1024,
      memoryFreeBytes: 24_007_220 * 1024,
      disks: [{ mount: '/', sizeBytes: 264_212_084 * 1024, freeBytes: 81_827_892 * 1024 }],
      gpus: [],
      python: '3.11.7',
      pytorch: '',
      bootId: '015a0038-9b59-4678-a83c-8958eec2725d',
      uptimeSeconds: 3632.08,
      user: 'root',
      killsUserProcesses: false,
    });
    expect(facts.tools).toMatchObject({ sh: '/usr/bin/sh', rsync: '' });
    expect(facts.unknown).toEqual({
      gpus: 'Neither nvidia-smi nor rocm-smi is there.',
      machine: 'The host does not say.',
      pytorch: 'PyTorch is not installed for python3.',
    });
  });

  it('are read from a machine with eight A100', () => {
    const facts = parse(golden('linux-8xa100'));
    expect(facts.gpus).toHaveLength(8);
    expect(facts.gpus[7]).toEqual({
      model: 'NVIDIA A100-SXM4-40GB',
      memoryBytes: 40_960 * 2 ** 20,
      driver: '570.86.15',
      cuda: '12.8',
    });
    expect(facts).toMatchObject({
      machine: 'Amazon EC2 p4d.24xlarge',
      python: '3.12.7',
      pytorch: '2.8.0+cu128',
      pytorchCuda: '12.8',
      killsUserProcesses: true,
      unknown: {},
    });
    expect(facts.disks).toEqual([
      { mount: '/', sizeBytes: 507_930_276 * 1024, freeBytes: 300_000_000 * 1024 },
      { mount: '/data', sizeBytes: 4_000_000_000 * 1024, freeBytes: 2_500_000_000 * 1024 },
    ]);
  });

  it('are read from macOS, past the greeting of its login script', () => {
    const facts = parse(golden('macos'));
    expect(facts).toMatchObject({
      machine: 'Mac14,13',
      os: 'macOS 26.1',
      cpu: 'Apple M2 Max',
      cores: 12,
      memoryBytes: 34_359_738_368,
      memoryFreeBytes: (43_234 + 600_000 + 6_766) * 16_384,
      bootId: '8E3B1C62-7A11-4C59-9E57-2D6B0F7A9C10',
      uptimeSeconds: 100_000,
      pytorch: '2.8.0',
      pytorchCuda: '',
      killsUserProcesses: false,
    });
    expect(facts.unknown.pytorchCuda).toBe('PyTorch 2.8.0 is built for the CPU alone.');
    expect(facts.disks.map(({ mount }) => mount)).toEqual([
      '/',
      '/System/Volumes/Data',
      '/Volumes/Model store',
    ]);
  });

  it('are read from FreeBSD', () => {
    expect(parse(golden('freebsd'))).toMatchObject({
      machine: 'Dell Inc. PowerEdge R650',
      os: 'FreeBSD 14.2-RELEASE',
      cpu: 'AMD EPYC 7B13 64-Core Processor',
      memoryBytes: 274_731_302_912,
      memoryFreeBytes: 1_500_000 * 4096,
      bootId: 'boot-1795200948',
      disks: [{ mount: '/' }, { mount: '/data' }],
      unknown: { python: 'There is no python3 in the PATH.' },
    });
  });

  it('are read from Alpine, whose root disk is mounted twice', () => {
    const facts = parse(golden('alpine-busybox'));
    expect(facts).toMatchObject({
      machine: 'Raspberry Pi 5 Model B Rev 1.0',
      memoryFreeBytes: 7_000_000 * 1024,
      uptimeSeconds: 100_000.25,
    });
    expect(facts.disks.map(({ mount }) => mount)).toEqual(['/', '/boot']);
  });

  it('say why a GPU cannot be seen', () => {
    const gpuLine = /^@@ nvidia .*$/gm;
    const failed = golden('linux-8xa100')
      .replace(gpuLine, '')
      .replace('@@ nvidia-end', '@@ nvidia-failed exit 9 no driver');
    expect(parse(failed).unknown.gpus).toBe('nvidia-smi failed: exit 9 no driver');
    const none = golden('linux-8xa100').replace(gpuLine, '@@ nvidia No devices were found');
    expect(parse(none)).toMatchObject({
      gpus: [],
      unknown: { gpus: 'nvidia-smi names no GPU: No devices were found' },
    });
  });

  it('leave the memory of a GPU open that does not tell it', () => {
    const output = golden('linux-8xa100').replaceAll('40960', '[N/A]');
    expect(parse(output).gpus[0]).toMatchObject({ model: 'NVIDIA A100-SXM4-40GB', memoryBytes: null });
  });

  it('hold the GPUs of rocm-smi, whatever the order of its columns', () => {
    const rocm = [
      '@@ amdgpu 6.8.5',
      '@@ rocm WARNING: AMD GPU device(s) is/are in a low-power state.',
      '@@ rocm ',
      '@@ rocm device,Card Series,VRAM Total Used Memory (B),VRAM Total Memory (B)',
      '@@ rocm card0,AMD Instinct MI300X,1048576,206141652992',
      '@@ rocm-end ',
    ].join('\n');
    const output = golden('linux-debian').replace('@@ end', `${rocm}\n@@ end`);
    expect(parse(output).gpus).toEqual([
      { model: 'AMD Instinct MI300X', memoryBytes: 206_141_652_992, driver: '6.8.5', cuda: '' },
    ]);
  });

  it('that never came because the probe was cut off are unknown, not absent', () => {
    const whole = golden('linux-8xa100');
    const facts = parse(whole.slice(0, whole.indexOf('@@ df')));
    expect(facts).toMatchObject({ hostname: 'gpu-1', disks: [], gpus: [], clockSkewMs: null });
    expect(facts.unknown).toMatchObject({
      disks: 'The probe was cut off before it was learnt.',
      gpus: 'The probe was cut off before the GPUs answered.',
      clockSkewMs: 'The probe was cut off before it was learnt.',
    });
  });

  it('do not come from an account without a shell', () => {
    expect(() => parse('This account is currently not available.\n')).toThrow(HardwareError);
    expect(() => parse('This account is currently not available.\n')).toThrow('prd-1 ran no shell program');
  });

  it('carry no control characters, and always fit the contract', () => {
    const line = fc.oneof(
      fc.constantFrom(...golden('linux-8xa100').split('\n'), ...golden('macos').split('\n')),
      fc.string({ unit: 'binary' }),
      fc.string().map((text) => `@@ df ${text}`),
      fc
        .tuple(
          fc.constantFrom('clock', 'cores', 'uptime', 'nvidia', 'meminfo', 'tool', 'logind'),
          fc.string(),
        )
        .map(([key, text]) => `@@ ${key} ${text}\u001b[31m`),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
        const facts = parse(['@@ probe 1', ...lines].join('\n'));
        expect(machineFacts.safeParse(facts).success).toBe(true);
        expect(JSON.stringify(facts)).not.toMatch(/\\u001b|\\u0000/);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the clock of a host', () => {
  const at = (first: string, last: string) => `@@ probe 1\n@@ clock ${first}\n@@ clock ${last}\n@@ end\n`;

  it('is compared without the time the probe itself took', () => {
    // Theirs is 500 ms ahead; 40 ms there, 8 s of work, 60 ms back.
    const output = at('1795300948540000000', '1795300956540000000');
    const { clockSkewMs, clockSkewErrorMs } = parse(output, sentAt + 40 + 8_000 + 60);
    expect(clockSkewErrorMs).toBe(50);
    expect(Math.abs((clockSkewMs ?? 0) - 500)).toBeLessThanOrEqual(50);
  });

  it('is known to half a second where date knows no fractions', () => {
    const { clockSkewMs, clockSkewErrorMs } = parse(at('1795300948N', '1795300949N'), sentAt + 1_200);
    expect(clockSkewErrorMs).toBeGreaterThanOrEqual(500);
    expect(Math.abs(clockSkewMs ?? Number.NaN)).toBeLessThanOrEqual(clockSkewErrorMs ?? 0);
  });

  it('is off by no more than it says, whatever the link did', () => {
    const ms = fc.integer({ min: 0, max: 60_000 });
    const skew = fc.integer({ min: -10_000_000, max: 10_000_000 });
    fc.assert(
      fc.property(skew, ms, ms, ms, fc.boolean(), (offset, there, work, back, fractions) => {
        const print = (time: number) =>
          fractions ? `${BigInt(time + offset) * 1_000_000n}` : `${Math.floor((time + offset) / 1000)}N`;
        const [first, last] = [sentAt + there, sentAt + there + work];
        const { clockSkewMs, clockSkewErrorMs } = parse(at(print(first), print(last)), last + back);
        expect(Math.abs((clockSkewMs ?? Number.NaN) - offset)).toBeLessThanOrEqual(
          (clockSkewErrorMs ?? 0) + 0.5,
        );
      }),
    );
  });
});
