import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { checkKinds } from '../../../electron/checks/index.ts';
import { type Pack, readPack, renderProblems } from '../../../electron/pack/index.ts';
import { stepKinds } from '../../../electron/runbook/index.ts';
import { root as repository } from '../../../scripts/support/root.ts';
import { temporaryFolder } from '../../support/folder.ts';

/** The scripts of the worked packs, run by a real shell as a host would. */
const names = ['apex-ranker', 'neural-trading'];
const folderOf = (name: string) => join(repository, 'resources', 'packs', name);

async function packOf(name: string): Promise<Pack> {
  const read = await readPack(folderOf(name), { checkKinds, stepKinds });
  if (!read.ok) throw new Error(renderProblems(read.problems));
  return read.pack;
}

async function scriptOf(name: string, runbook: string, title: string): Promise<string> {
  const { runbooks } = await packOf(name);
  const steps = runbooks.find((each) => each.name === runbook)?.steps ?? [];
  const specs = steps.map(({ spec }) => spec as { run?: string; script?: string });
  return specs.find(({ run }) => run?.startsWith(title))?.script ?? `echo "no step ${title}"; exit 99`;
}

async function commandOf(name: string, check: string): Promise<string> {
  const { launch } = await packOf(name);
  const { spec } = launch.checks.find(({ id }) => id === check) ?? {};
  return (spec as { command?: { run: string } } | undefined)?.command?.run ?? 'exit 99';
}

/** Runs a script by `sh -eu` with nothing in its environment but these values. */
function sh(script: string, values: Record<string, string>, folder = '/') {
  return new Promise<{ code: number; output: string }>((resolve) => {
    const env = { PATH: process.env.PATH ?? '', ...values };
    const child = execFile('sh', ['-eu'], { env, cwd: folder }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code ?? -1) : 0, output: `${stdout}${stderr}`.trim() }),
    );
    child.stdin?.end(script);
  });
}

/** A host's folder with one release that serves, and these files in another. */
function hostWith(files: Record<string, string> = {}): string {
  const folder = join(temporaryFolder(), "it's a root");
  const old = {
    'models/a.json': '{}',
    'config/defaults.yaml': 'top_k: 35\n',
    'MANIFEST.json': manifest('0.1.9', {}),
  };
  const all = {
    'shared/data/predictions.jsonl': '{"score": 0.5}\n',
    'shared/.env': 'PORT=1\nAPI_KEYS=a:b\nMODEL_VERSION=0.2.0\n',
    ...Object.fromEntries(Object.entries(old).map(([file, text]) => [`releases/old/${file}`, text])),
    ...Object.fromEntries(Object.entries(files).map(([file, text]) => [`releases/new/${file}`, text])),
  };
  for (const [file, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  symlinkSync('releases/old', join(folder, 'current'));
  return folder;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

function manifest(version: string, files: Record<string, string>): string {
  const digests = Object.entries(files).map(([file, text]) => [file, sha256(text)]);
  return `${JSON.stringify({ system: 's', version, files: Object.fromEntries(digests) }, null, 2)}\n`;
}

for (const name of names) {
  describe(`the scripts of ${name}`, () => {
    it('are all read by a POSIX shell', async () => {
      const { launch, runbooks } = await packOf(name);
      const scripts = [
        ...runbooks.flatMap(({ steps }) => steps.map(({ spec }) => (spec as { script?: string }).script)),
        ...launch.checks.map(({ spec }) => (spec as { command?: { run: string } }).command?.run),
      ].filter((script) => script !== undefined);
      expect(scripts.length).toBeGreaterThan(8);
      for (const script of scripts) {
        expect(await sh(`sh -n <<'END OF SCRIPT'\n${script}\nEND OF SCRIPT\n`, {})).toEqual({
          code: 0,
          output: '',
        });
      }
    });

    it('back up database, model and configuration, and may do it twice', async () => {
      const script = await scriptOf(name, 'deploy', 'Back up');
      const root = hostWith();
      const values = { ROOT: root, RUN: 'r1', DATABASE: '' };
      for (const _ of [1, 2]) expect((await sh(script, values)).code).toBe(0);
      expect(readdirSync(join(root, 'backups'))).toEqual([
        'config-r1.tar.gz',
        'database-r1.tar.gz',
        'env-r1',
        'models-r1.tar.gz',
      ]);
      const list = await sh('tar -tzf "$ROOT/backups/database-r1.tar.gz"', values);
      expect(list.output).toContain('database-r1/predictions.jsonl');
    });

    it('do not go on without a backup of a database that cannot be reached', async () => {
      const script = await scriptOf(name, 'deploy', 'Back up');
      const values = {
        ROOT: hostWith(),
        RUN: 'r1',
        DATABASE: 'host=/nowhere dbname=x',
        PATH: '/bin:/usr/bin',
      };
      expect((await sh(script, values)).code).not.toBe(0);
    });

    it('hold a release against its manifest', async () => {
      const script = await scriptOf(name, 'deploy', 'Compare');
      const files = { 'app/a file.mjs': 'code', 'models/m.json': '{}' };
      const values = { RELEASE: 'new', VERSION: '0.2.0' };
      const compare = (changed: Record<string, string>, version = '0.2.0') =>
        sh(script, {
          ...values,
          ROOT: hostWith({ ...files, 'MANIFEST.json': manifest(version, files), ...changed }),
        });
      expect(await compare({})).toEqual({ code: 0, output: '2 files are as the manifest says' });
      expect((await compare({ 'app/a file.mjs': 'other code' })).code).not.toBe(0);
      expect((await compare({}, '0.2.00')).output).toContain('The bundle is not version 0.2.0');
      expect((await compare({}, '0x2y0')).code).not.toBe(0);
      const empty = await compare({ 'MANIFEST.json': '{ "version": "0.2.0" }' });
      expect(empty).toMatchObject({ code: 1, output: 'MANIFEST.json lists no files.' });
    });

    it('name the version gone back to in the environment, and nothing else of it', async () => {
      const script = await scriptOf(name, 'rollback', 'Name the version');
      const root = hostWith();
      const values = { ROOT: root, RUN: 'r1', PREVIOUS: 'old' };
      expect((await sh(script, values)).code).toBe(0);
      expect(readFileSync(join(root, 'shared/.env'), 'utf8')).toBe(
        'PORT=1\nAPI_KEYS=a:b\nMODEL_VERSION=0.1.9\n',
      );
      expect((await sh(script, { ...values, ROOT: join(root, 'empty') })).code).toBe(0);
    });

    it('tell right predictions from wrong ones', async () => {
      const script = await commandOf(name, name === 'apex-ranker' ? 'sample-prediction' : 'smoke-test');
      const answers = async (scores: (number | null)[], status = 200) => {
        const asked: (string | string[] | undefined)[] = [];
        const server = createServer((request, response) => {
          asked.push(request.headers['x-api-key']);
          const predictions = scores.map((score, index) => ({ rank: index + 1, code: `X${index}`, score }));
          response.writeHead(status).end(JSON.stringify({ predictions }));
        });
        await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
        onTestFinished(() => void server.close());
        const PORT = String((server.address() as AddressInfo).port);
        const { code } = await sh(script, { ROOT: hostWith(), PORT });
        expect(asked).toEqual(['b']);
        return code;
      };
      const spread = Array.from({ length: 40 }, (_, index) => index / 40);
      expect(await answers(spread)).toBe(0);
      expect(await answers(spread.map(() => 0.5))).not.toBe(0);
      expect(await answers(spread.slice(0, 10))).not.toBe(0);
      expect(await answers([...spread, 1.5])).not.toBe(0);
      expect(await answers([...spread, -0.5])).not.toBe(0);
      expect(await answers([...spread, null])).not.toBe(0);
      expect(await answers(spread, 500)).not.toBe(0);
    });
  });
}

describe('the figures of the neural-trading evaluation', () => {
  const figure = (metrics: string | null, ...words: string[]) => {
    const folder = temporaryFolder();
    if (metrics !== null) {
      mkdirSync(join(folder, 'evaluation'));
      writeFileSync(join(folder, 'evaluation', 'metrics.json'), metrics);
    }
    const script = join(folderOf('neural-trading'), 'checks', 'figure.sh');
    return sh(`sh "$SCRIPT" ${words.join(' ')}`, { SCRIPT: script }, folder);
  };

  it('are printed with their unit', async () => {
    const metrics = '{\n  "r2": 0.74,\n  "overfitting_gap_percent": -2.5\n}\n';
    expect(await figure(metrics, 'r2')).toEqual({ code: 0, output: '0.74' });
    expect(await figure(metrics, 'overfitting_gap_percent', '%')).toEqual({ code: 0, output: '-2.5 %' });
  });

  it('are missed in words', async () => {
    expect(await figure(null, 'r2')).toMatchObject({
      code: 1,
      output: "evaluation/metrics.json is not in the pack's folder. Let the evaluation write it there.",
    });
    expect(await figure('{ "other": 1 }', 'r2')).toMatchObject({
      code: 1,
      output: 'evaluation/metrics.json has no figure "r2".',
    });
  });
});
