import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../../../shared/contract/common.ts';
import { SignoffError } from '../errors.ts';
import { parseAllowedSigners } from '../signers/allowed-signers.ts';
import { parseRevokedKeys, type RevokedKeys } from '../signers/revoked.ts';
import type { Trust } from '../verify.ts';

/** Whom a pack trusts, as its files say now. */
export interface PackTrust extends Trust {
  problems: Problem[];
  allowedSigners: Buffer;
  revokedKeys: Buffer;
}

/** While the list cannot be read, every key may be on it. */
const allRevoked: RevokedKeys = { has: () => true };

/** Reads `allowed_signers` and `revoked_keys` of a pack whenever asked, and parses them anew when they have changed. */
export function trustOf(folder: string): () => PackTrust {
  let last: PackTrust | null = null;
  return () => {
    const [allowedSigners, revokedKeys] = [read(folder, 'allowed_signers'), read(folder, 'revoked_keys')];
    if (last?.allowedSigners.equals(allowedSigners) && last.revokedKeys.equals(revokedKeys)) return last;
    last = readTrust(allowedSigners, revokedKeys);
    return last;
  };
}

/** Whom these two files of a pack trust. */
export function readTrust(allowedSigners: Buffer, revokedKeys: Buffer): PackTrust {
  const { signers, problems } = parseAllowedSigners(allowedSigners.toString('utf8'));
  const { revoked, objection } = readRevoked(revokedKeys);
  return { signers, revoked, problems: [...problems, ...objection], allowedSigners, revokedKeys };
}

function readRevoked(bytes: Buffer): { revoked: RevokedKeys; objection: Problem[] } {
  try {
    return { revoked: parseRevokedKeys(bytes), objection: [] };
  } catch (error) {
    if (!(error instanceof SignoffError)) throw error;
    const objection = [{ file: 'revoked_keys', line: 1, column: 1, path: '', message: error.message }];
    return { revoked: allRevoked, objection };
  }
}

function read(folder: string, name: string): Buffer {
  try {
    return readFileSync(join(folder, name));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return Buffer.of();
    throw error;
  }
}
