import { crc32, deflateRawSync } from 'node:zlib';
import { SignoffError } from '../errors.ts';
import { centralHeader, endRecord, localHeader, method, mostFiles, utf8Flag } from './format.ts';

/** 1980-01-01, where the format's time begins: the same files make the same zip. */
const date = 0x0021;
const version = 20;
/** A plain file that everybody can read, made on Unix. */
const madeOnUnix = (3 << 8) | version;
const mode = 0o100644;

/** Packs files in the order given. The same files give the same bytes. @throws SignoffError `malformed` */
export function writeZip(files: ReadonlyMap<string, Buffer>): Buffer {
  if (files.size > mostFiles) {
    throw new SignoffError(
      'malformed',
      `A zip holds ${mostFiles} files at the most; there are ${files.size}.`,
    );
  }
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
  const end = Buffer.alloc(endRecord.bytes);
  end.writeUInt32LE(endRecord.signature, 0);
  end.writeUInt16LE(files, 8);
  end.writeUInt16LE(files, 10);
  end.writeUInt32LE(bytes, 12);
  end.writeUInt32LE(at, 16);
  return end;
}
