import { createHash } from 'node:crypto';

export interface PublicLine {
  type: string;
  /** What allowed_signers has in base64. */
  blob: Buffer;
  /** `SHA256:…` of the bytes: of a key, as `ssh-keygen -l` prints it. */
  fingerprint: string;
  comment: string;
}

/** Reads the line of a public key file, of a certificate, or of `ssh-add -L`. Null where it is none. */
export function parsePublicLine(line: string): PublicLine | null {
  const [, type, base64, comment = ''] =
    /^((?:ssh|ecdsa|sk)-[a-z0-9@.-]+) ([A-Za-z0-9+/]+={0,2})(?: (.*))?$/.exec(line.trim()) ?? [];
  if (!type || !base64) return null;
  const blob = Buffer.from(base64, 'base64');
  const digest = createHash('sha256').update(blob).digest('base64').replace(/=+$/, '');
  return { type, blob, fingerprint: `SHA256:${digest}`, comment };
}
