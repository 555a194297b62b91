import type { Client } from '../../shared/contract/index.ts';

export interface WrittenAudit {
  files: number;
  /** SHA-256 of SHA256SUMS: whoever keeps it elsewhere can tell this bundle from any other. */
  digest: string;
}

export function writeAudit(client: Client, path: string): Promise<WrittenAudit> {
  return client.signoff.audit({ path });
}

export function auditText(path: string, { files, digest }: WrittenAudit): string {
  return `${files} files written to ${path}\nSHA-256 of SHA256SUMS: ${digest}\nVerify it there: sh verify.sh, or holdpoint verify ${path}`;
}
