import { CannotMeasure } from './errors.ts';

/**
 * A text to look for, with its values filled in. They may be anything: one that is empty would be found everywhere,
 * one that runs over lines nowhere.
 * @throws CannotMeasure
 */
export function fillLine(written: string, place: string, fill: (text: string) => string): string {
  const line = fill(written);
  if (line !== '' && !/[\r\n]/.test(line)) return line;
  throw new CannotMeasure(`"${written}" comes to no single line to look for in ${place}.`);
}
