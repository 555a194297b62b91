import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openLineLog } from '../../../resources/sandbox/ranker-api/app/line-log.mjs';
import { temporaryFolder } from '../../support/folder.ts';

it('a full log makes room for a new one and stays beside it, also after a restart', () => {
  const path = join(temporaryFolder(), 'logs', 'requests.jsonl');
  for (let restart = 0; restart < 3; restart += 1) {
    const log = openLineLog(path, 100);
    for (let line = 0; line < 10; line += 1) log.write({ restart, line });
    log.close();
  }
  const lines = (name: string) =>
    readFileSync(name, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  const kept = [...lines(`${path}.1`), ...lines(path)];
  expect(kept.at(-1)).toEqual({ restart: 2, line: 9 });
  expect(lines(path).length).toBeLessThan(8);
  const last = kept.map(({ restart, line }) => restart * 10 + line);
  expect(last).toEqual(Array.from({ length: last.length }, (_, index) => 30 - last.length + index));
});
