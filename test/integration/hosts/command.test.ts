import { execFile } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../../../scripts/support/root.ts';
import { temporaryFolder } from '../../support/folder.ts';

/** A folder with the command in it and what else is named, as a clone or an installed package has it. */
function installation(files: Record<string, string>): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'bin'));
  copyFileSync(join(root, 'bin/holdpoint.cjs'), join(folder, 'bin/holdpoint.cjs'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** Runs the command on this Node, which says that it is another version where the test wants one. */
function holdpoint(folder: string, args: string[], version?: string) {
  const pretend = join(folder, 'pretend.cjs');
  writeFileSync(
    pretend,
    `Object.defineProperty(process, 'versions', { value: Object.assign({}, process.versions, { node: '${version}' }) });`,
  );
  const node = version ? ['--require', pretend] : [];
  return new Promise<{ code: number; output: string }>((resolve) => {
    execFile(
      process.execPath,
      [...node, join(folder, 'bin/holdpoint.cjs'), ...args],
      (error, stdout, stderr) =>
        resolve({ code: (error?.code as number | undefined) ?? 0, output: stdout + stderr }),
    );
  });
}

const fromSource = {
  'electron/cli.ts': 'const words: string[] = process.argv.slice(2); console.log("source", ...words);',
};
const fromBuild = {
  'dist/electron/cli.js': 'console.log("built", ...process.argv.slice(2)); process.exitCode = 3;',
};

it('a clone runs its sources, a package what was built, with the arguments and the exit code', async () => {
  const clone = installation({ ...fromSource, ...fromBuild });
  expect(await holdpoint(clone, ['lint', 'a b', '--json'])).toEqual({
    code: 0,
    output: 'source lint a b --json\n',
  });
  expect(await holdpoint(installation(fromBuild), ['board'])).toEqual({ code: 3, output: 'built board\n' });
});

it('a Node that is too old is told which is needed and what to do, and ends with code 2', async () => {
  const clone = await holdpoint(installation(fromSource), ['lint'], '18.19.0');
  expect(clone.code).toBe(2);
  expect(clone.output).toMatch(
    /needs Node 22\.18 or newer, and this is Node 18\.19\.0\. Run "npm install" in /,
  );
  const packaged = await holdpoint(installation(fromBuild), ['lint'], '20.20.2');
  expect(packaged.code).toBe(2);
  expect(packaged.output).toContain(
    'needs Node 22.14 or newer, and this is Node 20.20.2. Install a newer Node',
  );
});

it.each(['22.17.9', '23.5.0'])(
  'Node %s strips no types yet, so a clone does not run on it',
  async (version) => {
    expect((await holdpoint(installation(fromSource), [], version)).code).toBe(2);
  },
);

it('a Node that is too old hands over to the pinned one where that is installed', async () => {
  const clone = installation(fromSource);
  const pinned = join(clone, 'node_modules/node/bin');
  mkdirSync(pinned, { recursive: true });
  symlinkSync(process.execPath, join(pinned, 'node'));
  expect(await holdpoint(clone, ['probe'], '18.19.0')).toEqual({ code: 0, output: 'source probe\n' });
});

it('a pinned Node that does not start is said so', async () => {
  const clone = installation({ ...fromSource, 'node_modules/node/bin/node': 'no program' });
  chmodSync(join(clone, 'node_modules/node/bin/node'), 0o644);
  const { code, output } = await holdpoint(clone, [], '18.19.0');
  expect(code).toBe(2);
  expect(output).toContain('could not start');
});

it('an installation without the command line says what is missing', async () => {
  const { code, output } = await holdpoint(installation({}), []);
  expect(code).toBe(2);
  expect(output).toMatch(/cli\.js is missing\. Run "npm run build"/);
});
