import type { Box } from './document.ts';

/** What the box with its character at this offset holds. */
export function boxAt(text: string, offset: number): Box {
  const character = text[offset];
  if (character === '~') return '~';
  return character === 'x' || character === 'X' ? 'x' : ' ';
}
