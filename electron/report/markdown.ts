import type { Block } from './blocks.ts';

/** The same report for a terminal, a pull request or a wiki. */
export function renderMarkdown(blocks: readonly Block[]): string {
  return `${blocks.map(renderBlock).join('\n\n')}\n`;
}

function renderBlock(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${plain(block.text)}`;
    case 'text':
      return plain(block.text);
    case 'alarm':
      return `> **${plain(block.text)}**`;
    case 'code':
      return `\`\`\`\n${block.text}\n\`\`\``;
    case 'list':
      return block.items.map((item) => `- ${plain(item)}`).join('\n');
    case 'table':
      return [
        row(block.head),
        row(block.head.map(() => '---')),
        ...block.rows.map((cells) => row(cells.map(plain))),
      ].join('\n');
  }
}

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

/** Words that are not to be read as markup, on one line. */
function plain(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\*_[\]<>#|~]/g, (character) => `\\${character}`);
}
