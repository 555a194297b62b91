import type { Nodes } from 'mdast';

/** The words of a node without their markup, on one line. HTML says nothing, an image its description. */
export function plainText(node: Nodes): string {
  return collect(node).replace(/\s+/g, ' ').trim();
}

/** The words of several nodes, a line for each. */
export function plainLines(nodes: readonly Nodes[]): string {
  return nodes.map(plainText).filter(Boolean).join('\n');
}

function collect(node: Nodes): string {
  switch (node.type) {
    case 'html':
      return '';
    case 'break':
      return ' ';
    case 'image':
    case 'imageReference':
      return node.alt ?? '';
    case 'tableRow':
      return node.children.map(collect).join(' | ');
    case 'table':
    case 'list':
    case 'blockquote':
    case 'listItem':
      return node.children.map(collect).join('\n');
    default:
      if ('children' in node) return node.children.map(collect).join('');
      return 'value' in node ? node.value : '';
  }
}
