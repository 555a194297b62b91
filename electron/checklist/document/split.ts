import type { RootContent } from 'mdast';

/** Parts shorter than this cost more in set-up than they save. */
export const partLength = 1000;

const opensBlock = /(?:^|\r\n|\n|\r)(?=#{1,6}[ \t]|[-*+][ \t]+[^\s*+-])/g;

/**
 * Where the text may be cut: before lines that begin with a heading or a non-empty bullet in their first column. The
 * first point is `from`. Such a line interrupts a paragraph, is never its lazy continuation, and stands in no list
 * item and no quote; so nothing before it can be open but a fence or HTML block of the document (`endsOpen`).
 */
export function splitPoints(text: string, from: number, apart: number): number[] {
  const points = [from];
  for (const match of text.matchAll(opensBlock)) {
    const at = match.index + match[0].length;
    if (at >= (points.at(-1) ?? 0) + apart) points.push(at);
  }
  return points;
}

/** Whether the last block of a part may take in the lines that follow: a fence or HTML that was not closed. */
export function endsOpen(last: RootContent, text: string): boolean {
  const source = text.slice(last.position?.start.offset ?? 0, last.position?.end.offset ?? 0);
  if (last.type === 'html') return !/^<!--.+?-->/s.test(source);
  if (last.type !== 'code') return false;
  const [fence = '', marker = ''] = /^(`|~)\1{2,}/.exec(source) ?? [];
  if (fence === '') return false;
  const lines = source.split(/\r\n|\n|\r/);
  const closing = new RegExp(`^ {0,3}${marker}{${fence.length},}[ \\t]*$`);
  return lines.length < 2 || !closing.test(lines.at(-1) ?? '');
}

/** The line that closes what a last block leaves open; empty where it leaves nothing open. */
export function closingOf(last: RootContent | undefined, text: string): string {
  if (!last || !endsOpen(last, text)) return '';
  const source = text.slice(last.position?.start.offset ?? 0, last.position?.end.offset ?? 0);
  const fence = /^(?:`{3,}|~{3,})/.exec(source);
  if (fence) return fence[0];
  const opened =
    /^<(!--|\?|!\[CDATA\[|![a-z]|pre|script|style|textarea)/i.exec(source)?.[1]?.toLowerCase() ?? '';
  const closing: Record<string, string> = { '!--': '-->', '?': '?>', '![cdata[': ']]>' };
  if (opened.startsWith('!') && !(opened in closing)) return '>';
  return closing[opened] ?? (opened && `</${opened}>`);
}
