import type { Code, Heading, Html, List, ListItem, Nodes, Paragraph, RootContent, Table } from 'mdast';
import type { DocumentItem, DocumentSection, Position, Suspect } from './document.ts';
import type { Lines } from './lines.ts';
import { endOf, startOf } from './markdown.ts';
import { boxLines, isFooter, suspectBullet } from './suspect-text.ts';
import { plainText } from './text.ts';

type Place = Position & { text: string };

/** Collects what reads as a box or a nesting and is none, while the blocks go by. */
export class Suspects {
  readonly #text: string;
  readonly #lines: Lines;
  readonly #isBox: (item: ListItem) => boolean;
  readonly #found: Suspect[] = [];
  readonly #filled = new Set<DocumentSection>();
  /** How far the end of the document has come: a rule, then a footer after it, then boxes nobody expects there. */
  #closing: 'no' | 'rule' | 'footer' = 'no';
  #stranded: { list: List; section: DocumentSection } | null = null;

  constructor(text: string, lines: Lines, isBox: (item: ListItem) => boolean) {
    this.#text = text;
    this.#lines = lines;
    this.#isBox = isBox;
  }

  heading(heading: Heading): void {
    // The document goes on, so what looked like its closing lines was not.
    this.#closing = 'no';
    this.#stranded = null;
    this.#boxesIn(
      heading,
      startOf(heading),
      'A heading has no box. Put the item into a list below it.',
      /^#+[ \t]+/,
    );
  }

  /** A block of the document itself, which may be the rule and the footer that close it. */
  top(block: RootContent, section: DocumentSection): void {
    if (block.type === 'thematicBreak') {
      if (this.#closing === 'no' && this.#filled.has(section)) this.#closing = 'rule';
      return;
    }
    this.#filled.add(section);
    if (block.type === 'paragraph' && this.#closing === 'rule' && isFooter(this.#source(block)))
      this.#closing = 'footer';
    if (block.type === 'list' && this.#closing === 'footer') this.#stranded ??= { list: block, section };
  }

  #strandedBoxes(): void {
    if (!this.#stranded) return;
    const { list, section } = this.#stranded;
    const boxes = boxesBelow(list)
      .filter(this.#isBox)
      .map((item) => this.#placeOf(item));
    const [first, ...also] = boxes;
    if (!first) return;
    const count = boxes.length === 1 ? 'This box stands' : `These ${boxes.length} boxes stand`;
    this.#add(
      'item-outside-section',
      first,
      `${count} after the closing lines of the document, under no heading of their own (the last is "${section.title}"). Move them to the section they belong to.`,
      also,
    );
  }

  /** Bullets that look nested and are not. */
  list(list: List, before: Nodes | undefined): void {
    let above = before?.type === 'list' ? before.children.at(-1) : undefined;
    let minimum = 1;
    for (const item of list.children) {
      if (
        above &&
        this.#columnOf(item) - this.#columnOf(above) >= minimum &&
        boxesBelow(item).some(this.#isBox)
      ) {
        const needed = this.#contentColumn(above) - this.#columnOf(above);
        const text = short(wordsOf(above.children[0] ?? above));
        this.#add(
          'depth-surprise',
          this.#placeOf(item),
          `It looks as if it stood under "${text}", but stands beside it: indent it by ${needed} columns from that line's bullet.`,
          [this.#placeOf(above)],
        );
        return;
      }
      [above, minimum] = [item, 2];
    }
  }

  /** The first paragraph of a bullet that is no item. */
  bullet(paragraph: Paragraph): void {
    const problem = paragraph.children[0]?.type.startsWith('link')
      ? null
      : suspectBullet(this.#source(paragraph));
    if (problem) this.#add(problem.code, this.#place(startOf(paragraph)), problem.message);
    else this.paragraph(paragraph);
  }

  /** Lines of an item's own text that begin like another item. */
  continuation(paragraph: Paragraph): void {
    const [, ...lines] = this.#source(paragraph).split(/(?<=\r\n|\n|\r(?!\n))/);
    const start = endOf(paragraph) - lines.join('').length;
    this.#boxLines(
      lines.join(''),
      start,
      'This line goes on with the text above, so it is no item. Give it its own bullet at the right depth.',
    );
  }

  paragraph(block: Nodes): void {
    this.#boxesIn(
      block,
      startOf(block),
      'This is text, not a list, so its box is none. Begin the line with "- [ ] " and put an empty line above.',
    );
  }

  table(table: Table): void {
    const cells = table.children.flatMap((row) => row.children);
    const boxes = cells.filter((cell) => /^\[[ xX]?\](?:\s|$)/.test(plainText(cell)));
    const [first, ...also] = boxes.map((cell) => this.#place(startOf(cell)));
    if (first)
      this.#add('not-a-box', first, 'A table has no boxes. Write its rows as a list of items.', also);
  }

  code(code: Code): void {
    const source = this.#source(code);
    if (/^(?:`{3}|~{3})/.test(source)) {
      // Fewer show how a box is written; so many are a list somebody meant to work.
      if (boxLines(source).length < 3) return;
      this.#boxLines(source, startOf(code), 'Between fences it is code and no item. Take the fences away.');
      return;
    }
    this.#boxLines(
      source,
      startOf(code),
      'Indented this far, it is code and no item. Indent it to the text of the item above.',
    );
  }

  html(html: Html): void {
    const source = this.#source(html);
    if (source.startsWith('<!--')) return;
    this.#boxLines(
      source,
      startOf(html),
      'Inside HTML there are no boxes. Put an empty line between the tag and the list.',
    );
  }

  /** What was found, with what only shows once everything was read, in document order. */
  found(items: readonly DocumentItem[], sections: readonly DocumentSection[]): Suspect[] {
    const boxAt = new Map(items.map((item) => [item.line, item.id]));
    this.#strandedBoxes();
    this.#beforeHeadings(items, sections);
    this.#emptySections(sections);
    return this.#found
      .map((suspect) => ({ ...suspect, item: boxAt.get(suspect.line) ?? null }))
      .sort((a, b) => a.line - b.line || a.column - b.column);
  }

  #beforeHeadings(items: readonly DocumentItem[], sections: readonly DocumentSection[]): void {
    const outside = sections.length > 1 ? sections.find((section) => section.level === 0) : undefined;
    const [first, ...also] = items
      .filter((item) => item.section === outside?.id)
      .map(({ line, column, title }) => ({ line, column, text: title }));
    if (first) {
      this.#add(
        'item-outside-section',
        first,
        'It stands before the first heading. Move it into a section.',
        also,
      );
    }
  }

  #emptySections(sections: readonly DocumentSection[]): void {
    for (const [index, section] of sections.entries()) {
      const next = sections[index + 1];
      if (this.#filled.has(section) || (next && next.level > section.level)) continue;
      this.#add(
        'empty-section',
        section,
        `Nothing stands under "${section.title}". Fill it or remove the heading.`,
      );
    }
  }

  #boxesIn(block: Nodes, start: number, message: string, skip = /^/): void {
    const source = this.#source(block);
    const skipped = skip.exec(source)?.[0].length ?? 0;
    this.#boxLines(source.slice(skipped), start + skipped, message);
  }

  #boxLines(source: string, start: number, message: string): void {
    const [first, ...also] = boxLines(source).map((offset) => this.#place(start + offset));
    if (first) this.#add('not-a-box', first, message, also);
  }

  #add(code: Suspect['code'], { line, column }: Position, message: string, also: Place[] = []): void {
    this.#found.push({ code, message, line, column, also, item: null });
  }

  #placeOf(item: ListItem): Place {
    const first = item.children[0];
    return {
      ...this.#place(first ? startOf(first) : startOf(item)),
      text: first ? short(wordsOf(first)) : '',
    };
  }

  #place(offset: number): Place {
    const line = /^[^\r\n]*/.exec(this.#text.slice(offset, offset + 120))?.[0] ?? '';
    return { ...this.#lines.at(offset), text: short(line.trim()) };
  }

  #columnOf(item: ListItem): number {
    return this.#visualColumn(startOf(item));
  }

  #contentColumn(item: ListItem): number {
    const first = item.children[0];
    return first ? this.#visualColumn(startOf(first)) : this.#columnOf(item) + 2;
  }

  /** Tabs reach to the next multiple of four. */
  #visualColumn(offset: number): number {
    let column = 0;
    for (const character of this.#text.slice(offset - this.#lines.at(offset).column + 1, offset)) {
      column = character === '\t' ? column - (column % 4) + 4 : column + 1;
    }
    return column;
  }

  #source(node: Nodes): string {
    return this.#text.slice(startOf(node), endOf(node));
  }
}

function boxesBelow(node: List | ListItem): ListItem[] {
  const below: ListItem[] = node.type === 'listItem' ? [node] : [];
  for (const child of node.children) {
    if (child.type === 'list' || child.type === 'listItem') below.push(...boxesBelow(child));
  }
  return below;
}

/** The text without the box that GFM does not know. */
function wordsOf(node: Nodes): string {
  return plainText(node).replace(/^\[~\](?:\s+|$)/, '');
}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
