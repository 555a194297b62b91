import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodePanel, encodePoints, type SweepJob, writeTaskProgram } from '../compute/index.ts';
import { type Shell, upload } from '../ssh/index.ts';
import { type Cluster, filesFolder, type Submission } from './cluster.ts';
import { chooseNode, ownNode } from './node.ts';

interface Sending extends Pick<SweepJob, 'panel' | 'points'> {
  shell: Shell;
  cluster: Cluster;
  /** Local, for files on their way. */
  scratch: string;
  signal: AbortSignal | undefined;
  say: (line: string) => void;
}

type Sent = Pick<Submission, 'node' | 'program' | 'entry' | 'panel' | 'points'>;

/** Puts on the host what an array needs and the host has not, each file under its SHA-256. @throws SlurmError, SshError */
export async function sendFiles(sending: Sending): Promise<Sent> {
  const { shell, cluster, scratch, signal, say } = sending;
  const { host } = cluster;
  const node = chooseNode(host, await cluster.facts(), ownNode());

  const send = async (what: string, path: string, name: string) => {
    const { skipped, bytes } = await upload(shell, host, path, `${filesFolder}/${name}`, { signal });
    if (!skipped) say(`${host}: sent ${what}, ${(bytes / 1e6).toFixed(1)} MB`);
    return name;
  };
  const sendBytes = async (what: string, bytes: Buffer) => {
    const name = sha256(bytes);
    const path = join(scratch, name);
    writeFileSync(path, bytes);
    return send(what, path, name);
  };

  const archive = join(scratch, 'program.tar');
  const entry = await writeTaskProgram(archive);
  const program = sha256(await readFile(archive));
  await send('the program', archive, `${program}.tar`);
  return {
    node: node.send ? await send('Node', node.path, sha256(await readFile(node.path))) : node.path,
    program,
    entry,
    panel: await sendBytes('the panel', encodePanel(sending.panel)),
    points: await sendBytes('the list of points', Buffer.from(encodePoints(sending.points))),
  };
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
