import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Panel } from '../../electron/compute/backtest/index.ts';
import { temporaryFolder } from './folder.ts';

export interface SweepFiles {
  panel: string;
  config: string;
  grid: string;
}

/** The files of a sweep, gone when the test has ended. */
export function sweepFiles(panel: Panel, config: object, grid: { grid: object; stop?: object }): SweepFiles {
  const folder = temporaryFolder();
  const write = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  return {
    panel: write('panel.csv', csvOfPanel(panel)),
    config: write('config.json', JSON.stringify(config)),
    grid: write('grid.json', JSON.stringify(grid)),
  };
}

function csvOfPanel({ dates, codes, close, score }: Panel): string {
  const cell = (value: number | undefined) => (Number.isNaN(value) ? '' : String(value));
  const rows = dates.flatMap((date, t) =>
    codes.map((code, i) =>
      [date, code, cell(close[i * dates.length + t]), cell(score[t * codes.length + i])].join(','),
    ),
  );
  return `date,code,close,score\n${rows.join('\n')}\n`;
}
