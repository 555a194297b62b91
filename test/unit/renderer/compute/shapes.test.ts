import fc from 'fast-check';
import { expect, test } from 'vitest';
import { yearsOf } from '../../../../renderer/compute/backtests/months.ts';
import { band, middles } from '../../../../renderer/compute/charts/parts.ts';
import { daysOf } from '../../../../renderer/compute/compare/curves.ts';
import {
  cellsOf,
  firstCut,
  heatOf,
  placeWords,
  problemsOf,
} from '../../../../renderer/compute/sweep/heat.ts';
import { draftOf, forms, lackOf, questionOf } from '../../../../renderer/compute/work/forms.ts';
import type { JobKind } from '../../../../shared/contract/compute/index.ts';
import { question } from '../../../../shared/contract/compute/jobs.ts';
import { backtest, sweepOf } from '../../../support/stage/fixtures/compute/backtests.ts';
import { files } from '../../../support/stage/fixtures/compute/data.ts';

const kinds = Object.keys(forms) as JobKind[];

test('a form filled from the files of the pack is a question the contract takes, for every kind', () => {
  for (const kind of kinds) {
    const draft = draftOf(kind, files);
    expect(lackOf(kind, draft), kind).toBeNull();
    expect(question.parse(questionOf(kind, draft)), kind).toEqual(questionOf(kind, draft));
  }
});

test('two configurations are not the same file unless there is only one', () => {
  expect(draftOf('compare', files)).toMatchObject({
    first: 'data/backtest.yaml',
    second: 'data/weekly.yaml',
  });
  const one = files.filter(({ path }) => path !== 'data/weekly.yaml' && path !== 'data/apex.yaml');
  expect(draftOf('compare', one)).toMatchObject({
    first: 'data/backtest.yaml',
    second: 'data/backtest.yaml',
  });
});

test('a form without files says which is missing, and takes no count that is none', () => {
  for (const kind of kinds) expect(lackOf(kind, draftOf(kind, [])), kind).toMatch(/^Name a file under/);
  const draft = draftOf('infer', files);
  expect(lackOf('infer', { ...draft, dates: '0' })).toContain('takes a whole number from 1, not “0”');
  expect(lackOf('infer', { ...draft, dates: 'all' })).toContain('not “all”');
  expect(lackOf('infer', { ...draft, golden: ' ' })).toBeNull();
});

test('a label is offered by its name in the data that is chosen, and the list of features only when it is asked for', () => {
  const draft = draftOf('infer', files);
  expect(questionOf('infer', draft)).toMatchObject({ label: 'forward_return_20d', features: null });
  const other = draftOf('infer', files, { data: 'data/panel.csv', features: 'models/features.json' });
  expect(questionOf('infer', other)).toMatchObject({ label: 'label', features: 'models/features.json' });
  const none = draftOf('infer', files, { data: 'data/features-2024.csv' });
  expect(questionOf('infer', none)).toMatchObject({ label: null });
  const typed = draftOf('infer', files, { data: 'data/panel.csv', label: '' });
  expect(questionOf('infer', typed)).toMatchObject({ label: null });
});

test('what is left out of a form is null, and what is chosen is a flag', () => {
  const draft = draftOf('backtest', files);
  expect(questionOf('backtest', draft)).toMatchObject({ compat: null, probes: false });
  expect(questionOf('backtest', { ...draft, compat: 'apex', probes: 'yes' })).toMatchObject({
    compat: 'apex',
    probes: true,
  });
});

test('a sweep asks a cluster for what is typed, and the cores of this machine for nothing', () => {
  const sweep = { ...draftOf('sweep', files), partition: 'long', time: ' 2:00:00 ' };
  expect(questionOf('sweep', { ...sweep, slurm: ' cluster ' })).toMatchObject({
    ...{ slurm: 'cluster', partition: 'long', account: null, time: '2:00:00' },
  });
  expect(questionOf('sweep', { ...sweep, slurm: ' ' })).toMatchObject({
    ...{ slurm: null, partition: null, account: null, time: null },
  });
});

test('however a grid is cut, every point that is not held back lies in one cell, and cells are means of theirs', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 120 }),
      fc.constantFrom([0, 1], [1, 0], [2, 0], [0, 2], [1, 2]),
      fc.option(fc.integer({ min: 0, max: 2 })),
      (computed, [across = 0, down = 1], held) => {
        const sweep = sweepOf(computed);
        const open = [0, 1, 2].find((axis) => axis !== across && axis !== down) ?? 2;
        const cut = { across, down, held: [0, 1, 2].map((axis) => (axis === open ? held : null)) };
        const cells = cellsOf(sweep, cut, 'sharpe').flat();
        const inCut = sweep.points.filter(({ at }) => held === null || at[open] === held);
        expect(cells.reduce((sum, { count }) => sum + count, 0)).toBe(inCut.length);
        expect(cells.filter(({ best }) => best).length).toBeLessThanOrEqual(1);
        for (const { value } of cells) {
          if (value === null) continue;
          const heat = heatOf(value, [cells], 'sharpe');
          expect(heat >= 0 && heat <= 1).toBe(true);
        }
      },
    ),
  );
});

test('the longest axes are shown first, and less turnover is the better colour', () => {
  const sweep = sweepOf(120);
  expect(firstCut(sweep)).toEqual({ across: 0, down: 1, held: [null, null, null] });
  expect(firstCut({ axes: [{ name: 'top_k', values: ['20'] }] })).toEqual({
    across: 0,
    down: null,
    held: [null],
  });
  expect(
    placeWords({ ...(sweep.points[4] as (typeof sweep.points)[number]), at: [3, 2, 1] }, sweep.axes),
  ).toBe('top_k 35, turnover_limit 0.30, rebalance weekly');
  const cells = cellsOf(sweep, { across: 2, down: null, held: [null, null, null] }, 'turnover');
  const [daily, , monthly] = (cells[0] ?? []).map(({ value }) => heatOf(value ?? 0, cells, 'turnover'));
  expect([daily, monthly]).toEqual([0, 1]);
  expect(problemsOf(sweep.points)).toEqual([{ problem: expect.stringContaining('do not fit'), count: 3 }]);
});

test('months lie in their year, and a year compounds them', () => {
  const years = yearsOf([
    { month: '2023-11', return: 0.1 },
    { month: '2023-12', return: -0.1 },
    { month: '2024-01', return: 0.02 },
  ]);
  expect(years.map(({ year }) => year)).toEqual(['2023', '2024']);
  expect(years[0]?.months.slice(9)).toEqual([null, 0.1, -0.1]);
  expect(years[0]?.total).toBeCloseTo(-0.01, 12);
  expect(yearsOf(backtest.months).reduce((all, { total }) => all * (1 + total), 10_000_000)).toBeCloseTo(
    backtest.finalValue,
    3,
  );
});

test('two runs share one axis, also where one is shorter', () => {
  const point = (date: string, value: number) => ({ date, value, drawdown: 0 });
  expect(
    daysOf(
      [point('2024-01-02', 1), point('2024-01-03', 2)],
      [point('2024-01-03', 5), point('2024-01-04', 6)],
    ),
  ).toEqual([
    { date: '2024-01-02', first: 1, second: null },
    { date: '2024-01-03', first: 2, second: 5 },
    { date: '2024-01-04', first: null, second: 6 },
  ]);
});

test('a band stacks its width on its lower bound, and a bar is named by its middle', () => {
  const [low, width] = band('red', [-1, 0], [1, 3]);
  expect([low?.data, width?.data]).toEqual([
    [-1, 0],
    [2, 3],
  ]);
  expect(middles({ edges: [0, 2, 6], counts: [1, 1] }, String)).toEqual(['1', '4']);
});
