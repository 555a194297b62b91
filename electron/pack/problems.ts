import type { Problem } from '../../shared/contract/common.ts';
import type { Path } from './schema-walk.ts';

/**
 * Problems as a terminal shows them, a block each: where, what, and on the next line what to do.
 * Control characters of file and key names are made visible, so that a name cannot draw lines of its own.
 */
export function renderProblems(problems: readonly Problem[]): string {
  return problems.map(renderProblem).join('\n');
}

function renderProblem({ file, line, column, path, message, hint }: Problem): string {
  const where = visible(`${file}:${line}:${column}`);
  const what = `${path ? `${visible(path)}  ` : ''}${visible(message)}`;
  return hint ? `${where}  ${what}\n${' '.repeat(where.length + 2)}${visible(hint)}` : `${where}  ${what}`;
}

function visible(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code <= 0xffff ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`;
  });
}

/** `checks[2].item`, `vars["a b"]`. */
export function formatPath(path: Path): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    if (!/^[A-Za-z_][\w-]*$/.test(part)) return `${text}[${JSON.stringify(part)}]`;
    return text === '' ? part : `${text}.${part}`;
  }, '');
}

/** In the order of `files`, then as they stand in each file; what was found twice appears once. */
export function inFileOrder(problems: readonly Problem[], files: readonly string[]): Problem[] {
  const rank = new Map(files.map((file, index) => [file, index]));
  const rankOf = ({ file }: Problem) => rank.get(file) ?? files.length;
  const seen = new Set<string>();
  return problems
    .toSorted((a, b) => rankOf(a) - rankOf(b) || a.line - b.line || a.column - b.column)
    .filter(({ file, line, column, message }) => {
      const key = JSON.stringify([file, line, column, message]);
      return !seen.has(key) && seen.add(key);
    });
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[], and = 'and'): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} ${and} ${last}`;
}
