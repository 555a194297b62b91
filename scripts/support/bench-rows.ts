import { spawn } from 'node:child_process';
import { root } from './root.ts';

/** One line of a bench: `name, ours, baseline, ratio, goal`. */
export interface BenchRow {
  name: string;
  ours: string;
  baseline: string;
  ratio: string;
  goal: string;
  met: boolean;
}

const headings = ['name', 'ours', 'baseline', 'ratio', 'goal'] as const;

/** A row of a bench, or null for any other line. The name may contain commas; the four figures may not. */
export function parseRow(line: string): BenchRow | null {
  const parts = line.split(',').map((part) => part.trim());
  const [ours, baseline, ratio, goal] = parts.slice(-4);
  const name = parts.slice(0, -4).join(', ');
  if (!name || !ours || !baseline || !ratio || !goal) return null;
  const [measured, allowed] = [figure(ratio), figure(goal)];
  if (measured === null || allowed === null) return null;
  return { name, ours, baseline, ratio, goal, met: measured <= allowed };
}

/** `1.42×`, `≤ 1.5×`, `0.9`: the number in it. */
function figure(text: string): number | null {
  const match = /^(?:≤|<=)?\s*(\d+(?:\.\d+)?)\s*[×x]?$/.exec(text);
  return match ? Number(match[1]) : null;
}

/** A row as a bench prints it, from figures in one unit. */
export function formatRow(name: string, ours: number, baseline: number, unit: string, goal: number): string {
  const show = (value: number) => `${value.toFixed(value < 10 ? 2 : 0)} ${unit}`;
  return `${name}, ${show(ours)}, ${show(baseline)}, ${(ours / baseline).toFixed(2)}×, ≤ ${goal}×`;
}

export function benchTable(rows: readonly BenchRow[]): string {
  const lines = [
    [...headings, ''],
    ...rows.map((row) => [...headings.map((key) => row[key]), row.met ? 'met' : 'MISSED']),
  ];
  const widths = headings.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Runs a bench; what it prints beside its rows is shown as it comes. */
export function runBench(file: string): Promise<{ rows: BenchRow[]; code: number }> {
  const child = spawn(process.execPath, [file], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      const lines = output.split('\n').filter((line) => line.trim() !== '');
      const rows = lines.map(parseRow);
      for (const [index, line] of lines.entries()) if (!rows[index]) console.error(`  ${line}`);
      resolve({ rows: rows.filter((row) => row !== null), code: code ?? 1 });
    });
  });
}
