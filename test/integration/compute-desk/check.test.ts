import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { expect, it, onTestFinished } from 'vitest';
import { localHost } from '../../../electron/hosts/index.ts';
import { createService } from '../../../electron/service.ts';
import type { Client } from '../../../shared/contract/index.ts';
import { temporaryFolder } from '../../support/folder.ts';

const returns = join(import.meta.dirname, '../../../resources/packs/apex-ranker/data/returns.csv');

const launchYaml = `system: Apex
version: 1.0.0
checklist: checklist.md
roles:
  ml-engineer: { title: ML Engineer }
checks:
  - item: Model > Sharpe
    metrics: { returns: data/returns.csv }
  - item: Model > Max drawdown
    name: drawdown
    metrics: { returns: data/returns.csv }
  - item: Model > Other returns
    name: other
    metrics: { returns: data/none.csv }
    rule: Sharpe ratio > 0.75
`;
const checklist =
  '# Launch\n\n## Model\n\n- [x] Sharpe ratio > 0.75\n- [x] Max drawdown < 60%\n- [x] Other returns\n';

/** Counted out by hand: the largest loss from a high. */
function deepestFall(): number {
  let [value, high, deepest] = [1, 1, 0];
  for (const line of readFileSync(returns, 'utf8').trim().split('\n').slice(1)) {
    value *= 1 + Number(line.split(',')[1]);
    high = Math.max(high, value);
    deepest = Math.max(deepest, 1 - value / high);
  }
  return deepest;
}

it('a ticked box about returns counts for what the returns prove, on the board too', async () => {
  const pack = temporaryFolder();
  mkdirSync(join(pack, 'data'));
  cpSync(returns, join(pack, 'data/returns.csv'));
  writeFileSync(join(pack, 'launch.yaml'), launchYaml);
  writeFileSync(join(pack, 'checklist.md'), checklist);
  const service = await createService({ dataFolder: temporaryFolder(), host: localHost('headless') });
  onTestFinished(() => service.close());
  const client = createRouterClient(service.router) as Client;
  expect(await client.pack.open({ folder: pack, mode: 'live' })).toMatchObject({ ok: true });
  const [sharpe, drawdown, other] = await client.checks.run({});
  expect(sharpe).toMatchObject({
    verdict: 'unproven',
    sentence: expect.stringMatching(
      /^The launch has 688 returns in data\/returns\.csv, .* with a Sharpe ratio of 0\.933\d? \[-0\.2\d*, 2\.1\d*\], more than 0\.75 needed: not proven, because the bound lies inside the interval\.$/,
    ),
  });
  const measured = sharpe?.measured.find(({ quantity }) => quantity === 'Sharpe ratio');
  expect(measured?.interval?.[0]).toBeLessThan(0.75);
  expect(drawdown).toMatchObject({ verdict: 'pass' });
  expect(drawdown?.measured.find(({ quantity }) => quantity === 'max drawdown')).toMatchObject({
    unit: '%',
    value: expect.closeTo(100 * deepestFall(), 9),
  });
  expect(other).toMatchObject({ verdict: 'error', sentence: expect.stringContaining('does not exist') });
  const { items } = await client.checklist.get();
  expect(items.map(({ status }) => status)).toEqual(['unproven', 'pass', 'error']);
  expect((await client.board.get()).decision).toBe('no-go');
});
