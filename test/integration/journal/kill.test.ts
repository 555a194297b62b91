import { spawn } from 'node:child_process';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../support/folder.ts';

/** Runs the writer, kills it after a random time, and gives the last entry it said was committed. */
async function writeAndKill(folder: string): Promise<number> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'writer.ts'), folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    if (output === '') setTimeout(() => child.kill('SIGKILL'), Math.random() * 150);
    output += chunk;
  });
  await new Promise((resolve) => child.on('close', resolve));
  return Number(output.split('\n').slice(0, -1).at(-1) ?? 0);
}

it('a writer killed at any moment loses no entry it acknowledged, and the folder opens again', async () => {
  const folder = temporaryFolder();
  for (let round = 0; round < 15; round += 1) {
    const acknowledged = await writeAndKill(folder);
    const db = new SQLite(join(folder, 'holdpoint.db'), { readonly: true });
    const count = db.prepare('SELECT count(*) FROM entry').pluck().get();
    expect(count).toBeGreaterThanOrEqual(acknowledged);
    expect(db.prepare('SELECT count(*) FROM numbers').pluck().get()).toBe(count);
    db.close();
  }
});
