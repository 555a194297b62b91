import type { ModelFacts } from '../inference/index.ts';
import type { Manifest } from './manifest.ts';

/** One thing that was held against another. `not-checked` says what to give so that it can be. */
export interface BundleCheck {
  check: 'files' | 'sums' | 'model' | 'features' | 'golden' | 'span' | 'data' | 'figures' | 'claims';
  verdict: 'pass' | 'fail' | 'unproven' | 'not-checked';
  sentence: string;
}

interface FoundFile {
  path: string;
  sha256: string;
  bytes: number;
}

/** Pure: the files there are against those that the manifest names. */
export function checkFiles({ files }: Manifest, found: readonly FoundFile[]): BundleCheck {
  const there = new Map(found.map((file) => [file.path, file]));
  const wrong = files.flatMap(({ path, sha256, bytes }) => {
    const file = there.get(path);
    if (!file) return [`${path} is not there`];
    return file.sha256 === sha256 && file.bytes === bytes ? [] : [`${path} has SHA-256 ${file.sha256}`];
  });
  const listed = new Set(files.map(({ path }) => path));
  const extra = found.flatMap(({ path }) => (listed.has(path) ? [] : [`${path} is not in the manifest`]));
  const [first] = [...wrong, ...extra];
  return first === undefined
    ? { check: 'files', verdict: 'pass', sentence: `All ${files.length} files are as the manifest says.` }
    : {
        check: 'files',
        verdict: 'fail',
        sentence: `${first}${wrong.length + extra.length > 1 ? `, and ${wrong.length + extra.length - 1} more` : ''}. Pack the bundle again from files that can be trusted.`,
      };
}

/** Pure: what the manifest says of the model against the model. */
export function checkModel({ model }: Manifest, facts: ModelFacts): BundleCheck {
  const { producer, opsets, metadata } = facts;
  const same = JSON.stringify([model.producer, entries(model.opsets), entries(model.metadata)]);
  return same === JSON.stringify([producer, entries(opsets), entries(metadata)])
    ? { check: 'model', verdict: 'pass', sentence: 'The model is what the manifest says of it.' }
    : {
        check: 'model',
        verdict: 'fail',
        sentence: 'The manifest says other things of the model than the model itself. Pack the bundle again.',
      };
}

const entries = (record: Record<string, unknown>) =>
  Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));

/** Pure: the list of features against what the model says that it takes. */
export function checkFeatures(listed: readonly string[], ofModel: readonly string[] | null): BundleCheck {
  if (ofModel === null) {
    return {
      check: 'features',
      verdict: 'not-checked',
      sentence: 'The model does not name its features. Write them into its metadata when it is exported.',
    };
  }
  const at = Array.from({ length: Math.max(listed.length, ofModel.length) }).findIndex(
    (_, i) => listed[i] !== ofModel[i],
  );
  return at === -1
    ? {
        check: 'features',
        verdict: 'pass',
        sentence: `The ${listed.length} features are the model's, in its order.`,
      }
    : {
        check: 'features',
        verdict: 'fail',
        sentence: `Feature ${at + 1} is "${listed[at] ?? ''}" in the list and "${ofModel[at] ?? ''}" in the model. Pack the list that the model was trained with.`,
      };
}

/** Pure: whether figures can come from the data at all. */
export function checkSpan(
  data: { from: string; to: string } | null,
  benchmark: { from: string; to: string } | null,
): BundleCheck {
  if (!data || !benchmark) {
    return {
      check: 'span',
      verdict: 'not-checked',
      sentence: `The manifest does not say which dates ${data ? 'the figures cover' : 'the data has'}.`,
    };
  }
  const covers = `The figures cover ${benchmark.from} to ${benchmark.to}, and the data has ${data.from} to ${data.to}`;
  return benchmark.from >= data.from && benchmark.to <= data.to
    ? { check: 'span', verdict: 'pass', sentence: `${covers}.` }
    : {
        check: 'span',
        verdict: 'fail',
        sentence: `${covers}: they cannot come from it. Compute them on this data, or name the data they come from.`,
      };
}

/** Pure: the data that is here against the data that the manifest names. */
export function checkData(
  named: NonNullable<Manifest['data']>,
  found: NonNullable<Manifest['data']>,
): BundleCheck {
  const differs = (['rows', 'codes', 'from', 'to'] as const).find((key) => named[key] !== found[key]);
  const sums = (files: readonly { sha256: string }[]) => files.map(({ sha256 }) => sha256).join();
  if (differs) {
    return {
      check: 'data',
      verdict: 'fail',
      sentence: `The data has ${differs} ${found[differs]}, and the manifest ${named[differs]}. Give the data that the bundle was made with.`,
    };
  }
  return sums(named.files) === sums(found.files)
    ? { check: 'data', verdict: 'pass', sentence: `The data is the same to the byte: ${found.rows} rows.` }
    : {
        check: 'data',
        verdict: 'fail',
        sentence:
          'The data has the same rows and dates and another SHA-256. Give the files that the bundle was made with.',
      };
}

/** Figures of the same returns by the same code agree to the last digits. */
const figureTolerance = 1e-10;

/** Pure: the figures that the manifest asserts against those re-computed from the returns in the bundle. */
export function checkFigures(
  asserted: NonNullable<Manifest['benchmark']>,
  computed: NonNullable<Manifest['benchmark']>,
): BundleCheck {
  const wrong = Object.entries(asserted.metrics).flatMap(([name, { value }]) => {
    const ours = computed.metrics[name]?.value ?? null;
    const agree =
      value === ours ||
      (value !== null &&
        ours !== null &&
        Math.abs(value - ours) <= figureTolerance * Math.max(1, Math.abs(ours)));
    return agree ? [] : [`${name} is said to be ${value}, and is ${ours}`];
  });
  const [first] = wrong;
  const spans = asserted.from === computed.from && asserted.to === computed.to;
  if (first !== undefined || !spans) {
    return {
      check: 'figures',
      verdict: 'fail',
      sentence: `${first ?? `The returns cover ${computed.from} to ${computed.to}, and the figures ${asserted.from} to ${asserted.to}`}. Believe what was re-computed.`,
    };
  }
  return {
    check: 'figures',
    verdict: 'pass',
    sentence: `All ${Object.keys(asserted.metrics).length} figures come out of the returns again.`,
  };
}
