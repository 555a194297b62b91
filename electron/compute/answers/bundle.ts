import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Rule } from '../../../shared/contract/common.ts';
import { parseRule } from '../../../shared/rule/index.ts';
import {
  type BundleCheck,
  BundleError,
  checkData,
  checkFeatures,
  checkFigures,
  checkFiles,
  checkModel,
  checkSpan,
  type FileRole,
  type Manifest,
  type OpenBundle,
  type OpenForeign,
  openBundle,
  type PackRequest,
  packBundle,
} from '../bundle/index.ts';
import type { Compute } from '../compute.ts';
import { namedFeatures, readModelFacts } from '../inference/index.ts';
import { digestFile } from '../process/inputs.ts';
import type { Keys } from '../tables/index.ts';
import { readGolden } from './infer/golden-file.ts';
import type { MetricsAnswer } from './metrics.ts';
import { readFeatureList } from './profile/features.ts';

export interface BundlePackQuestion {
  name: string;
  version: string;
  files: PackRequest['files'];
  /** What it was computed from: named in the manifest, and not packed. */
  data: string | null;
  keys: Keys;
  claims: string[];
}

/** Packs a bundle; what its manifest says of data and returns is computed now. @throws BundleError, DataError */
export async function makeBundle(
  compute: Compute,
  archive: string,
  { name, version, files, data, keys, claims }: BundlePackQuestion,
): Promise<Manifest> {
  rulesOf(claims);
  const returns = files.find(({ role }) => role === 'returns');
  return packBundle(archive, {
    name,
    version,
    files,
    data: data === null ? null : await dataFacts(compute, data, keys),
    benchmark: returns ? benchmarkOf(await figuresOf(compute, returns.file, [])) : null,
    claims,
  });
}

export interface BundleReport {
  name: string | null;
  version: string | null;
  checks: BundleCheck[];
  ok: boolean;
}

export interface BundleVerifyQuestion {
  bundle: string;
  /** The data that the manifest names, where it is at hand. */
  data: string | null;
  keys: Keys;
}

/** Holds a bundle against itself, and against the data where it is given. @throws BundleError, DataError */
export async function verifyBundle(compute: Compute, question: BundleVerifyQuestion): Promise<BundleReport> {
  const opened = await openBundle(question.bundle);
  const folder = mkdtempSync(join(tmpdir(), 'holdpoint-bundle-'));
  try {
    const checks =
      opened.kind === 'foreign'
        ? await foreignChecks(opened, question.bundle)
        : await bundleChecks(compute, opened, question, folder);
    const { name, version } = opened.kind === 'bundle' ? opened.manifest : { name: null, version: null };
    return { name, version, checks, ok: checks.every(({ verdict }) => verdict !== 'fail') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function foreignChecks({ manifest }: OpenForeign, file: string): Promise<BundleCheck[]> {
  const found = await Promise.all(
    manifest.files.map(async ({ path, sha256 }) => ({
      path,
      sha256,
      is: await digestFile(join(dirname(file), path)).catch(() => null),
    })),
  );
  const wrong = found.find(({ sha256, is }) => is !== null && is !== sha256);
  const absent = found.find(({ is }) => is === null);
  const files: BundleCheck = wrong
    ? {
        check: 'files',
        verdict: 'fail',
        sentence: `${wrong.path} has SHA-256 ${wrong.is}, and the manifest ${wrong.sha256}.`,
      }
    : absent || found.length === 0
      ? {
          check: 'files',
          verdict: 'not-checked',
          sentence: absent
            ? `${absent.path} is not beside the manifest, so its SHA-256 proves nothing. Put the files there.`
            : 'The manifest names no file with its SHA-256.',
        }
      : { check: 'files', verdict: 'pass', sentence: `All ${found.length} files are as the manifest says.` };
  return [files, checkSpan(manifest.data, manifest.benchmark)];
}

async function bundleChecks(
  compute: Compute,
  bundle: OpenBundle,
  { data, keys }: BundleVerifyQuestion,
  folder: string,
): Promise<BundleCheck[]> {
  const { manifest } = bundle;
  const extracted: Partial<Record<FileRole, string | null>> = {};
  for (const role of ['model', 'features', 'golden', 'returns'] as const) {
    extracted[role] = await bundle.extract(role, folder);
  }
  const { model, features, golden, returns } = extracted;
  const files = checkFiles(manifest, bundle.files);
  const checks: BundleCheck[] = [files, bundle.sums];
  // What was altered is not looked into: whatever it says means nothing.
  if (files.verdict === 'fail') return checks;
  if (!model) {
    checks.push({
      check: 'model',
      verdict: 'fail',
      sentence: 'There is no model in the bundle. Pack it again.',
    });
    return checks;
  }
  const facts = readModelFacts(model);
  checks.push(checkModel(manifest, facts));
  if (features)
    checks.push(checkFeatures((await readFeatureList(features)).names, namedFeatures(facts.metadata)));
  checks.push(checkSpan(manifest.data, manifest.benchmark));
  checks.push(await dataCheck(compute, manifest, data, keys));
  if (golden)
    checks.push(await goldenCheck(compute, { model, golden, features: features ?? null }, data, keys));
  if (manifest.benchmark) {
    if (returns) {
      const computed = await figuresOf(compute, returns, rulesOf(manifest.claims));
      checks.push(checkFigures(manifest.benchmark, benchmarkOf(computed)));
      checks.push(...claimChecks(computed));
    } else {
      checks.push({
        check: 'figures',
        verdict: 'fail',
        sentence:
          'The manifest has figures, and the bundle no returns that they could come from. Pack the returns.',
      });
    }
  }
  if (manifest.claims.length > 0 && !(manifest.benchmark && returns)) {
    checks.push({
      check: 'claims',
      verdict: 'unproven',
      sentence: `Nothing in the bundle supports "${manifest.claims[0]}". Pack the returns that it is about.`,
    });
  }
  return checks;
}

async function dataCheck(
  compute: Compute,
  { data: named }: Manifest,
  data: string | null,
  keys: Keys,
): Promise<BundleCheck> {
  if (named && data !== null) return checkData(named, await dataFacts(compute, data, keys));
  return {
    check: 'data',
    verdict: 'not-checked',
    sentence: named ? 'The data is not in the bundle. Give it with --data.' : 'The manifest names no data.',
  };
}

async function goldenCheck(
  compute: Compute,
  files: { model: string; golden: string; features: string | null },
  data: string | null,
  keys: Keys,
): Promise<BundleCheck> {
  const recorded = await readGolden(files.golden);
  if (recorded.model !== (await digestFile(files.model))) {
    return {
      check: 'golden',
      verdict: 'fail',
      sentence:
        'The golden sample was recorded with another model. Record it again with the one that is packed.',
    };
  }
  if (data === null) {
    return {
      check: 'golden',
      verdict: 'not-checked',
      sentence: 'The golden sample belongs to the model. Give --data to run it again.',
    };
  }
  const { golden } = await compute.infer({
    ...files,
    data,
    keys,
    provider: recorded.provider,
    lookback: null,
    dates: 1,
    batch: 512,
    score: null,
    top: 35,
    bench: false,
  });
  const isMet = golden?.sameInputs && golden.verdict !== 'different';
  const isOpen = golden !== null && (!golden.sameInputs || golden.membership === 'undetermined');
  return {
    check: 'golden',
    verdict: isOpen ? 'unproven' : isMet ? 'pass' : 'fail',
    sentence: golden?.sentence ?? 'The golden sample could not be compared.',
  };
}

function claimChecks({ verdicts }: MetricsAnswer): BundleCheck[] {
  return verdicts.map(({ rule, verdict, sentence }) => ({
    check: 'claims',
    verdict: verdict === 'error' ? 'unproven' : verdict,
    sentence: `${rule}: ${sentence}`,
  }));
}

async function dataFacts(compute: Compute, path: string, keys: Keys): Promise<NonNullable<Manifest['data']>> {
  const { files, rows, codes, from, to } = await compute.profile({ path, keys, features: null });
  return { files, rows, codes, from, to };
}

function figuresOf(compute: Compute, file: string, rules: Rule[]): Promise<MetricsAnswer> {
  return compute.metrics({
    file,
    convention: 'holdpoint',
    riskFree: 0,
    benchmark: 0,
    trials: { trials: 1 },
    rules,
  });
}

function benchmarkOf({ from, to, periods, metrics }: MetricsAnswer): NonNullable<Manifest['benchmark']> {
  // Through JSON and back: what a manifest holds is what JSON can say.
  return JSON.parse(JSON.stringify({ from, to, periods, metrics })) as NonNullable<Manifest['benchmark']>;
}

function rulesOf(claims: readonly string[]): Rule[] {
  return claims.map((text) => {
    const parsed = parseRule(text);
    if (parsed.ok) return parsed.rule;
    throw new BundleError('cannot-pack', `The claim "${text}" is no rule: ${parsed.message}`);
  });
}
