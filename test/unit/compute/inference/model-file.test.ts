import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InferenceError, readModelFacts } from '../../../../electron/compute/inference/index.ts';
import { writeOnnx } from '../../../../scripts/support/onnx.ts';
import { temporaryFolder } from '../../../support/folder.ts';

const bytes = writeOnnx({
  producer: 'maker',
  opset: 17,
  metadata: { lookback: '20', note: 'é, and more' },
  inputs: [{ name: 'x', shape: ['n', 2] }],
  outputs: [{ name: 'y', shape: ['n', 1] }],
  constants: [{ name: 'w', shape: [2, 1], values: Float32Array.of(1, 2) }],
  nodes: [{ op: 'MatMul', inputs: ['x', 'w'], output: 'y' }],
});

function factsOf(content: Uint8Array) {
  const file = join(temporaryFolder(), 'm.onnx');
  writeFileSync(file, content);
  return readModelFacts(file);
}

function refusal(content: Uint8Array): string {
  try {
    factsOf(content);
  } catch (error) {
    expect(error).toBeInstanceOf(InferenceError);
    return (error as Error).message;
  }
  return 'none';
}

describe('what an ONNX file says of itself', () => {
  it('is producer, operator sets and the metadata that the runtime does not show', () => {
    expect(factsOf(bytes)).toEqual({
      bytes: bytes.length,
      irVersion: 8,
      producer: { name: 'maker', version: '' },
      modelVersion: 0,
      opsets: { 'ai.onnx': 17 },
      metadata: { lookback: '20', note: 'é, and more' },
    });
  });

  it('is not looked for in what is no model', () => {
    for (const content of ['hello world', '', '{"a": 1}', 'PK\u0003\u0004', 'PAR1 and more']) {
      expect(refusal(Buffer.from(content))).toMatch(/m\.onnx is no ONNX model\. Export the model to ONNX/);
    }
    const noise = fc.uint8Array({ maxLength: 200 });
    fc.assert(
      fc.property(noise, (content) => {
        expect(refusal(content)).toMatch(/is (no ONNX model|cut off)/);
      }),
    );
  });

  it('is refused when the file ends in the middle of the graph, wherever that is', () => {
    // Up to where the graph has ended; what comes after it may be left out by another writer.
    const whole = Buffer.from(bytes).lastIndexOf(Buffer.from([0x42, 0x02, 0x10, 17]));
    for (let length = 3; length < whole; length += 1) {
      expect(refusal(bytes.subarray(0, length)), `${length}`).toMatch(/m\.onnx is (cut off|no ONNX model)/);
    }
    expect(refusal(bytes.subarray(0, whole - 1))).toContain(
      `m.onnx is cut off: it ends after ${whole - 1} bytes, in the middle of the model. Fetch or export it again.`,
    );
  });
});
