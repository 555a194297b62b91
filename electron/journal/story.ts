import type { Pin } from '../../shared/contract/journal.ts';

/** The pinned entries of a launch as a Markdown document for a post-mortem: when, who, what, and what is said of it. */
export function storyOf(title: string, pins: readonly Pin[]): string {
  const days = Map.groupBy(pins, ({ row }) => row.at.slice(0, 10));
  const parts = [...days].map(([day, some]) => `## ${day}\n\n${some.map(lineOf).join('\n')}\n`);
  const nothing = pins.length === 0 ? 'No entry is pinned.\n' : '';
  return `# Timeline of ${escaped(title)}\n\nTimes are UTC. Each line ends with the place of its entry in the journal.\n\n${nothing}${parts.join('\n')}`;
}

function lineOf({ row, note }: Pin): string {
  const place = `${row.device.slice(0, 8)} ${row.seq}`;
  const told = `- **${row.at.slice(11, 19)}** ${escaped(row.author || 'nobody')}: ${escaped(row.text)} (\`${place}\`)`;
  const said = note
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => `  > ${escaped(line)}`);
  return [told, ...(said.length > 0 ? ['', ...said, ''] : [])].join('\n');
}

/** Words that people typed must not become markup. */
function escaped(text: string): string {
  return text.replace(/[\\`*_~[\]<>#|]/g, '\\$&').replace(/\s+/g, ' ');
}
