/** Daily returns of a point, kept small: 32 bits are enough to tell which of two is better. */
export interface Series {
  /** Place of the date of the first return. */
  start: number;
  /** Little-endian floats of 32 bits, in base64. */
  returns: string;
}

export function packSeries(start: number, returns: Float64Array): Series {
  const bytes = new DataView(new ArrayBuffer(returns.length * 4));
  for (const [i, value] of returns.entries()) bytes.setFloat32(i * 4, value, true);
  return { start, returns: Buffer.from(bytes.buffer).toString('base64') };
}

export function unpackSeries({ returns }: Series): Float64Array {
  const bytes = Buffer.from(returns, 'base64');
  return Float64Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(i * 4));
}
