/** A shortcut as the registry writes it: `x`, `Shift+B`, `Mod+k`, or two strokes in a row: `g c`. */
export interface Stroke {
  key: string;
  mod: boolean;
  shift: boolean;
}

export function parseStrokes(shortcut: string): Stroke[] {
  return shortcut.split(' ').map((stroke) => {
    const words = stroke.split('+');
    const key = words.pop() || '+';
    return { key: key.toLowerCase(), mod: words.includes('Mod'), shift: words.includes('Shift') };
  });
}

/** Letters tell Shift apart; signs such as `/` do not, because layouts put them where they like. */
export function matchesStroke(
  stroke: Stroke,
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
): boolean {
  if (event.altKey || stroke.mod !== (event.ctrlKey || event.metaKey)) return false;
  if (stroke.key !== (event.key === ' ' ? 'space' : event.key.toLowerCase())) return false;
  const isSign = stroke.key.length === 1 && stroke.key.toLowerCase() === stroke.key.toUpperCase();
  return isSign || stroke.shift === event.shiftKey;
}

const names: Record<string, string> = {
  enter: '↵',
  escape: 'Esc',
  space: 'Space',
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
};

/** As printed on the thing it presses: `⌘K` or `Ctrl K`, `⇧B`, `↵`. */
export function printShortcut(shortcut: string, mac: boolean): string {
  return parseStrokes(shortcut)
    .map(({ key, mod, shift }) => {
      const name = names[key] ?? key.toUpperCase();
      return `${mod ? (mac ? '⌘' : 'Ctrl ') : ''}${shift ? '⇧' : ''}${name}`;
    })
    .join(' ');
}

/** In words, for `aria-keyshortcuts`. */
export function spellShortcut(shortcut: string, mac: boolean): string {
  return shortcut.replaceAll('Mod', mac ? 'Meta' : 'Control');
}
