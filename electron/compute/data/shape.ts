import { readFile } from 'node:fs/promises';
import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { DataError } from './errors.ts';

/** @throws DataError `not-found` */
export async function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'does not exist. Check the path.' : 'cannot be read.';
    throw new DataError('not-found', `${file} ${why}`);
  });
}

/** Reads keys and values of JSON or YAML. @throws DataError `bad-config` with every mistake and its line */
export function parseShape<Shape extends z.ZodObject>(
  text: string,
  file: string,
  shape: Shape,
): z.infer<Shape> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const broken = document.errors[0];
  if (broken) {
    const { line, col } = lines.linePos(broken.pos[0]);
    throw new DataError('bad-config', `${file}:${line}:${col}: ${broken.message.split('\n')[0]}`);
  }
  if (!isMap(document.contents)) {
    throw new DataError(
      'bad-config',
      `${file} holds no settings. Write a key and a value a line: top_k: 35.`,
    );
  }
  const parsed = shape.safeParse(document.toJS());
  if (parsed.success) return parsed.data;
  const lineOf = (key: string): string => {
    const pair = isMap(document.contents)
      ? document.contents.items.find(({ key: node }) => isScalar(node) && node.value === key)
      : undefined;
    const range = isScalar(pair?.key) ? pair.key.range : null;
    return range ? `:${lines.linePos(range[0]).line}` : '';
  };
  const problems = parsed.error.issues.flatMap((issue) => {
    const path = issue.path.join('.');
    if (issue.code === 'unrecognized_keys' && issue.path.length === 0) {
      const known = Object.keys(shape.shape).join(', ');
      return issue.keys.map((key) => `${file}${lineOf(key)}: "${key}" is no setting. There are: ${known}.`);
    }
    return [`${file}${lineOf(String(issue.path[0] ?? ''))}: ${path}: ${issue.message}`];
  });
  throw new DataError('bad-config', problems.join('\n'));
}
