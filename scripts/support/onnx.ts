/**
 * Writes small ONNX models, enough for tests and samples: float tensors, a chain of nodes, custom metadata. Field numbers
 * are those of onnx.proto: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
 */
export interface OnnxModel {
  producer: string;
  opset: number;
  metadata: Record<string, string>;
  inputs: OnnxValue[];
  outputs: OnnxValue[];
  nodes: { op: string; inputs: string[]; output: string }[];
  /** Weights, and the shapes that `Reshape` wants. */
  constants: OnnxConstant[];
}

export interface OnnxValue {
  name: string;
  /** As ONNX numbers them: 1 is float32, 16 is bfloat16. */
  type?: number;
  /** A text is a size that is known only when the model runs. */
  shape: (number | string)[];
}

export interface OnnxConstant {
  name: string;
  shape: number[];
  values: Float32Array | BigInt64Array;
}

const float = 1;
const int64 = 7;
/** The file format's own version; every runtime of these years reads it. */
const irVersion = 8;

export function writeOnnx(model: OnnxModel): Uint8Array {
  const graph = [
    ...model.nodes.map(({ op, inputs, output }, i) =>
      message(1, ...inputs.map((name) => text(1, name)), text(2, output), text(3, `${op}_${i}`), text(4, op)),
    ),
    text(2, 'graph'),
    ...model.constants.map(tensor),
    ...model.inputs.map((value) => valueInfo(11, value)),
    ...model.outputs.map((value) => valueInfo(12, value)),
  ];
  return joined([
    integer(1, irVersion),
    text(2, model.producer),
    message(7, ...graph),
    message(8, integer(2, model.opset)),
    ...Object.entries(model.metadata).map(([key, value]) => message(14, text(1, key), text(2, value))),
  ]);
}

function valueInfo(field: number, { name, type = float, shape }: OnnxValue): Uint8Array {
  const sizes = shape.map((size) => message(1, typeof size === 'number' ? integer(1, size) : text(2, size)));
  return message(field, text(1, name), message(2, message(1, integer(1, type), message(2, ...sizes))));
}

function tensor({ name, shape, values }: OnnxConstant): Uint8Array {
  const type = values instanceof Float32Array ? float : int64;
  const raw = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return message(5, ...shape.map((size) => integer(1, size)), integer(2, type), text(8, name), bytes(9, raw));
}

function integer(field: number, value: number): Uint8Array {
  return joined([varint(field << 3), varint(value)]);
}

function text(field: number, value: string): Uint8Array {
  return bytes(field, new TextEncoder().encode(value));
}

function message(field: number, ...parts: Uint8Array[]): Uint8Array {
  return bytes(field, joined(parts));
}

function bytes(field: number, content: Uint8Array): Uint8Array {
  return joined([varint((field << 3) | 2), varint(content.length), content]);
}

function varint(value: number): Uint8Array {
  const found: number[] = [];
  let rest = value;
  do {
    found.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
    rest = Math.floor(rest / 128);
  } while (rest > 0);
  return Uint8Array.from(found);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
