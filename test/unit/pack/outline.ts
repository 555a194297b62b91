import type { Nodes } from 'mdast';
import { type Extension, fromMarkdown } from 'mdast-util-from-markdown';
import { toString as textOf } from 'mdast-util-to-string';
import { gfmTaskListItem } from 'micromark-extension-gfm-task-list-item';

/** What a checklist is made of, in document order: headings, boxes, and list entries that are no boxes. */
export interface Line {
  kind: 'heading' | 'box' | 'entry';
  /** Level of a heading; depth of the list of anything else. */
  depth: number;
  ticked: boolean;
  text: string;
  /** Headings and list entries it stands under, outermost first. */
  under: string[];
}

/** Puts what stands in a box on its list entry. */
const boxes: Extension = {
  exit: {
    taskListCheckValueChecked() {
      check(this.stack.at(-2), true);
    },
    taskListCheckValueUnchecked() {
      check(this.stack.at(-2), false);
    },
  },
};

function check(node: Nodes | { type: 'fragment' } | undefined, checked: boolean): void {
  if (node?.type === 'listItem') node.checked = checked;
}

export function outlineOf(markdown: string): Line[] {
  const tree = fromMarkdown(markdown, {
    extensions: [gfmTaskListItem()],
    mdastExtensions: [boxes],
  });
  const lines: Line[] = [];
  const headings: { level: number; text: string }[] = [];
  const walk = (node: Nodes, parents: string[]): void => {
    if (node.type === 'heading') {
      while ((headings.at(-1)?.level ?? 0) >= node.depth) headings.pop();
      const under = headings.map(({ text }) => text);
      headings.push({ level: node.depth, text: textOf(node) });
      lines.push({ kind: 'heading', depth: node.depth, ticked: false, text: textOf(node), under });
    } else if (node.type === 'listItem') {
      const [own, ...below] = node.children;
      const text = own ? textOf(own).trim().replace(/:$/, '') : '';
      const under = [...headings.map((heading) => heading.text), ...parents];
      const isBox = typeof node.checked === 'boolean';
      const kind = isBox ? 'box' : 'entry';
      lines.push({ kind, depth: parents.length, ticked: node.checked === true, text, under });
      for (const child of below) walk(child, [...parents, text]);
    } else if ('children' in node) {
      for (const child of node.children) walk(child, parents);
    }
  };
  walk(tree, []);
  return lines;
}

/**
 * The lines an address means: the beginning of a line's text, with beginnings of what it stands under before it, some
 * of which may be left out.
 */
export function linesAt(lines: Line[], address: string, kinds: Line['kind'][]): Line[] {
  const parts = address.split(' > ').map((part) => part.toLowerCase());
  const last = parts.pop() ?? '';
  const found = lines.filter(({ kind, text, under }) => {
    if (!kinds.includes(kind) || !text.toLowerCase().startsWith(last)) return false;
    let from = 0;
    return parts.every((part) => {
      const at = under.findIndex((above, index) => index >= from && above.toLowerCase().startsWith(part));
      from = at + 1;
      return at >= 0;
    });
  });
  const whole = found.filter(({ text }) => text.toLowerCase() === last);
  return whole.length > 0 ? whole : found;
}
