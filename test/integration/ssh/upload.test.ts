import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createLocalShell, SshError, upload } from '../../../electron/ssh/index.ts';
import { setScene, sha256Of, until } from './support.ts';

function fileWith(folder: string, bytes: Buffer | string): string {
  const path = join(folder, 'bundle.tar.gz');
  writeFileSync(path, bytes);
  return path;
}

it.concurrent('a file arrives whole in a folder that is made for it, once', async (context) => {
  const { lab, client } = setScene(context);
  const host = await lab.addHost('target');
  const ssh = client();
  const local = fileWith(lab.folder, randomBytes(4_000_000));
  const progress: number[] = [];
  const expected = { path: 'incoming/new/bundle.tar.gz', sha256: sha256Of(local), bytes: 4_000_000 };
  const first = await upload(ssh, 'target', local, 'incoming/new/', {
    onProgress: (sent, total) => progress.push(sent / total),
  });
  expect(first).toEqual({ ...expected, skipped: false });
  expect(sha256Of(join(host.home, expected.path))).toBe(expected.sha256);
  expect(progress[0]).toBe(0);
  expect(progress.at(-1)).toBe(1);
  expect(progress).toEqual([...progress].sort((a, b) => a - b));

  const { ino } = statSync(join(host.home, expected.path));
  expect(await upload(ssh, 'target', local, 'incoming/new/')).toEqual({ ...expected, skipped: true });
  expect(statSync(join(host.home, expected.path)).ino).toBe(ino);

  // The same size with another content is another file.
  const changed = fileWith(lab.folder, randomBytes(4_000_000));
  expect(await upload(ssh, 'target', changed, 'incoming/new/')).toMatchObject({ skipped: false });
  expect(sha256Of(join(host.home, expected.path))).toBe(sha256Of(changed));
  expect(readdirSync(join(host.home, 'incoming/new'))).toEqual(['bundle.tar.gz']);
});

it.concurrent('an empty file, and names with quotes, spaces, newlines, dollars and a leading dash', async (context) => {
  const { lab, client } = setScene(context);
  const host = await lab.addHost('target');
  const local = fileWith(lab.folder, '');
  const ssh = client();
  for (const name of ['-rf', "it's", 'a b', 'a\nb', '$(touch x)', '`x`', '*', '\\', 'ü/é', '~']) {
    expect(await upload(ssh, 'target', local, name)).toMatchObject({
      path: name,
      bytes: 0,
      skipped: false,
    });
    expect(statSync(join(host.home, name)).size).toBe(0);
  }
  expect(existsSync(join(host.home, 'x'))).toBe(false);
});

it.concurrent('the link breaks under way: what was there stays, nothing is left over, and it can be done again', async (context) => {
  const { lab, client, proxiedHost } = setScene(context);
  const { host, proxy } = await proxiedHost('far');
  const ssh = client();
  writeFileSync(join(host.home, 'bundle'), 'the old one');
  const local = fileWith(lab.folder, randomBytes(8_000_000));
  await ssh.connect('far');
  proxy.onSent(3_000_000, proxy.drop);
  await expect(upload(ssh, 'far', local, 'bundle')).rejects.toMatchObject({ code: 'link-lost' });
  expect(readFileSync(join(host.home, 'bundle'), 'utf8')).toBe('the old one');
  await until('the part is removed', () => readdirSync(host.home).join() === 'bundle');
  expect(await upload(ssh, 'far', local, 'bundle')).toMatchObject({ skipped: false });
  expect(sha256Of(join(host.home, 'bundle'))).toBe(sha256Of(local));
});

it.concurrent('a stop under way leaves what was there', async (context) => {
  const { lab, client } = setScene(context);
  const host = await lab.addHost('target');
  writeFileSync(join(host.home, 'bundle'), 'the old one');
  const local = fileWith(lab.folder, randomBytes(8_000_000));
  const stop = new AbortController();
  const uploading = upload(client(), 'target', local, 'bundle', {
    signal: stop.signal,
    onProgress: (sent) => sent > 1_000_000 && stop.abort('enough'),
  });
  await expect(uploading).rejects.toBe('enough');
  await until('the part is removed', () => readdirSync(host.home).join() === 'bundle');
  expect(readFileSync(join(host.home, 'bundle'), 'utf8')).toBe('the old one');
});

it.concurrent('a file that changes under way is not put in place', async (context) => {
  const { lab, client } = setScene(context);
  const host = await lab.addHost('target');
  const local = fileWith(lab.folder, randomBytes(2_000_000));
  const changing = upload(client(), 'target', local, 'bundle', {
    onProgress: (sent) => sent === 0 && writeFileSync(local, randomBytes(2_000_000)),
  });
  await expect(changing).rejects.toThrow(/It was changed meanwhile; upload it again/);
  expect(readdirSync(host.home)).toEqual([]);
});

it.concurrent('a place that cannot be written to, and a local file that cannot be read, are told', async (context) => {
  const { lab, client } = setScene(context);
  const host = await lab.addHost('target');
  const ssh = client();
  const local = fileWith(lab.folder, 'content');
  mkdirSync(join(host.home, 'folder'));
  writeFileSync(join(host.home, 'file'), '');
  const cases = [
    ['folder', /could not store folder: it is a folder/],
    ['file/below', /could not store file\/below: .*(Not a directory|File exists)/],
    ['/proc/version', /could not store \/proc\/version: /],
  ] as const;
  for (const [path, message] of cases) {
    const failure = upload(ssh, 'target', local, path);
    await expect(failure).rejects.toBeInstanceOf(SshError);
    await expect(failure).rejects.toMatchObject({
      code: 'not-writable',
      message: expect.stringMatching(message),
    });
  }
  await expect(upload(ssh, 'target', join(lab.folder, 'missing'), 'x')).rejects.toThrow(
    /missing cannot be read/,
  );
});

it.concurrent('on this machine it is the same', async (context) => {
  const { lab } = setScene(context);
  const local = fileWith(lab.folder, 'content');
  const target = join(lab.folder, 'there', 'copy');
  expect(await upload(createLocalShell(), 'laptop', local, target)).toMatchObject({ skipped: false });
  expect(readFileSync(target, 'utf8')).toBe('content');
});
