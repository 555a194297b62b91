import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  type PackOptions,
  packOf,
  type VerifyOptions,
  verifyExit,
  verifyOf,
  verifyText,
} from '../../../electron/cli/bundle.ts';
import { inferOf, writeGolden } from '../../../electron/cli/infer.ts';
import { ComputeProcess, computeIn } from '../../../electron/compute/index.ts';
import { runCommand } from '../../support/cli.ts';
import { temporaryFolder } from '../../support/folder.ts';

const pack = join(import.meta.dirname, '../../../resources/packs/apex-ranker');
const model = join(pack, 'models/ranker.onnx');
const features = join(pack, 'models/features.json');
const data = join(pack, 'data/features.csv');

function fileOf(name: string, content: string | Uint8Array): string {
  const file = join(temporaryFolder(), name);
  writeFileSync(file, content);
  return file;
}

/** Returns of the last weeks that the data has. */
const returns = () =>
  fileOf(
    'returns.csv',
    `date,return\n${Array.from({ length: 30 }, (_, i) => `2024-07-${String(i + 1).padStart(2, '0')},${((i % 7) - 2.5) / 1000}`).join('\n')}\n`,
  );

/** One compute process for all: each command line would start its own. */
const folder = mkdtempSync(join(tmpdir(), 'holdpoint-test-'));
const compute = new ComputeProcess({ folder });
afterAll(() => {
  compute.close();
  rmSync(folder, { recursive: true, force: true });
});

async function packed(options: Partial<PackOptions> = {}): Promise<string> {
  const out = join(temporaryFolder(), 'release.tar');
  await packOf(computeIn(compute), {
    ...{ out, name: 'apex', release: 'v0.1.0', model, with: [], claim: [] },
    ...options,
  });
  return out;
}

async function verified(bundle: string, options: VerifyOptions = {}) {
  const report = await verifyOf(computeIn(compute), bundle, options);
  return {
    code: verifyExit(report),
    verdicts: Object.fromEntries(report.checks.map(({ check, verdict }) => [check, verdict])),
    sentences: verifyText(report),
  };
}

async function golden(): Promise<string> {
  const file = join(temporaryFolder(), 'golden.json');
  writeGolden(
    file,
    await inferOf(computeIn(compute), { model, data, provider: 'cpu', dates: 1, batch: 512, top: 35 }),
  );
  return file;
}

/** Replaces bytes inside an archive by as many others. */
function altered(bundle: string, from: string, to: string): string {
  const bytes = readFileSync(bundle);
  const at = bytes.indexOf(from);
  expect(at).toBeGreaterThan(0);
  bytes.write(to, at, 'latin1');
  return fileOf('altered.tar', bytes);
}

describe('a release bundle', () => {
  it('is the same to the byte from the same content, and checks with tar and sha256sum alone', async () => {
    const parts = { features, returns: returns(), data };
    const [one, two] = [await packed(parts), await packed(parts)];
    expect(readFileSync(one).equals(readFileSync(two))).toBe(true);
    const folder = temporaryFolder();
    execFileSync('tar', ['-xf', one, '-C', folder]);
    const checked = execFileSync('sha256sum', ['-c', 'SHA256SUMS'], { cwd: folder, encoding: 'utf8' });
    expect(checked.trim().split('\n')).toEqual([
      'MANIFEST.json: OK',
      'features/features.json: OK',
      'model/ranker.onnx: OK',
      'returns/returns.csv: OK',
    ]);
    const manifest = JSON.parse(readFileSync(join(folder, 'MANIFEST.json'), 'utf8'));
    expect(manifest).toMatchObject({
      name: 'apex',
      version: 'v0.1.0',
      data: { rows: 2400, codes: 60, from: '2024-06-20', to: '2024-08-14' },
      benchmark: { from: '2024-07-01', to: '2024-07-30', periods: 30 },
    });
    expect(manifest.benchmark.metrics.sharpe.convention.name).toBe('holdpoint');
    expect(JSON.stringify(manifest)).not.toContain(folder.split('/')[1]);
  });

  it('passes every check with the data it was made with: golden sample, figures and claims too', async () => {
    const bundle = await packed({
      ...{ features, golden: await golden(), returns: returns(), data },
      claim: ['win rate > 1 %'],
    });
    const found = await verified(bundle, { data });
    expect(found.verdicts, found.sentences).toEqual({
      files: 'pass',
      sums: 'pass',
      model: 'pass',
      features: 'pass',
      span: 'pass',
      data: 'pass',
      golden: 'pass',
      figures: 'pass',
      claims: 'pass',
    });
    expect(found.code).toBe(0);
    const without = await verified(bundle);
    expect(without.verdicts).toMatchObject({ data: 'not-checked', golden: 'not-checked' });
    expect(without.sentences).toContain('Give it with --data.');
  });

  it('leaves a claim open that its record cannot prove, and exits 3', async () => {
    const bundle = await packed({ returns: returns(), data, claim: ['Sharpe ratio > 0.75'] });
    const found = await verified(bundle);
    expect(found).toMatchObject({ code: 3, verdicts: { claims: 'unproven' } });
    const bare = await verified(await packed({ claim: ['Sharpe ratio > 0.75'] }));
    expect(bare.sentences).toContain('Nothing in the bundle supports "Sharpe ratio > 0.75".');
  });

  it('fails when a byte, a figure, the data, or the span is another', async () => {
    const bundle = await packed({ returns: returns(), data });
    const byte = await verified(altered(bundle, '2024-07-03,', '2024-07-09,'));
    expect(byte).toMatchObject({ code: 1, verdicts: { files: 'fail' } });
    expect(byte.verdicts.figures).toBeUndefined();
    const weight = await verified(altered(bundle, 'holdpoint-sample', 'holdpoint-simple'));
    expect(weight).toMatchObject({ code: 1, verdicts: { sums: 'fail' } });
    const figure = await verified(altered(bundle, '"from": "2024-07-01"', '"from": "2023-07-01"'));
    expect(figure).toMatchObject({ code: 1, verdicts: { span: 'fail', figures: 'fail', sums: 'fail' } });
    expect(figure.sentences).toContain(
      'The figures cover 2023-07-01 to 2024-07-30, and the data has 2024-06-20 to 2024-08-14: they cannot come from it.',
    );
    const less = fileOf('features.csv', readFileSync(data, 'utf8').split('\n').slice(0, -3).join('\n'));
    const other = await verified(bundle, { data: less });
    expect(other.sentences).toContain('The data has rows 2398, and the manifest 2400.');
  });

  it('fails when the list of features or the golden sample belongs to another model', async () => {
    const turned = JSON.parse(readFileSync(features, 'utf8'));
    const list = fileOf(
      'features.json',
      JSON.stringify({ ...turned, features: turned.features.toReversed() }),
    );
    const sample = JSON.parse(readFileSync(await golden(), 'utf8'));
    const strange = fileOf('golden.json', JSON.stringify({ ...sample, model: '0'.repeat(64) }));
    const found = await verified(await packed({ features: list, golden: strange }));
    expect(found).toMatchObject({ code: 1, verdicts: { features: 'fail', golden: 'fail' } });
    expect(found.sentences).toContain('Feature 1 is "size" in the list and "momentum_5d" in the model.');
  });

  it("is seen through in another tool's manifest: figures that the data cannot give", async () => {
    const manifest = fileOf(
      'MANIFEST.lock',
      JSON.stringify({
        checkpoint: { file: 'models/ranker.pt', sha256: 'a'.repeat(64) },
        dataset: { file: 'data.parquet', sha256: 'b'.repeat(64), date_range: '2024-12-24 to 2025-10-03' },
        performance_benchmarks: { sharpe_ratio: 1.439, backtest_period: '2024-01-01 to 2025-10-31' },
      }),
    );
    const found = await verified(manifest);
    expect(found).toMatchObject({ code: 1, verdicts: { files: 'not-checked', span: 'fail' } });
    expect(found.sentences).toContain(
      'The figures cover 2024-01-01 to 2025-10-31, and the data has 2024-12-24',
    );
  });

  it('that is none is refused in a sentence', async () => {
    const bundle = await packed();
    const bytes = readFileSync(bundle);
    const refusals: [string, RegExp][] = [
      [fileOf('b.tar', bytes.subarray(0, 8000)), /is cut off after 8000 bytes\. Fetch or pack it again\./],
      [
        fileOf('b.tar', Buffer.concat([Buffer.from([0x1f, 0x8b]), bytes])),
        /is compressed\. Unpack it with gunzip first/,
      ],
      [fileOf('b.tar', 'x'.repeat(2000)), /is no bundle: it is no tar archive, or damaged\./],
      [fileOf('m.json', '{'), /m\.json is no JSON: .* Correct it\./],
      [join(temporaryFolder(), 'none.tar'), /none\.tar cannot be opened\. Check the path\./],
    ];
    for (const [file, sentence] of refusals) {
      await expect(verified(file)).rejects.toThrow(sentence);
    }
    await expect(packed({ claim: ['it is good'] })).rejects.toThrow('The claim "it is good" is no rule');
  });
});

describe('holdpoint bundle', () => {
  it('packs, verifies, and exits 2 for what is no bundle', async () => {
    const out = join(temporaryFolder(), 'release.tar');
    const pack = ['bundle', 'pack', '--out', out, '--name', 'apex', '--release', 'v0.1.0', '--model', model];
    const made = await runCommand([...pack, '--features', features, '--json']);
    expect(made.code).toBe(0);
    expect(JSON.parse(made.stdout).files).toHaveLength(2);
    const found = await runCommand(['bundle', 'verify', out, '--json']);
    expect(found.code).toBe(0);
    expect(JSON.parse(found.stdout)).toMatchObject({ ok: true, name: 'apex', version: 'v0.1.0' });
    expect(await runCommand(['bundle', 'verify', model])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is no bundle'),
    });
  });
});
