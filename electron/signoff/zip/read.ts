import { crc32, inflateRawSync } from 'node:zlib';
import { SignoffError } from '../errors.ts';
import { centralHeader, encryptedFlag, endRecord, localHeader, method } from './format.ts';
import { objectionToName } from './name.ts';

export interface ZipLimits {
  files: number;
  /** Of all files together, unpacked. */
  bytes: number;
}

export const bundleLimits: ZipLimits = { files: 60_000, bytes: 512 * 1024 * 1024 };

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
  const listed = readDirectory(zip, limits);
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
  }
  return files;
}

function readDirectory(zip: Buffer, limits: ZipLimits): Listed[] {
  const end = findEnd(zip);
  const count = zip.readUInt16LE(end + 10);
  const [size, start] = [zip.readUInt32LE(end + 12), zip.readUInt32LE(end + 16)];
  if (count === 0xffff || start === 0xffffffff || zip.readUInt16LE(end + 4) !== 0) {
    throw malformed('It has more files than a bundle can have, or is one of several parts.');
  }
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
        packed: zip.readUInt32LE(at + 20),
        size: zip.readUInt32LE(at + 24),
        at: zip.readUInt32LE(at + 42),
      });
    }
    at = nameAt + (nameBytes ?? 0) + (extraBytes ?? 0) + (commentBytes ?? 0);
  }
  return listed;
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
