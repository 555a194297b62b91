import type { Gpu } from '../../shared/contract/hardware.ts';

const mebibyte = 2 ** 20;

/**
 * One line of `nvidia-smi --query-gpu=name,memory.total,driver_version --format=csv,noheader,nounits`; null where it is
 * none, as for a sentence about a driver that does not answer. Memory is null for `[N/A]` and the like.
 */
export function parseNvidiaLine(line: string, cuda: string): Gpu | null {
  const fields = line.split(',').map((field) => field.trim());
  const [driver, memory] = [fields.at(-1), fields.at(-2)];
  const model = fields.slice(0, -2).join(', ');
  if (!model || driver === undefined || memory === undefined) return null;
  if (!/^(\d+|\[.*\]|N\/A)$/.test(memory)) return null;
  const memoryBytes = /^\d+$/.test(memory) ? Number(memory) * mebibyte : null;
  return { model, memoryBytes, driver: driver.startsWith('[') ? '' : driver, cuda };
}

/** `rocm-smi --showproductname --showmeminfo vram --csv`: columns by their names, which differ between releases. */
export function parseRocm(lines: readonly string[], driver: string): Gpu[] {
  const cells = (line: string) => line.split(',').map((cell) => cell.trim());
  const heading = lines.findIndex((line) => /^device,/i.test(line));
  if (heading < 0) return [];
  const names = cells(lines[heading] ?? '');
  const column = (pattern: RegExp) => names.findIndex((name) => pattern.test(name));
  const [total, series, model] = [
    column(/^VRAM Total Memory/i),
    column(/^Card Series/i),
    column(/^Card Model/i),
  ];
  return lines
    .slice(heading + 1)
    .map(cells)
    .filter((row) => /^card/i.test(row[0] ?? ''))
    .map((row) => ({
      model: row[series] || row[model] || 'AMD GPU',
      memoryBytes: /^\d+$/.test(row[total] ?? '') ? Number(row[total]) : null,
      driver,
      cuda: '',
    }));
}
