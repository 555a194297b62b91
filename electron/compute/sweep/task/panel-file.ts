import type { Panel } from '../../backtest/index.ts';

/** Columns of a panel that figures of a point need, in the order of the file. */
const columns = ['close', 'open', 'volumeValue', 'score'] as const;
type Column = (typeof columns)[number];

interface Header {
  dates: readonly string[];
  codes: readonly string[];
  columns: Column[];
}

/**
 * A panel as bytes: the length of a header in four bytes, the header as JSON, then its columns as doubles, all of them
 * little-endian, as every machine that Node runs on has them. Labels stay behind.
 */
export function encodePanel(panel: Panel): Buffer {
  const held = columns.filter((column) => panel[column] !== null);
  const header: Header = { dates: panel.dates, codes: panel.codes, columns: held };
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  const numbers = held.map((column) => {
    const { buffer, byteOffset, byteLength } = panel[column] as Float64Array;
    return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
  });
  return Buffer.concat([length, text, ...numbers]);
}

export function decodePanel(bytes: Buffer): Panel {
  const begin = 4 + bytes.readUInt32LE(0);
  const { dates, codes, columns: held } = JSON.parse(bytes.toString('utf8', 4, begin)) as Header;
  const columnBytes = dates.length * codes.length * Float64Array.BYTES_PER_ELEMENT;
  const column = (name: Column): Float64Array | null => {
    const place = held.indexOf(name);
    if (place === -1) return null;
    const values = new Float64Array(dates.length * codes.length);
    // Doubles of an array lie at multiples of eight, those of the file do not.
    bytes.copy(Buffer.from(values.buffer), 0, begin + place * columnBytes, begin + (place + 1) * columnBytes);
    return values;
  };
  return {
    dates,
    codes,
    close: column('close') as Float64Array,
    open: column('open'),
    volumeValue: column('volumeValue'),
    score: column('score') as Float64Array,
    label: null,
  };
}
