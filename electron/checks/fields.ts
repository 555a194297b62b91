import { z } from 'zod';
import { parseBytes, parseDurationMs } from '../../shared/units.ts';

/**
 * Fields of checks. They keep what was written: a spec that was read once can be read again, and the reference page
 * and the editor see the same type as the author.
 */
export const text = () => z.string().min(1);

/** `10 min`, `24 h`. */
export const duration = () =>
  z.string().refine((written) => parseDurationMs(written) !== null, {
    error: ({ input }) =>
      `${JSON.stringify(input)} is not a duration. Write a number and ms, s, min, h, d or w: 10 min, 24 h.`,
  });

/** `500 GB`. */
export const size = () =>
  z.string().refine((written) => parseBytes(written) !== null, {
    error: ({ input }) =>
      `${JSON.stringify(input)} is not a size. Write a number and B, kB, MB, GB, TB, KiB, MiB, GiB or TiB: 500 GB.`,
  });

/** One text or a list of them. */
export const texts = () => z.union([text(), z.array(text()).min(1)]);

export const listOf = (one: string | readonly string[] | undefined): readonly string[] =>
  one === undefined ? [] : typeof one === 'string' ? [one] : one;
