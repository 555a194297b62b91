import { crc32, deflateRawSync } from 'node:zlib';
import { SignoffError } from '../errors.ts';
import { atOnce } from '../turns.ts';
import {
  centralHeader,
  endRecord,
  endRecord64,
  localHeader,
  locator64,
  method,
  mostIn16Bits,
  mostIn32Bits,
  utf8Flag,
} from './format.ts';

/** 1980-01-01, where the format's time begins: the same files make the same zip. */
const date = 0x0021;
const version = 20;
/** From which on a reader knows the 64-bit records. */
const version64 = 45;
/** A plain file that everybody can read, made on Unix. */
const madeOnUnix = (3 << 8) | version;
const mode = 0o100644;

/** Packs files in the order given. The same files give the same bytes. @throws SignoffError `malformed` */
export function writeZip(files: ReadonlyMap<string, Buffer>): Buffer {
  return atOnce(zipping(files));
}

/** The same, file by file. */
export function* zipping(files: ReadonlyMap<string, Buffer>): Generator<void, Buffer> {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, data] of files) {
    const nameBytes = Buffer.from(name);
    const packed = deflateRawSync(data);
    const common = commonFields(nameBytes.length, data, packed.length);
    parts.push(localPart(common), nameBytes, packed);
    directory.push(centralPart(common, at), nameBytes);
    at += localHeader.bytes + nameBytes.length + packed.length;
    if (at > mostIn32Bits)
      throw new SignoffError('malformed', 'A bundle has 4 GB at the most. Write a folder.');
    yield;
  }
  const central = Buffer.concat(directory);
  return Buffer.concat([...parts, central, endPart(files.size, central.length, at)]);
}

/** The 26 bytes that both headers of a file share. */
function commonFields(nameBytes: number, data: Buffer, packed: number): Buffer {
  const common = Buffer.alloc(26);
  common.writeUInt16LE(version, 0);
  common.writeUInt16LE(utf8Flag, 2);
  common.writeUInt16LE(method.deflated, 4);
  common.writeUInt16LE(date, 8);
  common.writeUInt32LE(crc32(data), 10);
  common.writeUInt32LE(packed, 14);
  common.writeUInt32LE(data.length, 18);
  common.writeUInt16LE(nameBytes, 22);
  return common;
}

function localPart(common: Buffer): Buffer {
  const header = Buffer.alloc(localHeader.bytes);
  header.writeUInt32LE(localHeader.signature, 0);
  common.copy(header, 4);
  return header;
}

function centralPart(common: Buffer, at: number): Buffer {
  const header = Buffer.alloc(centralHeader.bytes);
  header.writeUInt32LE(centralHeader.signature, 0);
  header.writeUInt16LE(madeOnUnix, 4);
  common.copy(header, 6);
  header.writeUInt32LE(mode * 0x10000, 38);
  header.writeUInt32LE(at, 42);
  return header;
}

function endPart(files: number, bytes: number, at: number): Buffer {
  const is64 = files > mostIn16Bits || at + bytes > mostIn32Bits;
  const end = Buffer.alloc(endRecord.bytes);
  end.writeUInt32LE(endRecord.signature, 0);
  end.writeUInt16LE(is64 ? 0xffff : files, 8);
  end.writeUInt16LE(is64 ? 0xffff : files, 10);
  end.writeUInt32LE(is64 ? 0xffffffff : bytes, 12);
  end.writeUInt32LE(is64 ? 0xffffffff : at, 16);
  return is64 ? Buffer.concat([endPart64(files, bytes, at), end]) : end;
}

/** The record with the numbers that do not fit, and the one that tells where it is. */
function endPart64(files: number, bytes: number, at: number): Buffer {
  const end = Buffer.alloc(endRecord64.bytes);
  end.writeUInt32LE(endRecord64.signature, 0);
  end.writeBigUInt64LE(BigInt(endRecord64.bytes - 12), 4);
  end.writeUInt16LE((3 << 8) | version64, 12);
  end.writeUInt16LE(version64, 14);
  end.writeBigUInt64LE(BigInt(files), 24);
  end.writeBigUInt64LE(BigInt(files), 32);
  end.writeBigUInt64LE(BigInt(bytes), 40);
  end.writeBigUInt64LE(BigInt(at), 48);
  const locator = Buffer.alloc(locator64.bytes);
  locator.writeUInt32LE(locator64.signature, 0);
  locator.writeBigUInt64LE(BigInt(at + bytes), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([end, locator]);
}
