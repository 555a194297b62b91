import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('../../../renderer/ui/tokens.css', import.meta.url), 'utf8');

/** The colours of a theme, by role. */
function colors(theme: string): Record<string, string> {
  const block = css.slice(css.indexOf(`:root[data-theme="${theme}"]`)).split('}')[0] ?? '';
  return Object.fromEntries(
    [...block.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, role, color]) => [role, color]),
  );
}

/** Relative luminance as WCAG 2.2 defines it. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const grounds = ['ground', 'panel'];
const pairs: [text: string, ground: string][] = [
  ...['text', 'soft', 'mute'].flatMap((text) => grounds.map((ground) => [text, ground] as [string, string])),
  ['text', 'raised'],
  ['soft', 'raised'],
  ['text', 'selected'],
  ['soft', 'selected'],
  ['primary-text', 'primary'],
  ['danger-text', 'danger'],
  ['go-text', 'go'],
  ['nogo-text', 'nogo'],
  ['live-text', 'live'],
  ['rehearsal-text', 'rehearsal'],
];
const signs = ['pass', 'fail', 'unproven', 'stale', 'error', 'claimed', 'open', 'running', 'hold', 'accent'];

describe.each(['dark', 'light', 'contrast'])('the %s theme', (theme) => {
  const role = colors(theme);

  test('has words that can be read: 4.5 to 1', () => {
    const poor = pairs.filter(([text, ground]) => contrast(role[text] ?? '', role[ground] ?? '') < 4.5);
    expect(poor).toEqual([]);
  });

  test('has glyphs that can be told from what lies behind them: 3 to 1', () => {
    const poor = signs.flatMap((sign) =>
      [...grounds, ...(sign === 'open' ? [] : ['selected'])]
        .filter((ground) => contrast(role[sign] ?? '', role[ground] ?? '') < 3)
        .map((ground) => `${sign} on ${ground}`),
    );
    expect(poor).toEqual([]);
  });

  test('names the same roles as the dark one', () => {
    expect(Object.keys(role).sort()).toEqual(Object.keys(colors('dark')).sort());
  });
});
