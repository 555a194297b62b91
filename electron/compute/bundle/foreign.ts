/** What another tool's manifest says, as far as it can be recognised. */
export interface ForeignManifest {
  files: { path: string; sha256: string }[];
  data: Span | null;
  benchmark: Span | null;
}

export interface Span {
  from: string;
  to: string;
  /** Where it stands, for people. */
  where: string;
}

const dataWords = /data|panel/i;
const benchmarkWords = /bench|perform|backtest|metric|evaluat/i;
const twoDates = /(\d{4}-\d{2}-\d{2})\D.*?(\d{4}-\d{2}-\d{2})/;

/**
 * Pure: finds files with their digests, the span of the data and the span that figures are said to cover, by the names of
 * the sections they stand in.
 */
export function readForeign(value: unknown): ForeignManifest {
  const found: ForeignManifest = { files: [], data: null, benchmark: null };
  walk(value, [], (object, path) => {
    const { file, path: named, sha256 } = object as Record<string, unknown>;
    const name = file ?? named;
    if (typeof name === 'string' && typeof sha256 === 'string' && /^[0-9a-f]{64}$/i.test(sha256)) {
      found.files.push({ path: name, sha256: sha256.toLowerCase() });
    }
    const section = path[0] ?? '';
    for (const [key, text] of Object.entries(object)) {
      const span = typeof text === 'string' ? twoDates.exec(text) : null;
      if (!span) continue;
      const place = { from: span[1] as string, to: span[2] as string, where: [...path, key].join('.') };
      if (benchmarkWords.test(section) || benchmarkWords.test(key)) found.benchmark ??= place;
      else if (dataWords.test(section)) found.data ??= place;
    }
  });
  return found;
}

function walk(
  value: unknown,
  path: readonly string[],
  visit: (object: object, path: readonly string[]) => void,
): void {
  if (value === null || typeof value !== 'object') return;
  visit(value, path);
  for (const [key, one] of Object.entries(value)) walk(one, [...path, key], visit);
}
