import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MachineFacts } from '../../shared/contract/hardware.ts';
import { formatBytes, formatDuration } from '../../shared/units.ts';
import { createLaptop, createProber } from '../hardware/index.ts';
import { createSsh } from '../ssh/index.ts';
import { table } from './text.ts';

/** What this machine is, or a host as the user's own ssh would reach it. @throws SshError */
export async function probeHost(host: string | undefined): Promise<MachineFacts> {
  if (host === undefined) {
    const laptop = createLaptop();
    try {
      return await laptop.facts();
    } finally {
      laptop.close();
    }
  }
  const controlFolder = mkdtempSync(join(tmpdir(), 'hp-'));
  const ssh = createSsh({ controlFolder });
  try {
    return await createProber({ run: ssh.run.bind(ssh) }).probe(host);
  } finally {
    await ssh.close();
    rmSync(controlFolder, { recursive: true, force: true });
  }
}

/** The stable shape of `probe --json`: the facts as they are. */
export function probeReport(facts: MachineFacts): MachineFacts {
  return facts;
}

export function probeText(facts: MachineFacts): string {
  const { memoryBytes, memoryFreeBytes, clockSkewMs, uptimeSeconds, pytorchCuda } = facts;
  const rows: [string, string][] = [
    ['host', `${facts.hostname} (${facts.machine})`],
    ['system', `${facts.os}, ${facts.kernel}, ${facts.arch}`],
    ['processor', `${facts.cpu}${facts.cores === null ? '' : `, ${facts.cores} cores`}`],
    [
      'memory',
      memoryBytes === null ? '' : `${formatBytes(memoryBytes)}, ${formatBytes(memoryFreeBytes ?? 0)} free`,
    ],
    ...facts.disks.map(({ mount, sizeBytes, freeBytes }): [string, string] => [
      'disk',
      `${mount}: ${formatBytes(freeBytes)} free of ${formatBytes(sizeBytes)}`,
    ]),
    ...facts.gpus.map(({ model, memoryBytes: bytes, driver, cuda }): [string, string] => [
      'gpu',
      [model, bytes === null ? '' : formatBytes(bytes), driver && `driver ${driver}`, cuda && `CUDA ${cuda}`]
        .filter(Boolean)
        .join(', '),
    ]),
    ['python', facts.python],
    ['pytorch', facts.pytorch && `${facts.pytorch}${pytorchCuda ? `, CUDA ${pytorchCuda}` : ', no CUDA'}`],
    [
      'clock',
      clockSkewMs === null
        ? ''
        : `${clockSkewMs >= 0 ? '+' : '-'}${formatDuration(Math.abs(clockSkewMs))} against this machine`,
    ],
    ['up', uptimeSeconds === null ? '' : formatDuration(uptimeSeconds * 1000)],
    ['boot', facts.bootId],
    ...Object.entries(facts.unknown).map(([field, why]): [string, string] => [`${field}?`, why]),
  ];
  return table(rows.filter(([, value]) => value !== ''));
}
