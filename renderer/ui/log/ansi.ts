import Anser from 'anser';

export interface Segment {
  text: string;
  /** Class names: `ansi-red ansi-bold`. */
  className: string;
  /** Colours outside the sixteen named ones, as CSS colours. */
  color?: string;
  background?: string;
}

/** More of a line than this is not drawn; the file keeps all of it. */
const maxDrawn = 2000;

// biome-ignore lint/suspicious/noControlCharactersInRegex: titles and links that programs send to a terminal.
const operatingSystemCommand = /\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: what is left of cursor movement and other controls.
const otherControl = /\x1b\[[0-9;?]*[A-Za-ln-z]|\x1b[()][A-Z0-9]|[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f]/g;

/** A line of output as runs of one colour. Of a line that a program drew over itself, its last state is shown. */
export function readAnsi(line: string): Segment[] {
  const lastDrawn = line.replace(/\r+$/, '').split('\r').pop() ?? '';
  const clean = lastDrawn.replace(operatingSystemCommand, '').replace(otherControl, '');
  const cut = clean.length > maxDrawn;
  const segments = Anser.ansiToJson(cut ? clean.slice(0, maxDrawn) : clean, {
    json: true,
    use_classes: true,
    remove_empty: true,
  }).map(readSegment);
  if (cut) segments.push({ text: ` … ${clean.length - maxDrawn} more characters`, className: 'ansi-more' });
  return segments;
}

/** The line's words alone. */
export function stripAnsi(line: string): string {
  return readAnsi(line)
    .map(({ text }) => text)
    .join('');
}

function readSegment(entry: Anser.AnserJsonEntry): Segment {
  const fg = readColor(entry.fg, entry.fg_truecolor);
  const bg = readColor(entry.bg, entry.bg_truecolor);
  const classes = [
    ...entry.decorations.map((decoration) => `ansi-${decoration}`),
    ...(fg?.named ? [fg.value] : []),
    ...(bg?.named ? [`${bg.value}-back`] : []),
  ];
  return {
    text: entry.content,
    className: classes.join(' '),
    color: fg && !fg.named ? fg.value : undefined,
    background: bg && !bg.named ? bg.value : undefined,
  };
}

function readColor(name: string | null, trueColor: string | null): { named: boolean; value: string } | null {
  if (!name) return null;
  if (name === 'ansi-truecolor') return { named: false, value: `rgb(${trueColor})` };
  const palette = /^ansi-palette-(\d+)$/.exec(name);
  return palette ? { named: false, value: paletteColor(Number(palette[1])) } : { named: true, value: name };
}

/** Colours 16 to 255 of the xterm palette: a cube of six steps, then 24 greys. */
function paletteColor(index: number): string {
  if (index >= 232) return `rgb(${Array(3).fill(8 + (index - 232) * 10)})`;
  const steps = [0, 95, 135, 175, 215, 255];
  const cube = index - 16;
  const channels = [Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6];
  return `rgb(${channels.map((step) => steps[step] ?? 0)})`;
}
