import { createHash } from 'node:crypto';
import type { Figure, FigureConvention } from '../statistics/index.ts';

/** A figure as it is printed: what is no finite number is null. */
export interface WrittenFigure {
  value: number | null;
  unit: Figure['unit'];
  convention: FigureConvention;
  interval?: [number, number];
}

export function written({ value, unit, convention, interval }: Figure): WrittenFigure {
  return {
    value: finite(value),
    unit,
    convention,
    ...(interval?.every(Number.isFinite) ? { interval } : {}),
  };
}

export function writtenAll<Name extends string>(figures: Record<Name, Figure>): Record<Name, WrittenFigure> {
  return Object.fromEntries(
    Object.entries<Figure>(figures).map(([name, figure]) => [name, written(figure)]),
  ) as Record<Name, WrittenFigure>;
}

/** Raised when the same question may get another answer. */
const codeVersion = 1;

/** What a question is known by: the same inputs, the same settings, the same code. */
export function digestOf(question: string, inputs: readonly string[], settings: unknown): string {
  const text = JSON.stringify([question, codeVersion, inputs, settings], (_, value) =>
    value === Number.POSITIVE_INFINITY ? 'infinite' : value,
  );
  return createHash('sha256').update(text).digest('hex');
}

/** JSON has no other numbers. */
export function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

export function finiteAll(values: Iterable<number>): number[] {
  return Array.from(values).filter(Number.isFinite);
}
