import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Fault, fault } from '../../shared/contract/sandbox.ts';
import { writeWhole } from './write.ts';

export interface SetFault {
  fault: Fault;
  /** The only version it holds for; empty for all. */
  version: string;
}

export const noFault: SetFault = { fault: 'none', version: '' };

/** How the demo service of a root is told to misbehave. */
export function readFault(root: string): SetFault {
  try {
    const [word, ...parameters] = readFileSync(join(root, 'shared', 'fault'), 'utf8')
      .trim()
      .split(/\s+/);
    const version = parameters.find((parameter) => parameter.startsWith('version='));
    return { fault: fault.parse(word), version: decodeURIComponent(version?.slice('version='.length) ?? '') };
  } catch {
    return noFault;
  }
}

/** Holds from the service's next request on. */
export function writeFault(root: string, { fault: word, version }: SetFault): void {
  writeWhole(
    join(root, 'shared', 'fault'),
    `${word}${version ? ` version=${encodeURIComponent(version)}` : ''}\n`,
    0o644,
  );
}
