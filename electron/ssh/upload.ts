import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { quote } from './quote.ts';
import { type Shell, SshError } from './types.ts';

export interface UploadOptions {
  signal?: AbortSignal;
  /** Told of what was handed to the connection; some of it may still be on the way. */
  onProgress?: (sentBytes: number, totalBytes: number) => void;
}

export interface Uploaded {
  /** Where the file is now; the remote path, with the file's name added where that ended in `/`. */
  path: string;
  sha256: string;
  bytes: number;
  /** The host had the same file there already. */
  skipped: boolean;
}

/** What the programs use to hash: whichever tool the host has. Each prints the digest first. */
const hashing = `
digest() {
  if command -v sha256sum >/dev/null 2>&1; then sha256sum
  elif command -v shasum >/dev/null 2>&1; then shasum -a 256
  else openssl dgst -sha256 -r
  fi
}
`;

/** Prints the digest of the file that is there if it has the right size, since hashing a large one takes time. */
const look = (path: string, bytes: number) => `${hashing}
path=${path}
if [ -d "$path" ]; then echo "it is a folder" >&2; exit 1; fi
[ -f "$path" ] && [ "$(wc -c < "$path")" -eq ${bytes} ] || exit 0
digest < "$path"
`;

/**
 * Takes the file from standard input under another name, and gives it its own when its digest is right. What comes in
 * half, because the link broke, is removed here. A name that nobody else uses keeps the rest of an older, broken
 * transfer out of a file that is complete.
 */
const receive = (path: string, sha256: string) => `${hashing}
path=${path}
part=$path.part-${randomBytes(6).toString('hex')}
case $path in */*) mkdir -p -- "\${path%/*}/" || exit 1 ;; esac
cat > "$part" || { rm -f -- "$part"; exit 1; }
got=$(digest < "$part")
if [ "\${got%% *}" != ${sha256} ]; then
  rm -f -- "$part"
  echo "digest \${got%% *}" >&2
  exit 3
fi
sync "$part" 2>/dev/null
mv -f -- "$part" "$path" || { rm -f -- "$part"; exit 1; }
`;

/**
 * Puts a file on a host, whole or not at all, and proves it by SHA-256 there. Does nothing where the host has it
 * already. After a lost link it can simply be called again.
 *
 * @param remotePath absolute, or below the user's home; ends in `/` for a folder. Missing folders are made.
 * @throws SshError, `not-writable` for a full disk or a missing permission; Error where the local file cannot be read
 *   or changes under way
 */
export async function upload(
  shell: Shell,
  host: string,
  localPath: string,
  remotePath: string,
  { signal, onProgress }: UploadOptions = {},
): Promise<Uploaded> {
  const { sha256, bytes } = await digestOf(localPath);
  const path = remotePath.endsWith('/') ? `${remotePath}${basename(localPath)}` : remotePath;
  // A relative path must not be taken for an option.
  const word = quote(path.startsWith('/') ? path : `./${path}`);
  const done = { path, sha256, bytes };

  const there = await shell.run(host, look(word, bytes), { signal });
  if (there.exitCode !== 0) throw notWritable(host, path, there.stderr);
  if (there.stdout.startsWith(sha256)) return { ...done, skipped: true };

  onProgress?.(0, bytes);
  const stdin = readWithProgress(localPath, (sent) => onProgress?.(sent, bytes));
  const { exitCode, stderr } = await shell.run(host, receive(word, sha256), { stdin, signal });
  if (exitCode === 0) return { ...done, skipped: false };
  if (exitCode === 3) {
    throw new Error(
      `${localPath} arrived on ${host} with another content than it had when the upload began. It was changed meanwhile; upload it again. Nothing on ${host} was changed.`,
    );
  }
  throw notWritable(host, path, stderr);
}

async function digestOf(path: string): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const chunk of createReadStream(path)) {
      hash.update(chunk);
      bytes += chunk.length;
    }
  } catch (error) {
    throw new Error(`${path} cannot be read, so it cannot be uploaded: ${(error as Error).message}.`, {
      cause: error,
    });
  }
  return { sha256: hash.digest('hex'), bytes };
}

async function* readWithProgress(path: string, onSent: (bytes: number) => void): AsyncGenerator<Buffer> {
  let sent = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 262_144 })) {
    yield chunk;
    sent += chunk.length;
    onSent(sent);
  }
}

function notWritable(host: string, path: string, words: string): SshError {
  const reason = words.trim().split('\n')[0] || 'it said nothing';
  return new SshError(
    'not-writable',
    host,
    `${host} could not store ${path}: ${reason}. Free some space there or let the user write, then upload it again. What was there before is unchanged.`,
  );
}
