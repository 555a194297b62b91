import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { claimsExit, claimsOf } from '../../../electron/cli/claims.ts';
import { type Compute, computeHere, findClaims } from '../../../electron/compute/index.ts';
import { runCommand } from '../../support/cli.ts';
import { temporaryFolder } from '../../support/folder.ts';

const pack = join(import.meta.dirname, '../../../resources/packs/apex-ranker');
const compute = computeHere as Compute;

function packOf(checklist: string): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'data'));
  writeFileSync(join(folder, 'checklist.md'), checklist);
  // Up 10 %, down 50 %, up 20 %: 0.66 of what was there.
  writeFileSync(
    join(folder, 'data/returns.csv'),
    'date,return\n2024-01-01,0.1\n2024-01-02,-0.5\n2024-01-03,0.2\n',
  );
  return folder;
}

describe('claims of a checklist', () => {
  it('are its thresholds and the figures that it gives a value', () => {
    const found = findClaims(
      '# 1. Go\n- [x] Sharpe ratio > 0.75\n  - **Max drawdown**: 20.01%\n- Port: 8000\n- Notes: none\n',
    );
    expect(found).toMatchObject([
      { kind: 'rule', line: 2, rule: { quantity: 'sharpe ratio', bound: { value: 0.75 } } },
      { kind: 'figure', line: 3, quantity: 'Max drawdown', value: 20.01, isPercent: true, digits: 2 },
      { kind: 'figure', line: 4, quantity: 'Port', value: 8000 },
    ]);
  });

  it('hold to the digits that they are written with, whatever the sign of a drawdown', async () => {
    const folder = packOf('- Total return: -34%\n- Max drawdown: -50.0%\n- Win rate: 66%\n- Port: 8000\n');
    const report = await claimsOf(compute, folder);
    expect(report.claims.map(({ line, figure, verdict }) => [line, figure, verdict])).toEqual([
      [1, 'totalReturn', 'pass'],
      [2, 'maxDrawdown', 'pass'],
      [3, 'winRate', 'fail'],
      [4, null, 'not-checked'],
    ]);
    expect(report.claims[2]?.sentence).toBe(
      'The document says 66 %, and the data give 66.67 %. Correct the document, or show the data it comes from.',
    );
    expect(claimsExit(report)).toBe(1);
  });

  it('are read from the checklist that launch.yaml names, and a pack with mistakes says them', async () => {
    const folder = packOf('- Win rate: 1%\n');
    writeFileSync(join(folder, 'launch.md'), '- [ ] Win rate: 66.67%\n');
    const yaml = 'system: A\nversion: 1.0.0\nchecklist: launch.md\nroles: { dev: { title: Dev } }\n';
    writeFileSync(join(folder, 'launch.yaml'), yaml);
    const { document, claims } = await claimsOf(compute, folder);
    expect(document).toBe(join(folder, 'launch.md'));
    expect(claims).toMatchObject([
      { asserts: 'figure', theirs: expect.closeTo(0.6667, 9), verdict: 'pass', periodsNeeded: null },
    ]);
    writeFileSync(join(folder, 'launch.yaml'), yaml.replace('launch.md', 'none.md'));
    await expect(claimsOf(compute, folder)).rejects.toThrow(/launch\.yaml:3.*none\.md/s);
  });

  it('of the worked pack are shown unproven, with the interval and the years it would take', async () => {
    const { code, stdout } = await runCommand(['claims', pack, '--json']);
    const { claims } = JSON.parse(stdout) as Awaited<ReturnType<typeof claimsOf>>;
    const of = (text: string) => claims.find((one) => one.text.startsWith(text));
    expect(of('Sharpe ratio: 0.933')).toMatchObject({
      verdict: 'pass',
      ours: { value: expect.closeTo(0.933, 3) },
    });
    expect(of('Sharpe ratio > 0.75')).toMatchObject({
      verdict: 'unproven',
      ours: { interval: [expect.closeTo(-0.254, 2), expect.closeTo(2.12, 2)] },
      sentence: expect.stringMatching(/81 years/),
    });
    expect(of('Total return: 56.43%')).toMatchObject({ verdict: 'fail', figure: 'totalReturn' });
    expect(code).toBe(1);
  });

  it('about forecasts are held against predictions, and a fine R² on price levels says what it is worth', async () => {
    const { stdout } = await runCommand(['claims', join(pack, '../neural-trading'), '--json']);
    const { claims } = JSON.parse(stdout) as Awaited<ReturnType<typeof claimsOf>>;
    const of = (text: string) => claims.find((one) => one.text.startsWith(text));
    expect(of('R² score > 0.70')).toMatchObject({ verdict: 'pass', figure: 'rSquared' });
    expect(of('R² score > 0.70')?.sentence).toMatch(/against the last known value.*judge the returns/);
    expect(of('Overfitting gap < 10%')).toMatchObject({ verdict: 'unproven', figure: 'overfittingGap' });
    expect(of('Sharpe ratio > 1.0')).toMatchObject({ verdict: 'unproven', figure: 'sharpe' });
    expect(of('Max drawdown < 30%')?.verdict).toBe('pass');
  });

  it('without returns are refused in a sentence', async () => {
    const file = join(temporaryFolder(), 'list.md');
    writeFileSync(file, '- [ ] Sharpe ratio > 1\n');
    await expect(claimsOf(compute, file)).rejects.toThrow(
      'Give a CSV of date and return with --returns FILE.',
    );
    await expect(claimsOf(compute, join(file, 'none'))).rejects.toThrow('does not exist. Check the path.');
  });
});
