import type { FigureVerdict, TableRows, WrittenFigure } from '../compute/index.ts';
import { type ExitCode, exitCodes } from './exit.ts';
import { table } from './text.ts';

/** Name, value with its interval, and the convention of each figure. */
export function figureRows(figures: Record<string, WrittenFigure & { ours?: WrittenFigure }>): string[][] {
  return Object.entries(figures).map(([name, { ours, ...figure }]) => [
    name,
    shown(figure),
    ours ? `ours ${shown(ours)}` : '',
    Object.entries(figure.convention)
      .map(([key, value]) => (key === 'name' || key === 'method' ? value : `${key} ${value}`))
      .join(', '),
  ]);
}

function shown({ value, unit, interval }: WrittenFigure): string {
  if (value === null) return 'none';
  const share = unit === 'fraction' || unit === 'probability';
  const of = (one: number) => String(Number((share ? one * 100 : one).toPrecision(5)));
  const name = share || unit === '%' ? ' %' : ['bps', 'days', 'years'].includes(unit) ? ` ${unit}` : '';
  return `${of(value)}${name}${interval ? ` [${of(interval[0])}, ${of(interval[1])}]` : ''}`;
}

/** Figures as a table for export. */
export function figureTable(figures: Record<string, WrittenFigure>): TableRows {
  return Object.entries(figures).map(([name, { value, unit, convention, interval }]) => ({
    figure: name,
    value,
    unit,
    low: interval?.[0] ?? null,
    high: interval?.[1] ?? null,
    convention: JSON.stringify(convention),
  }));
}

export function verdictsText(verdicts: readonly FigureVerdict[]): string[] {
  if (verdicts.length === 0) return [];
  return ['', table(verdicts.map(({ verdict, rule, sentence }) => [verdict, rule, sentence]))];
}

/** A failed rule is a no; one that is not proven leaves it open. */
export function verdictsExit(verdicts: readonly FigureVerdict[]): ExitCode {
  if (verdicts.some(({ verdict }) => verdict === 'fail')) return exitCodes.no;
  return verdicts.every(({ verdict }) => verdict === 'pass') ? exitCodes.asked : exitCodes.unknown;
}
