import { resolve } from 'node:path';
import {
  type BundlePackQuestion,
  type BundleReport,
  type Compute,
  type Manifest,
  makeBundle,
  verifyBundle,
} from '../compute/index.ts';
import { type ExitCode, exitCodes } from './exit.ts';
import { table } from './text.ts';

export interface PackOptions {
  out: string;
  name: string;
  // `--version` belongs to the program itself.
  release: string;
  model: string;
  config?: string;
  features?: string;
  golden?: string;
  returns?: string;
  with: string[];
  data?: string;
  date?: string;
  code?: string;
  claim: string[];
}

/** Packs a release. @throws BundleError, DataError, InferenceError */
export function packOf(compute: Compute, options: PackOptions): Promise<Manifest> {
  const { out, name, release, data, date, code, claim } = options;
  const single = (['model', 'config', 'features', 'golden', 'returns'] as const).flatMap((role) => {
    const file = options[role];
    return file === undefined ? [] : [{ role, file: resolve(file) }];
  });
  const others = options.with.map((file) => ({ role: 'other' as const, file: resolve(file) }));
  const question: BundlePackQuestion = {
    name,
    version: release,
    files: [...single, ...others],
    data: data === undefined ? null : resolve(data),
    keys: { date, code },
    claims: claim,
  };
  return makeBundle(compute, resolve(out), question);
}

export function packText(out: string, { name, version, files }: Manifest): string {
  return [
    `${out}: ${name} ${version}`,
    table(files.map(({ path, bytes, sha256 }) => [path, `${bytes} B`, sha256])),
  ].join('\n');
}

export interface VerifyOptions {
  data?: string;
  date?: string;
  code?: string;
}

/** Holds a bundle against itself and against data. @throws BundleError, DataError, InferenceError */
export function verifyOf(
  compute: Compute,
  bundle: string,
  { data, date, code }: VerifyOptions,
): Promise<BundleReport> {
  return verifyBundle(compute, {
    bundle: resolve(bundle),
    data: data === undefined ? null : resolve(data),
    keys: { date, code },
  });
}

export function verifyText({ name, version, checks }: BundleReport): string {
  return [
    ...(name === null ? [] : [`${name} ${version}`]),
    table(checks.map(({ verdict, check, sentence }) => [verdict, check, sentence])),
  ].join('\n');
}

/** A check that failed is a no; one that is not proven leaves it open. */
export function verifyExit({ ok, checks }: BundleReport): ExitCode {
  if (!ok) return exitCodes.no;
  return checks.some(({ verdict }) => verdict === 'unproven') ? exitCodes.unknown : exitCodes.asked;
}
