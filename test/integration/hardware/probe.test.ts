import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { hostname, totalmem, uptime } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createProber, probeProgram, type RunOnHost } from '../../../electron/hardware/index.ts';
import { temporaryFolder } from '../../support/folder.ts';

/** A host whose login shell is this one: the program comes on its standard input, as through SSH. */
function hostWithShell(shell: string[], env: Record<string, string> = {}): RunOnHost {
  return (_host, program, { onOutput, timeoutMs }) =>
    new Promise((resolve, reject) => {
      const [file = '', ...words] = shell;
      const child = spawn(file, [...words, '-s'], { env: { ...process.env, ...env }, detached: true });
      const giveUp = setTimeout(() => {
        process.kill(-(child.pid ?? 0), 'SIGKILL');
        reject(Object.assign(new Error('no end in time'), { code: 'timeout' }));
      }, timeoutMs);
      child.stdout.on('data', onOutput);
      child.on('error', reject);
      child.on('close', () => {
        clearTimeout(giveUp);
        resolve(null);
      });
      child.stdin.end(program);
    });
}

/** A folder of programs that stand before the system's. */
function fakePrograms(programs: Record<string, string>): Record<string, string> {
  const folder = join(temporaryFolder(), 'bin');
  mkdirSync(folder);
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  return { PATH: `${folder}:${process.env.PATH}` };
}

const dash = ['dash'];

describe('the probe, run for real', () => {
  const shells = [dash, ['bash', '--posix'], ['bash'], ['busybox', 'sh'], ['mksh']];
  for (const shell of shells) {
    it(`learns this machine under ${shell.join(' ')}`, async () => {
      const facts = await createProber({ run: hostWithShell(shell) }).probe('here');
      expect(facts).toMatchObject({
        hostname: hostname(),
        memoryBytes: totalmem(),
        tools: { sh: expect.stringMatching(/./) },
      });
      expect(facts.disks.find(({ mount }) => mount === '/')?.freeBytes).toBeGreaterThan(0);
      expect(Math.abs((facts.uptimeSeconds ?? 0) - uptime())).toBeLessThan(60);
      expect(Math.abs(facts.clockSkewMs ?? Number.NaN)).toBeLessThanOrEqual(
        (facts.clockSkewErrorMs ?? 0) + 1,
      );
      expect(facts.bootId).toMatch(/^[0-9a-f-]{36}$/);
      expect(Object.keys(facts.unknown)).not.toContain('disks');
    });
  }

  it('needs hardly any tool: what is missing is unknown, and the rest is there', async () => {
    const run = hostWithShell(['/bin/busybox', 'sh'], { PATH: '/nowhere' });
    const facts = await createProber({ run }).probe('here');
    expect(facts.tools).toMatchObject({ curl: '', python3: '' });
    expect(facts.unknown).toMatchObject({ python: 'There is no python3 in the PATH.' });
  });

  it('reads the GPUs of nvidia-smi', async () => {
    const nvidia = `case $1 in
      --query-gpu=*) echo "NVIDIA A100-SXM4-80GB, 81920, 550.54.15"; echo "NVIDIA A100-SXM4-80GB, 81920, 550.54.15" ;;
      *) echo "| NVIDIA-SMI 550.54.15    Driver Version: 550.54.15    CUDA Version: 12.4     |" ;;
    esac`;
    const run = hostWithShell(dash, fakePrograms({ 'nvidia-smi': nvidia }));
    const { gpus } = await createProber({ run }).probe('here');
    expect(gpus).toHaveLength(2);
    expect(gpus[0]).toEqual({
      model: 'NVIDIA A100-SXM4-80GB',
      memoryBytes: 80 * 2 ** 30,
      driver: '550.54.15',
      cuda: '12.4',
    });
  });

  it('tells a driver that does not answer from a machine without GPUs', async () => {
    const run = hostWithShell(dash, fakePrograms({ 'nvidia-smi': 'echo "NVIDIA-SMI has failed."; exit 9' }));
    const { gpus, unknown } = await createProber({ run }).probe('here');
    expect(gpus).toEqual([]);
    expect(unknown.gpus).toBe('nvidia-smi failed: exit 9 NVIDIA-SMI has failed.');
  });

  it('reads PyTorch, and whether it can use CUDA, without a GPU program', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'torch-2.8.0+cu128.dist-info'));
    writeFileSync(
      join(folder, 'torch-2.8.0+cu128.dist-info', 'METADATA'),
      'Metadata-Version: 2.1\nName: torch\nVersion: 2.8.0+cu128\n',
    );
    mkdirSync(join(folder, 'torch'));
    const torch = (usable: string) =>
      `class version: cuda = "12.8"\nclass cuda:\n    @staticmethod\n    def is_available(): return ${usable}\n`;
    const probe = () =>
      createProber({ run: hostWithShell(dash, { PYTHONPATH: folder, PYTHONDONTWRITEBYTECODE: '1' }) }).probe(
        'here',
      );

    writeFileSync(join(folder, 'torch', '__init__.py'), torch('True'));
    expect(await probe()).toMatchObject({ pytorch: '2.8.0+cu128', pytorchCuda: '12.8' });
    writeFileSync(join(folder, 'torch', '__init__.py'), torch('False'));
    expect(await probe()).toMatchObject({
      pytorchCuda: '',
      unknown: { pytorchCuda: 'PyTorch 2.8.0+cu128 is built for CUDA 12.8, which it cannot use here.' },
    });
    writeFileSync(join(folder, 'torch', '__init__.py'), 'raise ImportError("libcudart.so.12: not found")');
    const { pytorch, unknown } = await probe();
    expect(pytorch).toBe('2.8.0+cu128');
    expect(unknown.pytorchCuda).toContain('libcudart.so.12: not found');
  });

  it('gives what it has when a dead mount hangs df, with and without `timeout`', async () => {
    const hang = fakePrograms({ df: 'sleep 600', timeout: 'exit 127' });
    const facts = await createProber({ run: hostWithShell(dash, hang), timeoutMs: 1_500 }).probe('here');
    expect(facts).toMatchObject({ hostname: hostname(), disks: [] });
    expect(facts.unknown.disks).toBe('The probe was cut off before it was learnt.');

    const limited = probeProgram().replace('bounded 10 df', 'bounded 1 df');
    for (const others of [{}, { timeout: 'exit 127' }] as Record<string, string>[]) {
      const run = hostWithShell(dash, fakePrograms({ df: 'exec sleep 600', ...others }));
      const { disks, unknown } = await createProber({
        run: (host, _program, options) => run(host, limited, options),
      }).probe('here');
      expect(disks).toEqual([]);
      expect(unknown.disks).toBe('df gave no answer within 10 s.');
      expect(unknown).not.toHaveProperty('clockSkewMs');
    }
  });

  it('is not misled by a login script that prints, or by a home with odd characters', async () => {
    const home = join(temporaryFolder(), 'a b\n@@ hostname forged $(id)');
    mkdirSync(home);
    const shell = ['sh', '-c', 'echo "@@ hello"; echo "Last login: never"; exec dash -s', 'sh'];
    const facts = await createProber({ run: hostWithShell(shell, { HOME: home }) }).probe('here');
    expect(facts.hostname).toBe(hostname());
    expect(facts.home).toBe(home.replace('\n', ' '));
  });
});
