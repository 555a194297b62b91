import { open } from 'node:fs/promises';
import { extname } from 'node:path';
import { parseApexConfig, parseBacktestConfig } from '../data/index.ts';
import { readModelFacts } from '../inference/index.ts';
import { parseGrid } from '../sweep/index.ts';
import { claimOf } from './profile/column-names.ts';

export type FileRole =
  | 'model'
  | 'panel'
  | 'returns'
  | 'predictions'
  | 'table'
  | 'feature-list'
  | 'golden'
  | 'backtest-config'
  | 'apex-config'
  | 'grid'
  | 'bundle';

export interface RoledFile {
  role: FileRole;
  bytes: number;
  /** Columns of a CSV table whose names say that they hold what came after each date. */
  labels: string[];
}

/** So much of a file is looked at. */
const beginning = 64 * 1024;

/** What a file can be asked about, by its name and its beginning; null where it is of no use to compute. */
export async function roleOf(file: string): Promise<RoledFile | null> {
  const ending = extname(file).toLowerCase();
  const look = looks[ending];
  if (!look) return null;
  const { head, bytes } = await headOf(file);
  const role = look({ file, head, whole: bytes <= beginning });
  const labels = look === ofCsv ? columnsOf(head).filter(isLabel) : [];
  return role && { role, bytes, labels };
}

interface Beginning {
  file: string;
  head: Buffer;
  /** Whether it is all there is. */
  whole: boolean;
}

const looks: Record<string, (beginning: Beginning) => FileRole | null> = {
  '.onnx': ({ file }) => (succeeds(() => readModelFacts(file)) ? 'model' : null),
  '.parquet': ({ head }) => (head.subarray(0, 4).toString('latin1') === 'PAR1' ? 'table' : null),
  '.csv': ofCsv,
  '.tsv': ofCsv,
  '.json': (one) => ofJson(one) ?? ofSettings(one),
  '.yaml': ofSettings,
  '.yml': ofSettings,
  '.tar': ({ head }) => (head.includes('MANIFEST.json') || head.includes('SHA256SUMS') ? 'bundle' : null),
};
looks['.pq'] = looks['.parquet'] as (beginning: Beginning) => FileRole | null;

/** By the names of its columns. */
function ofCsv({ head }: Beginning): FileRole | null {
  const names = new Set(columnsOf(head).map((name) => name.toLowerCase()));
  const has = (...wanted: string[]) => wanted.every((name) => names.has(name));
  if (has('date', 'code', 'close', 'score')) return 'panel';
  if (has('date', 'return') && !has('code')) return 'returns';
  if (has('date', 'actual', 'predicted')) return 'predictions';
  return names.size > 1 ? 'table' : null;
}

function columnsOf(head: Buffer): string[] {
  const [line = ''] = head
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/, 1);
  return line.split(/[,;\t]/).map((name) => name.trim().replaceAll('"', ''));
}

const isLabel = (name: string) => claimOf(name) === 'label';

function ofJson({ head, whole }: Beginning): FileRole | null {
  const text = head.toString('utf8');
  // A golden sample is long, and says so in its first lines.
  if (/^\s*\{\s*"golden"\s*:\s*1\b/.test(text)) return 'golden';
  if (!whole) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const { features, feature_names, bundle, files } = (value ?? {}) as Record<string, unknown>;
  const names = Array.isArray(value) ? value : (features ?? feature_names);
  const isList = Array.isArray(names) && names.length > 0 && names.every((name) => typeof name === 'string');
  if (isList) return 'feature-list';
  return bundle !== undefined && files !== undefined ? 'bundle' : null;
}

/** Rules of a backtest, of another engine, or a grid over them: whoever reads them would take them. */
function ofSettings({ file, head, whole }: Beginning): FileRole | null {
  const text = head.toString('utf8');
  if (!whole) return null;
  if (/^\s*(\{\s*)?"?grid"?\s*:/m.test(text) && succeeds(() => parseGrid(text, file))) return 'grid';
  if (!/\b(rebalance|top_k)\b/.test(text)) return null;
  if (succeeds(() => parseBacktestConfig(text, file).costPenalty === 0)) return 'backtest-config';
  return succeeds(() => parseApexConfig(text, file)) ? 'apex-config' : null;
}

function succeeds(read: () => unknown): boolean {
  try {
    return read() !== false;
  } catch {
    return false;
  }
}

async function headOf(file: string): Promise<{ head: Buffer; bytes: number }> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(Math.min(size, beginning)), 0);
    return { head: buffer.subarray(0, bytesRead), bytes: size };
  } finally {
    await handle.close();
  }
}
