import type { Suspect } from './document.ts';

type Problem = Pick<Suspect, 'code' | 'message'>;

const notABox = (message: string): Problem => ({ code: 'not-a-box', message });

/** What other tools mean by other characters; GitHub and Holdpoint know none of them. */
const foreignState = /^\[([\p{P}\p{S}vVoOyYnN])\](?=[ \t]+\S)/u;

const bullets: [RegExp, (found: string) => Problem][] = [
  [/^\[\](?=\s|$)/, () => notABox('There is nothing between the brackets, so this is no box. Write "[ ]".')],
  [
    /^\[[ \t]*[\r\n]+[ \t]*\]/,
    () => notABox('The brackets stand on two lines, so this is no box. Write "[ ]" on one.'),
  ],
  [
    /^\[[ \t]*[ xX~][ \t]*\]\s*$/,
    () => notABox('A box without text is no box. Write what is to be done after it, or remove it.'),
  ],
  [
    /^\[[\u00A0\u1680\u2000-\u200B\u202F\u205F\u3000\uFEFF]\]/,
    () => notABox('The space between the brackets is not a plain one, so this is no box. Write "[ ]".'),
  ],
  [
    /^\[(?:[ \t]{2,}|[ \t]+[xX~][ \t]*|[xX~][ \t]+)\]/,
    (found) => notABox(`"${found}" is no box: exactly one character stands between the brackets.`),
  ],
  [
    /^\[[ \txX~]\](?![\s([:])/,
    (found) => notABox(`"${found}" is no box without a space after it. Write "${found} " and then the text.`),
  ],
  [
    /^[☐☑☒□■◻◼▢✓✔✗✘][\uFE0F]?(?=\s)/u,
    (found) => notABox(`"${found}" is a picture of a box. Write "[ ]" or "[x]".`),
  ],
  [
    foreignState,
    (found) => ({
      code: 'unknown-state',
      message: `"${found}" is no state that is known here, so the line is no item. Write "[ ]" open, "[x]" done or "[~]" waived.`,
    }),
  ],
];

/** What is wrong with the beginning of a bullet that is no item; null where it does not look like one. */
export function suspectBullet(source: string): Problem | null {
  for (const [pattern, problem] of bullets) {
    const found = pattern.exec(source);
    if (found) return problem(found[0]);
  }
  return null;
}

const boxLine = /^[ \t>]*(?:[-*+]|\d{1,9}[.)])?[ \t]*\[[ xX~]\](?=[ \t]|$)/;

/** Offsets of the lines of a source that begin like an item. */
export function boxLines(source: string): number[] {
  const starts = [0, ...[...source.matchAll(/\r\n|\n|\r/g)].map((match) => match.index + match[0].length)];
  return starts
    .filter((start, index) => boxLine.test(source.slice(start, starts[index + 1]).trimEnd()))
    .map((start) => start + (/^[ \t>]*/.exec(source.slice(start))?.[0].length ?? 0));
}

/** `**Generated**: 2026-01-02` and the like, line after line: what stands at the end of a document. */
export function isFooter(paragraph: string): boolean {
  const keys = paragraph
    .split(/\r\n|\n|\r/)
    .map((line) => /^\s*[*_]{0,3}([\p{L} ]{2,30}?)[*_]{0,3}\s*:/u.exec(line)?.[1]);
  const known =
    /^(?:generated|created|author|status|version|last updated|updated|date|owner|maintainer|prepared|approved|reviewed)/i;
  return keys.every(Boolean) && keys.some((key) => known.test(key?.trim() ?? ''));
}
