import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openJournal } from '../../../electron/journal/index.ts';
import { runCommand } from '../../support/cli.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { apexRows, weekdays } from '../../unit/compute/backtest/panels.ts';
import { fixture, goldenReturns } from '../../unit/compute/seeds.ts';

function fileOf(name: string, text: string): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, text);
  return path;
}

const settings = {
  rebalance: 'monthly',
  top_k: 35,
  candidate_multiplier: 2,
  min_weight: 0.02,
  turnover_limit: 0.35,
  cost_penalty: 1,
  min_alpha: 0.1,
  capital: 1e7,
};
const configOf = (value: object) => fileOf('config.json', JSON.stringify(value));

function panelFile(): string {
  const { date, code, close, score, volumeValue } = apexRows();
  const rows = date.map((day, i) => [day, code[i], close[i], score[i], volumeValue[i]].join(','));
  return fileOf('panel.csv', `date,code,close,score,volume_value\n${rows.join('\n')}\n`);
}

const returnsFile = () => {
  const returns = goldenReturns();
  return fileOf(
    'returns.csv',
    `date,return\n${weekdays('2023-01-02', 504)
      .map((date, i) => `${date},${returns[i]}`)
      .join('\n')}\n`,
  );
};

const jsonOf = async (...args: string[]) => {
  const { code, stdout, stderr } = await runCommand([...args, '--json']);
  return { code, stderr, json: stdout === '' ? null : JSON.parse(stdout) };
};

describe('holdpoint metrics', () => {
  it('gives every figure with unit, convention and interval, and the same digest every time', async () => {
    const file = returnsFile();
    const { code, json } = await jsonOf('metrics', file);
    const { empyrical, dsr } = fixture('metrics.json').values;
    expect(code).toBe(0);
    for (const figure of [...Object.values(json.metrics), ...Object.values(json.validity)]) {
      expect(figure).toMatchObject({ unit: expect.any(String), convention: { name: 'holdpoint' } });
    }
    const close = (value: number) => expect.closeTo(value, 10);
    expect(json.metrics.sharpe).toMatchObject({ value: close(empyrical.sharpe), unit: 'ratio' });
    expect(json.metrics.totalReturn).toMatchObject({ value: close(empyrical.total), unit: 'fraction' });
    expect(json.metrics.maxDrawdown.value).toBeCloseTo(empyrical.mdd, 10);
    expect(json.metrics.sharpe.interval[0]).toBeLessThan(0);
    const again = await jsonOf(
      'metrics',
      file,
      '--trials',
      '45',
      '--trial-deviation',
      String(Math.sqrt(0.5)),
    );
    expect(again.json.validity.deflatedSharpe.value).toBeCloseTo(dsr['N45_var0.5ann_biased'], 10);
    expect(again.json.digest).not.toBe(json.digest);
    expect((await jsonOf('metrics', file)).json).toEqual(json);
  });

  it('holds rules against them: not proven exits 3, failed 1, met 0', async () => {
    const file = returnsFile();
    const rule = async (text: string) => {
      const { code, json } = await jsonOf('metrics', file, '--rule', text);
      return [code, json.verdicts[0].verdict];
    };
    expect(await rule('Sharpe ratio > 0.75')).toEqual([3, 'unproven']);
    expect(await rule('max drawdown < 5 %')).toEqual([1, 'fail']);
    expect(await rule('win rate > 45 %')).toEqual([0, 'pass']);
  });

  it('says what is wrong with a file it cannot use, and exits 2', async () => {
    const file = fileOf('bad.csv', 'date,return\n2024-01-01,0.1\n02/01/2024,0.1\n');
    expect(await runCommand(['metrics', file])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining(`${file}:3: column "date" holds "02/01/2024", which is no date.`),
    });
    const ours = returnsFile();
    for (const wrong of [
      ['--convention', 'mine'],
      ['--trials', '0'],
      ['--periods', 'many'],
    ]) {
      expect(await runCommand(['metrics', ours, ...wrong])).toMatchObject({ code: 2, stdout: '' });
    }
  });
});

describe('the ledger of trials', () => {
  it('counts each configuration once, holds the next one against all, and can be left out', async () => {
    const [data, panel] = [temporaryFolder(), panelFile()];
    const run = async (topK: number, ...more: string[]) => {
      const config = configOf({ rebalance: 'weekly', top_k: topK });
      const { json, stderr } = await jsonOf(
        'backtest',
        '--panel',
        panel,
        '--config',
        config,
        '--data',
        data,
        ...more,
      );
      return { said: json.metrics.deflatedSharpe.convention.method as string, stderr };
    };
    expect((await run(1)).said).toMatch(/luckiest of 1 trial in the ledger$/);
    expect((await run(1)).said).toMatch(/luckiest of 1 trial in the ledger$/);
    expect((await run(2)).said).toMatch(/luckiest of 2 trials in the ledger$/);
    expect((await run(2, '--no-ledger')).said).toMatch(/luckiest of 1 trial$/);
    const open = openJournal(data, {});
    onTestFinished(() => open.close());
    const { said, stderr } = await run(1);
    expect(said).toMatch(/luckiest of 1 trial$/);
    expect(stderr).toMatch(/Not entered in the ledger of trials: .* is open in another Holdpoint/);
  });
});

describe('holdpoint backtest', () => {
  it("reproduces another system's stored run, says what it breaks, and shows our figures beside", async () => {
    const { code, json } = await jsonOf(
      'backtest',
      '--panel',
      panelFile(),
      '--config',
      configOf(settings),
      '--compat',
      'apex',
    );
    const stored = fixture('apex-engine-monthly.json').cases.monthly;
    expect(code).toBe(0);
    expect(Object.keys(json).sort()).toEqual(['digest', 'finalValue', 'metrics', 'rebalances', 'verdicts']);
    expect(json.finalValue / stored.final_value).toBeCloseTo(1, 9);
    expect(json.metrics.sharpe.value).toBeCloseTo(stored.metrics.sharpe_ratio, 9);
    expect(json.metrics.sharpe.convention).toMatchObject({ name: 'apex', ddof: 0 });
    expect(json.metrics.sharpe.ours.convention).toMatchObject({ name: 'holdpoint', ddof: 1 });
    expect(json.rebalances.map(({ date, held }: { date: string; held: number }) => [date, held])).toEqual(
      stored.rebalances.map(({ date, held }: { date: string; held: number }) => [date, held]),
    );
    const verdictOf = (rule: string) =>
      json.verdicts.find((one: { rule: string }) => one.rule.includes(rule));
    expect(verdictOf('Sharpe')).toMatchObject({
      verdict: 'unproven',
      interval: [expect.any(Number), expect.any(Number)],
    });
    expect(verdictOf('turnover_limit').sentence).toContain('cannot all hold');
    expect(verdictOf('cash >= 0').sentence).toContain('Broken at 7 of 7 rebalances');
    expect(verdictOf('names <= 35').sentence).toContain('78 names are held');
  });

  it('writes what the other engine made of each month, too', async () => {
    const out = join(temporaryFolder(), 'run');
    const asked = ['--panel', panelFile(), '--config', configOf(settings), '--compat', 'apex', '--out', out];
    await jsonOf('backtest', ...asked, '--format', 'json');
    const months: { month: string; return: number }[] = JSON.parse(
      readFileSync(join(out, 'months.json'), 'utf8'),
    );
    const { values } = fixture('apex-engine-monthly.json').cases.monthly;
    // The stored values begin with the second date.
    const dates = weekdays('2023-01-04', values.length + 1).slice(1);
    let before = settings.capital;
    const stored = [...new Set(dates.map((date) => date.slice(0, 7)))].map((month) => {
      const end = values[dates.findLastIndex((date) => date.startsWith(month))];
      const row = { month, return: expect.closeTo(end / before - 1, 9) };
      before = end;
      return row;
    });
    expect(months).toEqual(stored);
  });

  it('refuses constraints that cannot all hold before it runs, and names a way out that works', async () => {
    const panel = panelFile();
    const refused = await runCommand(['backtest', '--panel', panel, '--config', configOf(settings)]);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain('cost_penalty takes a cost from a score, which has no unit.');
    expect(refused.stderr).toContain('35 names, min_weight 2 % and turnover_limit 35 % cannot all hold.');
    const out = join(temporaryFolder(), 'run');
    const config = configOf({
      ...settings,
      cost_penalty: 0,
      turnover_rule: 'replace',
      rules: ['Sharpe ratio > 0.75'],
    });
    const { code, json } = await jsonOf('backtest', '--panel', panel, '--config', config, '--out', out);
    expect(code).toBe(3);
    expect(json.verdicts).toHaveLength(1);
    expect(json.metrics.turnover).toMatchObject({ unit: 'fraction' });
    expect(Object.keys(json).sort()).toEqual(['digest', 'finalValue', 'metrics', 'rebalances', 'verdicts']);
    for (const name of ['equity', 'trades', 'holdings', 'rebalances', 'months']) {
      expect(existsSync(join(out, `${name}.csv`))).toBe(true);
    }
    const equity = readFileSync(join(out, 'equity.csv'), 'utf8').trim().split('\n');
    expect(Number(equity.at(-1)?.split(',')[1])).toBe(json.finalValue);
  });

  it('that buys nothing exits 2 with the reason', async () => {
    const panel = fileOf('p.csv', 'date,code,close,score\n2024-01-01,A,1,\n2024-01-02,A,1,\n');
    const ended = await runCommand(['backtest', '--panel', panel, '--config', configOf({ top_k: 1 })]);
    expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining('No row has a score.') });
  });
});

describe('holdpoint drift', () => {
  it('says which features moved, and exits 1 for them', async () => {
    const rows = (shift: number) =>
      Array.from(
        { length: 400 },
        (_, i) => `${((i * 37) % 400) / 400},${((i * 73) % 400) / 400 + shift}`,
      ).join('\n');
    const reference = fileOf('a.csv', `calm,moved,gone\n${rows(0).replaceAll('\n', ',1\n')},1\n`);
    const current = fileOf('b.csv', `calm,moved\n${rows(0.2)}\n`);
    const { code, json } = await jsonOf('drift', reference, current);
    expect(code).toBe(1);
    expect(
      json.features.map(({ feature, drifted }: { feature: string; drifted: boolean }) => [feature, drifted]),
    ).toEqual([
      ['calm', false],
      ['moved', true],
    ]);
    expect(json.features[1].psi.verdict).toBe('drifted');
    expect(json.unmatched.reference).toEqual(['gone']);
  });
});

describe('holdpoint forecast', () => {
  const predictions = join(
    import.meta.dirname,
    '../../../resources/packs/neural-trading/data/predictions.csv',
  );

  it('shows what a fine R² on price levels is worth, and a gap that is not proven', async () => {
    const { code, json } = await jsonOf(
      'forecast',
      predictions,
      '--rule',
      'R² score > 0.70',
      'Overfitting gap < 10%',
    );
    expect(code).toBe(3);
    expect(json).toMatchObject({ rows: 250, trainingRows: 500, target: 'level', codes: 1 });
    expect(json.metrics.rSquared.value).toBeGreaterThan(0.9);
    expect(json.metrics.rSquaredAgainstNaive.value).toBeLessThan(0.1);
    expect(json.verdicts.map(({ verdict }: { verdict: string }) => verdict)).toEqual(['pass', 'unproven']);
    expect(json.findings[0]).toMatchObject({ verdict: 'unproven', probe: 'too good' });
    expect(json.findings[0].sentence).toContain('judge the returns');
    const counts = json.reliability.map(({ count }: { count: number }) => count);
    expect(counts.reduce((total: number, count: number) => total + count)).toBe(250);
    expect((await jsonOf('forecast', predictions, '--target', 'change')).json.digest).not.toBe(json.digest);
  });

  it('agrees with NumPy on another file', async () => {
    const rows = Array.from({ length: 60 }, (_, i) => {
      const actual = Math.sin(i * 1.7) / 50;
      return `2024-${String(1 + Math.floor(i / 20)).padStart(2, '0')}-${String(1 + (i % 20)).padStart(2, '0')},${actual},${actual * 0.3 + Math.cos(i) / 90}`;
    });
    const file = fileOf('changes.csv', `date,actual,predicted\n${rows.join('\n')}\n`);
    const { json } = await jsonOf('forecast', file);
    expect(json.target).toBe('change');
    const script = `
import numpy, sys
_, y, p = numpy.genfromtxt(sys.argv[1], delimiter=",", skip_header=1, unpack=True)
e = y - p
m = y != 0
print(numpy.abs(e).mean(), numpy.sqrt((e**2).mean()), 1 - (e**2).sum() / ((y - y.mean())**2).sum(),
      1 - (e**2).sum() / (y**2).sum(), ((y[m] > 0) == (p[m] > 0)).mean())`;
    const printed = execFileSync('/usr/bin/python3', ['-c', script, file], { encoding: 'utf8' });
    const { metrics } = json;
    const ours = [
      metrics.meanAbsoluteError,
      metrics.rootMeanSquareError,
      metrics.rSquared,
      metrics.rSquaredAgainstNaive,
      metrics.directionAccuracy,
    ].map(({ value }) => value);
    for (const [i, theirs] of printed.trim().split(' ').map(Number).entries()) {
      expect(ours[i]).toBeCloseTo(theirs, 12);
    }
  });

  it('names line, column and remedy of what it cannot use', async () => {
    const file = fileOf(
      'bad.csv',
      'date,actual,predicted,confidence,split\n2024-01-02,1,,0.5,test\n2024-01-03,1,1,70,test\n2024-01-04,1,1,0.7,hold\n',
    );
    const { code, stderr } = await jsonOf('forecast', file);
    expect(code).toBe(2);
    expect(stderr).toContain('bad.csv:2: column "predicted" is empty. Write what was predicted');
    expect(stderr).toContain('bad.csv:3: column "confidence" holds 70, which is no probability. Write 0.7');
    expect(stderr).toContain('bad.csv:4: column "split" holds "hold". Write train or test.');
    const one = fileOf('one.csv', 'date,actual,predicted\n2024-01-02,,1\n2024-01-03,1,1\n');
    expect((await jsonOf('forecast', one)).stderr).toContain('has one row of which "actual" is known');
  });
});
