import type { Panel } from '../../backtest/index.ts';

/** What is no column of numbers, and the columns that follow, by name and length. */
interface Header {
  plain: Record<string, unknown>;
  columns: [name: string, length: number][];
}

/**
 * A panel as bytes: the length of a header in four bytes, the header as JSON, then its columns as doubles, all of them
 * little-endian, as every machine that Node runs on has them. Labels stay behind: no figure of a point needs them.
 */
export function encodePanel(panel: Panel): Buffer {
  const header: Header = { plain: {}, columns: [] };
  const numbers: Buffer[] = [];
  for (const [name, value] of Object.entries({ ...panel, label: null })) {
    if (value instanceof Float64Array) {
      header.columns.push([name, value.length]);
      numbers.push(Buffer.from(value.buffer, value.byteOffset, value.byteLength));
    } else header.plain[name] = value;
  }
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  return Buffer.concat([length, text, ...numbers]);
}

export function decodePanel(bytes: Buffer): Panel {
  let begin = 4 + bytes.readUInt32LE(0);
  const { plain, columns } = JSON.parse(bytes.toString('utf8', 4, begin)) as Header;
  const held = columns.map(([name, length]) => {
    // Doubles of an array lie at multiples of eight, those of the file do not.
    const values = new Float64Array(length);
    bytes.copy(Buffer.from(values.buffer), 0, begin, begin + values.byteLength);
    begin += values.byteLength;
    return [name, values] as const;
  });
  return { ...plain, ...Object.fromEntries(held) } as unknown as Panel;
}
