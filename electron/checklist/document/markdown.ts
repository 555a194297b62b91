import type { ListItem, Nodes, RootContent } from 'mdast';
import { type CompileContext, fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTable } from 'micromark-extension-gfm-table';
import { gfmTaskListItem } from 'micromark-extension-gfm-task-list-item';
import { endsOpen, partLength, splitPoints } from './split.ts';

/** A document's blocks. Every `position.*.offset` counts UTF-16 units from the start of the text given. */
export interface Tree {
  blocks: RootContent[];
  /** Where the character between the brackets stands, for each list item that is a task. */
  boxes: Map<ListItem, number>;
}

/** Parses GitHub-flavoured Markdown: CommonMark, task lists and tables. */
export function parseWhole(text: string): Tree {
  const boxes: Tree['boxes'] = new Map();
  function noteBox(this: CompileContext, token: { start: { offset: number } }) {
    const item = this.stack.at(-2);
    if (item?.type === 'listItem') boxes.set(item, token.start.offset);
  }
  const { children } = fromMarkdown(text, {
    extensions: [gfmTable(), gfmTaskListItem()],
    mdastExtensions: [
      gfmTableFromMarkdown(),
      { exit: { taskListCheckValueChecked: noteBox, taskListCheckValueUnchecked: noteBox } },
    ],
  });
  return { blocks: children, boxes };
}

/**
 * The same tree as `parseWhole` gives, in time that grows with the length of the text: micromark needs the square of
 * it for long lists. The text is cut before headings and bullets at the start of a line, which close every block but
 * a fence or HTML of the document itself; link definitions, which reach across cuts, are put before each part.
 * Parts are at least `apart` characters long.
 */
export function parseTree(text: string, apart: number = partLength): Tree {
  // micromark drops a byte order mark and then counts without it.
  const bom = text.startsWith('\uFEFF') ? 1 : 0;
  const parts = parseParts(text, splitPoints(text, bom, apart), '');
  const labels = new Set(parts.flatMap(({ blocks }) => blocks.flatMap(definedLabels)));
  if (labels.size === 0 || parts.length === 1) return join(text, parts);
  const definitions = [...labels].map((label) => `[${label}]: <>\n`).join('');
  return join(text, parseParts(text, splitPoints(text, bom, apart), `${definitions}\n`));
}

function parseParts(text: string, points: readonly number[], prefix: string): Tree[] {
  const parts: Tree[] = [];
  for (let start = points[0] ?? 0, index = 0, step = 1; start < text.length; ) {
    index = Math.min(index + step, points.length);
    const end = points[index] ?? text.length;
    const source = text.slice(start, end);
    const part = parseWhole(prefix + source);
    const last = part.blocks.at(-1);
    if (end < text.length && last && endsOpen(last, prefix + source)) {
      // Twice as far each time, so that a fence left open over a whole document is not read once per heading.
      step *= 2;
      continue;
    }
    parts.push(moved(part, start - prefix.length, start));
    [start, step] = [end, 1];
  }
  return parts;
}

/** Moves a part to its place and drops the blocks before `from`: the definitions put before it. */
function moved({ blocks, boxes }: Tree, by: number, from: number): Tree {
  for (const block of blocks) move(block, by);
  return {
    blocks: blocks.filter((block) => startOf(block) >= from),
    boxes: new Map([...boxes].map(([item, offset]) => [item, offset + by])),
  };
}

function move(node: Nodes, by: number): void {
  const { start, end } = node.position ?? {};
  if (start?.offset !== undefined) start.offset += by;
  if (end?.offset !== undefined) end.offset += by;
  if ('children' in node) for (const child of node.children) move(child, by);
}

function join(text: string, parts: Tree[]): Tree {
  const blocks: RootContent[] = [];
  for (const block of parts.flatMap((part) => part.blocks)) {
    const last = blocks.at(-1);
    if (last?.type === 'list' && block.type === 'list' && bulletOf(last, text) === bulletOf(block, text)) {
      last.children.push(...block.children);
      if (last.position && block.position) last.position.end = block.position.end;
    } else {
      blocks.push(block);
    }
  }
  return { blocks, boxes: new Map(parts.flatMap((part) => [...part.boxes])) };
}

/** Lists side by side that no block parts are one list, where their bullets are the same character. */
function bulletOf(list: RootContent, text: string): string {
  return (
    text
      .slice(startOf(list))
      .match(/^[-*+]|^\d{1,9}[.)]/)?.[0]
      .slice(-1) ?? ''
  );
}

function definedLabels(node: Nodes): string[] {
  if (node.type === 'definition') return [node.identifier];
  return 'children' in node ? node.children.flatMap(definedLabels) : [];
}

export function startOf(node: Nodes): number {
  return node.position?.start.offset ?? 0;
}

export function endOf(node: Nodes): number {
  return node.position?.end.offset ?? 0;
}
