import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { InferenceError } from './errors.ts';

/** What an ONNX file says of itself beside its graph. */
export interface ModelFacts {
  bytes: number;
  irVersion: number;
  producer: { name: string; version: string };
  /** As its author counts; 0 where they do not. */
  modelVersion: number;
  /** The operator sets it is written in; the standard one has the name `ai.onnx`. */
  opsets: Record<string, number>;
  /** Whatever its author wrote beside: the runtime does not show it. */
  metadata: Record<string, string>;
}

/** Field numbers of ModelProto: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto */
const fields = {
  irVersion: 1,
  producerName: 2,
  producerVersion: 3,
  modelVersion: 5,
  graph: 7,
  opset: 8,
  metadata: 14,
} as const;
/** Every field that ModelProto has had, and the kind its value is sent as: a number, or bytes of a length. */
const kinds = new Map([
  [1, 0],
  [2, 2],
  [3, 2],
  [4, 2],
  [5, 0],
  [6, 2],
  [7, 2],
  [8, 2],
  [14, 2],
  [20, 2],
  [25, 2],
  [26, 2],
]);
/** No fact is longer; the graph, which is, is stepped over. */
const longestFact = 1 << 20;

/** Reads the facts by stepping over the graph, however large it is. @throws InferenceError */
export function readModelFacts(file: string): ModelFacts {
  const handle = openModel(file);
  try {
    const { size } = fstatSync(handle);
    const reader = new FileReader(handle, size);
    const facts: ModelFacts = {
      bytes: size,
      irVersion: 0,
      producer: { name: '', version: '' },
      modelVersion: 0,
      opsets: {},
      metadata: {},
    };
    let hasGraph = false;
    while (reader.at < size) {
      const { field, kind } = reader.tag();
      if (kinds.get(field) !== kind) throw notOnnx(file);
      if (kind === 0) {
        const value = reader.varint();
        if (field === fields.irVersion) facts.irVersion = value;
        if (field === fields.modelVersion) facts.modelVersion = value;
        continue;
      }
      const length = reader.varint();
      if (reader.at + length > size) throw cutOff(file, size);
      hasGraph ||= field === fields.graph;
      if (field === fields.graph || length > longestFact) reader.skip(length);
      else readFact(facts, field, reader.bytes(length));
    }
    if (reader.at > size) throw cutOff(file, size);
    if (!hasGraph) throw facts.irVersion > 0 ? cutOff(file, size) : notOnnx(file);
    return facts;
  } finally {
    closeSync(handle);
  }
}

/** The features that a model says it takes, as JSON or with commas between; null where it says nothing. */
export function namedFeatures(metadata: Record<string, string>): string[] | null {
  const text = metadata.features ?? metadata.feature_names;
  if (text === undefined) return null;
  try {
    const parsed: unknown = JSON.parse(text);
    if (Array.isArray(parsed) && parsed.every((name) => typeof name === 'string')) return parsed;
  } catch {
    // No JSON: a plain list.
  }
  return text.split(',').map((name) => name.trim());
}

function readFact(facts: ModelFacts, field: number, bytes: Buffer): void {
  if (field === fields.producerName) facts.producer.name = bytes.toString('utf8');
  if (field === fields.producerVersion) facts.producer.version = bytes.toString('utf8');
  // An OperatorSetIdProto and a StringStringEntryProto are both two fields, the first of them a text.
  if (field === fields.opset) {
    const { first, second } = pair(bytes);
    facts.opsets[first || 'ai.onnx'] = Number(second);
  }
  if (field === fields.metadata) {
    const { first, second } = pair(bytes);
    facts.metadata[first] = String(second);
  }
}

function pair(bytes: Buffer): { first: string; second: string | number } {
  const found: { first: string; second: string | number } = { first: '', second: 0 };
  const reader = new BytesReader(bytes);
  while (reader.at < bytes.length) {
    const { field, kind } = reader.tag();
    if (kind === 0) {
      const value = reader.varint();
      if (field === 2) found.second = value;
      continue;
    }
    const text = reader.bytes(reader.varint()).toString('utf8');
    if (field === 1) found.first = text;
    if (field === 2) found.second = text;
  }
  return found;
}

/** Protobuf's wire format: https://protobuf.dev/programming-guides/encoding/ */
abstract class WireReader {
  at = 0;

  protected abstract byte(): number;

  varint(): number {
    let value = 0;
    for (let shift = 0; shift < 10; shift += 1) {
      const byte = this.byte();
      value += (byte & 0x7f) * 128 ** shift;
      if (byte < 0x80) break;
    }
    return value;
  }

  tag(): { field: number; kind: number } {
    const key = this.varint();
    return { field: Math.floor(key / 8), kind: key % 8 };
  }
}

class BytesReader extends WireReader {
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    super();
    this.#bytes = bytes;
  }

  protected byte(): number {
    this.at += 1;
    return this.#bytes[this.at - 1] ?? 0;
  }

  bytes(length: number): Buffer {
    this.at += length;
    return this.#bytes.subarray(this.at - length, this.at);
  }
}

/** Reads around the place where it is, so that a skipped graph is never touched. */
class FileReader extends WireReader {
  readonly #handle: number;
  readonly #size: number;
  readonly #page = Buffer.alloc(4096);
  #from = 0;
  #held = 0;

  constructor(handle: number, size: number) {
    super();
    this.#handle = handle;
    this.#size = size;
  }

  protected byte(): number {
    if (this.at < this.#from || this.at >= this.#from + this.#held) {
      this.#from = this.at;
      this.#held = readSync(this.#handle, this.#page, 0, this.#page.length, this.at);
    }
    this.at += 1;
    return this.at > this.#size ? 0 : (this.#page[this.at - 1 - this.#from] as number);
  }

  skip(length: number): void {
    this.at += length;
  }

  bytes(length: number): Buffer {
    const bytes = Buffer.alloc(length);
    readSync(this.#handle, bytes, 0, length, this.at);
    this.at += length;
    return bytes;
  }
}

function openModel(file: string): number {
  try {
    return openSync(file, 'r');
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'does not exist' : 'may not be read';
    throw new InferenceError('bad-model', `${file} ${reason}. Check the path of the model.`);
  }
}

function notOnnx(file: string): InferenceError {
  return new InferenceError(
    'bad-model',
    `${file} is no ONNX model. Export the model to ONNX and give that file.`,
  );
}

function cutOff(file: string, size: number): InferenceError {
  return new InferenceError(
    'bad-model',
    `${file} is cut off: it ends after ${size} bytes, in the middle of the model. Fetch or export it again.`,
  );
}
