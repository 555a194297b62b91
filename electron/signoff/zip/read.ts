import { crc32, inflateRawSync } from 'node:zlib';
import { SignoffError } from '../errors.ts';
import { atOnce } from '../turns.ts';
import {
  centralHeader,
  encryptedFlag,
  endRecord,
  endRecord64,
  extraField64,
  localHeader,
  locator64,
  method,
} from './format.ts';
import { objectionToName } from './name.ts';

export interface ZipLimits {
  files: number;
  /** Of all files together, unpacked. */
  bytes: number;
}

/** A hundred thousand entries are two hundred thousand files, and a document each at the worst. */
export const bundleLimits: ZipLimits = { files: 400_000, bytes: 1024 * 1024 * 1024 };

interface Listed {
  name: string;
  flags: number;
  method: number;
  crc: number;
  packed: number;
  size: number;
  at: number;
}

/**
 * Unpacks a zip in memory. Nothing is written, and nothing is believed: names that lead elsewhere, links, two files of
 * one name, sizes that are not what was said and more than the limits are refused before or while they are unpacked.
 * What a Mac adds by itself is passed over, and so is one folder around everything.
 * @throws SignoffError `malformed`, `unsafe`
 */
export function readZip(zip: Buffer, limits: ZipLimits = bundleLimits): Map<string, Buffer> {
  return atOnce(unzipping(zip, limits));
}

/** The same, file by file. */
export function* unzipping(zip: Buffer, limits: ZipLimits): Generator<void, Map<string, Buffer>> {
  const listed = yield* readDirectory(zip, limits);
  const total = listed.reduce((sum, { size }) => sum + size, 0);
  if (total > limits.bytes) {
    throw unsafe(`It would unpack to ${total} bytes; a bundle has ${limits.bytes} at the most.`);
  }
  const root = commonFolder(listed.map(({ name }) => name));
  const files = new Map<string, Buffer>();
  const taken = new Set<string>();
  for (const file of listed) {
    const name = file.name.slice(root.length);
    const plain = name.toLowerCase();
    if (taken.has(plain)) throw unsafe(`It has two files of the name ${name}.`);
    taken.add(plain);
    files.set(name, unpack(zip, file));
    yield;
  }
  return files;
}

function* readDirectory(zip: Buffer, limits: ZipLimits): Generator<void, Listed[]> {
  const { at: end, count, size, start } = findDirectory(zip);
  if (count > limits.files) throw unsafe(`It has ${count} files; a bundle has ${limits.files} at the most.`);
  if (start + size > end) throw malformed('Its directory is damaged.');
  const listed: Listed[] = [];
  let at = start;
  for (let index = 0; index < count; index += 1) {
    if (at + centralHeader.bytes > end || zip.readUInt32LE(at) !== centralHeader.signature) {
      throw malformed('Its directory is damaged.');
    }
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset));
    const nameAt = at + centralHeader.bytes;
    const name = zip.toString('utf8', nameAt, nameAt + (nameBytes ?? 0));
    // The upper half holds the file's mode where a Unix made the zip.
    if (((zip.readUInt32LE(at + 38) >>> 16) & 0xf000) === 0xa000) throw unsafe(`${name} is a link.`);
    if (!name.endsWith('/') && !isOfTheMac(name)) {
      const objection = objectionToName(name);
      if (objection) throw unsafe(`It has a file named ${JSON.stringify(name)}: ${objection}.`);
      listed.push({
        name,
        flags: zip.readUInt16LE(at + 8),
        method: zip.readUInt16LE(at + 10),
        crc: zip.readUInt32LE(at + 16),
        ...placeOf(zip, at, zip.subarray(nameAt + (nameBytes ?? 0)).subarray(0, extraBytes)),
      });
    }
    yield;
    at = nameAt + (nameBytes ?? 0) + (extraBytes ?? 0) + (commentBytes ?? 0);
  }
  // A count that is too small would leave files out and nobody told.
  if (at !== start + size) throw malformed('Its directory is damaged.');
  return listed;
}

interface Directory {
  count: number;
  size: number;
  start: number;
  /** Where the directory must have ended. */
  at: number;
}

/** Numbers that do not fit into the end record stand in the 64-bit one before it. */
function findDirectory(zip: Buffer): Directory {
  const end = findEnd(zip);
  const [count, size, start] = [
    zip.readUInt16LE(end + 10),
    zip.readUInt32LE(end + 12),
    zip.readUInt32LE(end + 16),
  ];
  if (zip.readUInt16LE(end + 4) !== 0) throw malformed('It is one of several parts.');
  if (count !== 0xffff && size !== 0xffffffff && start !== 0xffffffff) return { count, size, start, at: end };
  const locator = end - locator64.bytes;
  if (locator < 0 || zip.readUInt32LE(locator) !== locator64.signature) {
    // So many files may be just so many.
    if (size !== 0xffffffff && start !== 0xffffffff) return { count, size, start, at: end };
    throw malformed('Its directory is damaged.');
  }
  const at = numberAt(zip, locator + 8);
  if (at + endRecord64.bytes > locator || zip.readUInt32LE(at) !== endRecord64.signature) {
    throw malformed('Its directory is damaged.');
  }
  const [count64, size64, start64] = [32, 40, 48].map((offset) => numberAt(zip, at + offset));
  return { count: count64 ?? 0, size: size64 ?? 0, start: start64 ?? 0, at };
}

/** Sizes and place of a file; those that do not fit into 32 bits stand in the extra field, in this order. */
function placeOf(zip: Buffer, at: number, extra: Buffer): Pick<Listed, 'packed' | 'size' | 'at'> {
  let field = 0;
  while (field + 4 <= extra.length && extra.readUInt16LE(field) !== extraField64) {
    field += 4 + extra.readUInt16LE(field + 2);
  }
  let next = field + 4;
  const [size, packed, place] = [24, 20, 42].map((offset) => {
    const small = zip.readUInt32LE(at + offset);
    if (small !== 0xffffffff) return small;
    next += 8;
    if (next > extra.length) throw malformed('Its directory is damaged.');
    return numberAt(extra, next - 8);
  });
  return { size: size ?? 0, packed: packed ?? 0, at: place ?? 0 };
}

/** @throws SignoffError for a number that no file here can have */
function numberAt(bytes: Buffer, at: number): number {
  const number = bytes.readBigUInt64LE(at);
  if (number > BigInt(Number.MAX_SAFE_INTEGER)) throw malformed('Its directory is damaged.');
  return Number(number);
}

/** The end record stands at the end, before a comment of up to 64 KB. */
function findEnd(zip: Buffer): number {
  if (zip.length < 4 || zip.readUInt16LE(0) !== 0x4b50) throw malformed('It is no zip file.');
  const last = zip.length - endRecord.bytes;
  for (let at = last; at >= Math.max(0, last - 0xffff); at -= 1) {
    const isEnd = zip.readUInt32LE(at) === endRecord.signature;
    if (isEnd && at + endRecord.bytes + zip.readUInt16LE(at + 20) === zip.length) return at;
  }
  throw malformed('It is cut off: the directory at its end is missing. Have it sent again.');
}

function unpack(zip: Buffer, { name, flags, method: how, crc, packed, size, at }: Listed): Buffer {
  if ((flags & encryptedFlag) !== 0) throw malformed(`${name} is encrypted.`);
  if (at + localHeader.bytes > zip.length || zip.readUInt32LE(at) !== localHeader.signature) {
    throw malformed(`${name} is not where the directory says.`);
  }
  const from = at + localHeader.bytes + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28);
  if (from + packed > zip.length) throw malformed(`${name} is cut off.`);
  const data = inflate(name, how, zip.subarray(from, from + packed), size);
  if (data.length !== size || crc32(data) !== crc) throw malformed(`${name} is damaged.`);
  return data;
}

function inflate(name: string, how: number, packed: Buffer, size: number): Buffer {
  if (how === method.stored) return packed;
  if (how !== method.deflated) throw malformed(`${name} is packed in a way that is not known here (${how}).`);
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, size) });
  } catch (error) {
    if (error instanceof RangeError)
      throw unsafe(`${name} unpacks to more than the ${size} bytes it is said to have.`);
    throw malformed(`${name} is damaged.`);
  }
}

/** A zip of such a folder alone has nothing around it. */
const ownFolders = new Set(['entries/', 'seen/', 'refused/', 'launches/']);

/** `name/` where every file lies below one folder and none of the bundle's own folders is meant. */
function commonFolder(names: readonly string[]): string {
  const [first = ''] = names;
  const folder = first.slice(0, first.indexOf('/') + 1);
  if (ownFolders.has(folder)) return '';
  return folder !== '' && names.length > 1 && names.every((name) => name.startsWith(folder)) ? folder : '';
}

function isOfTheMac(name: string): boolean {
  return name.startsWith('__MACOSX/') || /(^|\/)\.DS_Store$/.test(name);
}

function malformed(message: string): SignoffError {
  return new SignoffError('malformed', `The zip cannot be read. ${message}`);
}

function unsafe(message: string): SignoffError {
  return new SignoffError('unsafe', `The zip is refused. ${message}`);
}
