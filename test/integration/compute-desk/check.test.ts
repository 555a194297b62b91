import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { expect, it, onTestFinished } from 'vitest';
import { localHost } from '../../../electron/hosts/index.ts';
import { createService } from '../../../electron/service.ts';
import type { Client } from '../../../shared/contract/index.ts';
import { temporaryFolder } from '../../support/folder.ts';

const packs = join(import.meta.dirname, '../../../resources/packs');
const returns = join(packs, 'apex-ranker/data/returns.csv');

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

async function opened(pack: string): Promise<Client> {
  const service = await createService({ dataFolder: temporaryFolder(), host: localHost('headless') });
  onTestFinished(() => service.close());
  const client = createRouterClient(service.router) as Client;
  expect(await client.pack.open({ folder: pack, mode: 'live' })).toMatchObject({ ok: true });
  return client;
}

it('a ticked box about returns counts for what the returns prove, on the board too', async () => {
  const pack = temporaryFolder();
  mkdirSync(join(pack, 'data'));
  cpSync(returns, join(pack, 'data/returns.csv'));
  writeFileSync(join(pack, 'launch.yaml'), launchYaml);
  writeFileSync(join(pack, 'checklist.md'), checklist);
  const client = await opened(pack);
  const [sharpe, drawdown, other] = await client.checks.run({});
  expect(sharpe).toMatchObject({
    verdict: 'unproven',
    sentence: expect.stringMatching(
      /^The launch has 688 returns in data\/returns\.csv, .* with a Sharpe ratio of 0\.933\d? \[-0\.2\d*, 2\.1\d*\], more than 0\.75 needed: not proven, because the bound lies inside the interval\.$/,
    ),
  });
  const measured = sharpe?.measured.find(({ quantity }) => quantity === 'Sharpe ratio');
  expect(measured?.interval?.[0]).toBeLessThan(0.75);
  expect(drawdown).toMatchObject({
    verdict: 'pass',
    sentence: expect.stringMatching(/, with a max drawdown of 16\.6\d* % \[.*\], less than 60 % needed\.$/),
  });
  expect(drawdown?.measured.find(({ quantity }) => quantity === 'max drawdown')).toMatchObject({
    unit: '%',
    value: expect.closeTo(100 * deepestFall(), 9),
  });
  expect(other).toMatchObject({ verdict: 'error', sentence: expect.stringContaining('does not exist') });
  const { items } = await client.checklist.get();
  expect(items.map(({ status }) => status)).toEqual(['unproven', 'pass', 'error']);
  expect((await client.board.get()).decision).toBe('no-go');
});

it('what the worked packs ask of returns is re-computed from theirs, and only what the whole interval shows is proven', async () => {
  const found = await Promise.all(
    ['apex-ranker', 'neural-trading'].map(async (name) => {
      const client = await opened(join(packs, name));
      const bound = (await client.checks.list()).filter(({ kind }) => kind === 'metrics');
      await client.checks.run({ checks: bound.map(({ id }) => id) });
      const { items } = await client.checklist.get();
      const measured = items.filter(({ id }) => bound.some((check) => check.items.includes(id)));
      return measured.map(({ title, status, gate }) => [title, status, gate?.measured.split(' [')[0]]);
    }),
  );
  expect(found).toEqual([
    [['Sharpe ratio > 0.75 in the optimised backtest', 'unproven', '0.933']],
    [
      ['Sharpe ratio > 1.0 in the backtest', 'unproven', '1.646'],
      ['Max drawdown < 30%, the most risk we take', 'pass', '10.88 %'],
    ],
  ]);
});
