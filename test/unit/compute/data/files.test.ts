import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  readApexConfig,
  readBacktestConfig,
  readPanel,
  readReturns,
} from '../../../../electron/compute/data/index.ts';
import { temporaryFolder } from '../../../support/folder.ts';

function fileOf(text: string | Uint8Array, name = 'data.csv'): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, text);
  return path;
}
const panelOf = (...rows: string[]) => fileOf(['date,code,close,score', ...rows, ''].join('\n'));
const good = ['2024-01-01,A,10,1', '2024-01-02,A,11,1'];

describe('returns', () => {
  it('are read in any order of rows', async () => {
    const found = await readReturns(fileOf('Date,Return,note\n2024-01-02,-0.5,x\n2024-01-01,0.25,y\n'));
    expect(found.dates).toEqual(['2024-01-01', '2024-01-02']);
    expect(Array.from(found.returns)).toEqual([0.25, -0.5]);
    expect(found.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    [
      'date,return\n2024-01-01,0.1\n2024-01-02,\n',
      ':3: column "return" is empty. Write the return, or take the date out.',
    ],
    [
      'date,return\n2024-01-01,0.1\n2024-01-02,-3.5\n',
      ':3: column "return" holds -3.5, a loss of everything or more.',
    ],
    ['date,return\n2024-01-01,1.2%\n2024-01-02,0\n', 'Write the fraction: 0.012 for 1.2 %.'],
    [
      'date,return\n2024-01-01,0\n2024-01-01,0\n',
      ':3: column "date" holds 2024-01-01 again; it is in line 2 already.',
    ],
    ['date,return\n2024-01-01,0\n', 'has one return. Figures need two dates or more.'],
    ['date,ret\n2024-01-01,0\n', ':1: there is no column "return"; there are date, ret. Add or rename it.'],
    ['', 'is empty. It needs a line of column names.'],
  ])('%j is refused', async (text, sentence) => {
    await expect(readReturns(fileOf(text))).rejects.toThrow(sentence);
  });
});

describe('a panel', () => {
  it('keeps what is not known apart from what is, and finds optional columns', async () => {
    const { panel, rows } = await readPanel(
      fileOf('code,date,score,close,open\nB,20240102,NaN,5,\nA,20240101,2,10,9\nA,20240102,,,8\n'),
    );
    expect(rows).toBe(3);
    expect(panel.dates).toEqual(['2024-01-01', '2024-01-02']);
    expect(panel.codes).toEqual(['A', 'B']);
    expect(Array.from(panel.close)).toEqual([10, NaN, NaN, 5]);
    expect(Array.from(panel.score)).toEqual([2, NaN, NaN, NaN]);
    expect(Array.from(panel.open ?? [])).toEqual([9, 8, NaN, NaN]);
    expect(panel.volumeValue).toBeNull();
  });

  it.each([
    [
      'a price of zero',
      ['2024-01-03,A,0,1'],
      ':4: column "close" holds a price of 0. Leave the cell empty where nothing was traded.',
    ],
    [
      'a date that does not exist',
      ['2024-02-30,A,1,1'],
      ':4: column "date" holds "2024-02-30", a day that does not exist.',
    ],
    ['days and months in any order', ['03/01/2024,A,1,1'], 'which is no date. Write dates as 2024-01-31.'],
    [
      'a second way to write dates',
      ['20240103,A,1,1'],
      'written like 20240131, but line 2 is written like 2024-01-31',
    ],
    [
      'words among numbers',
      ['2024-01-03,A,eleven,1'],
      ':4: column "close" holds "eleven", which is no number.',
    ],
    ['an infinite score', ['2024-01-03,A,1,inf'], 'column "score" holds "inf", which is no number'],
    ['thousands apart', ['2024-01-03,A,"1,250.5",1'], 'Write it without separators between thousands.'],
    ['a decimal comma', ['2024-01-03,A,"1,5",1'], 'Write it with a decimal point.'],
    [
      'a row that is cut off',
      ['2024-01-03,A'],
      ':4: the row ends after 2 of 4 cells; column "close" is missing.',
    ],
    [
      'a row that is too long',
      ['2024-01-03,A,1,1,1'],
      ':4: the row has 5 cells, and the header names 4 columns.',
    ],
    ['a quotation mark never closed', ['"2024-01-03,A,1,1'], ':4: a quoted cell of this row never ends.'],
    ['a code twice', ['2024-01-02,A,1,1'], 'line 4 has A on 2024-01-02 again; it is in line 3 already.'],
    ['a code without a name', ['2024-01-03,,1,1'], 'column "code" is empty'],
  ])('with %s is refused', async (_, rows, sentence) => {
    await expect(readPanel(panelOf(...good, ...rows))).rejects.toThrow(sentence);
  });

  it('whose codes change their type is refused', async () => {
    const panel = panelOf('2024-01-01,1301,10,1', '2024-01-02,1301.0,11,1');
    await expect(readPanel(panel)).rejects.toThrow(
      ':3: column "code" holds "1301.0", and line 2 has "1301" for the same code. Write codes as text, in one way.',
    );
  });

  it('of one day is refused, and so is one of none', async () => {
    await expect(readPanel(panelOf('2024-01-01,A,10,1'))).rejects.toThrow('only one date, 2024-01-01');
    await expect(readPanel(panelOf())).rejects.toThrow('has no date');
  });

  it('without its columns, or with one twice, says what is there', async () => {
    await expect(readPanel(fileOf('date,ticker,price\n'))).rejects.toThrow(
      'there is no column "code" or "close" or "score"; there are date, ticker, price.',
    );
    await expect(readPanel(fileOf('date,code,close,score,Close\n'))).rejects.toThrow(
      'column "Close" is there twice',
    );
  });

  it('names the first ten rows that are wrong, and counts the rest', async () => {
    const bad = Array.from({ length: 25 }, (_, i) => `2024-01-03,C${i},x,1`);
    const message = await readPanel(panelOf(...bad)).catch((error: Error) => error.message);
    expect(String(message).split('\n')).toHaveLength(11);
    expect(message).toContain('and 15 more.');
  });

  it('among ten thousand columns is found', async () => {
    const extra = Array.from({ length: 10_000 }, (_, i) => `f${i}`);
    const row = (start: string) => [start, ...extra.map(() => '0')].join(',');
    const text = [['date,code,close,score', ...extra].join(','), ...good.map(row)].join('\n');
    expect((await readPanel(fileOf(text))).panel.codes).toEqual(['A']);
  });

  it('that is no text, no file, or not there is refused', async () => {
    await expect(
      readPanel(fileOf(Uint8Array.of(0x50, 0x41, 0x52, 0x31, 0xff, 0xfe, 0x80, 0x0a))),
    ).rejects.toThrow('is no text in UTF-8');
    const folder = join(temporaryFolder(), 'sub');
    mkdirSync(folder);
    await expect(readPanel(folder)).rejects.toThrow('is a folder. Give a CSV file.');
    await expect(readPanel(`${folder}/gone.csv`)).rejects.toThrow('gone.csv does not exist. Check the path.');
  });

  it('larger than the pieces it is read in is read whole', async () => {
    const rows = Array.from(
      { length: 60_000 },
      (_, i) => `2024-01-0${1 + (i % 2)},K${i >> 1},${1 + i},${-i}`,
    );
    const { panel } = await readPanel(panelOf(...rows));
    expect(panel.codes).toHaveLength(30_000);
    expect(panel.close.every((value) => value > 0)).toBe(true);
    expect(panel.score.reduce((a, b) => a + b, 0)).toBe((-59_999 * 60_000) / 2);
  });
});

describe('the rules of a backtest', () => {
  const config = (text: string) => fileOf(text, 'config.yaml');

  it('are JSON or YAML, and what is not said has its default', async () => {
    const { config: own, rules } = await readBacktestConfig(
      config('top_k: 10\nrebalance: 5\ncosts: { fixed_bps: 12 }\nrules: ["Sharpe ratio > 1"]\n'),
    );
    expect(own).toMatchObject({
      rebalance: 5,
      fill: 'next-close',
      costs: { fixedBps: 12 },
      strategy: { kind: 'top-k', topK: 10, turnoverRule: 'blend' },
    });
    expect(rules[0]?.quantity).toBe('sharpe ratio');
    const { config: theirs } = await readApexConfig(config('{"rebalance":"monthly","top_k":20}'));
    expect(theirs).toMatchObject({ rebalance: 'monthly', topK: 20, minWeight: 0.02 });
  });

  it.each([
    ['top_k: 10\ntopk: 5\n', 'config.yaml:2: "topk" is no setting. There are: rules, trials'],
    ['top_k: many\n', 'config.yaml:1: top_k: '],
    ['rules: [be good]\n', '"be good" is not a rule.'],
    ['top_k: [1\n', 'config.yaml:'],
    ['', 'holds no settings'],
  ])('%j is refused', async (text, sentence) => {
    await expect(readBacktestConfig(config(text))).rejects.toThrow(sentence);
  });
});
