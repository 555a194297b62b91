import type { Code, ListItem, Nodes, Paragraph, RootContent, Table } from 'mdast';
import type { ItemBody } from '../../../shared/contract/checklist.ts';
import { type FoundRule, findRules, quantityKey } from '../../../shared/rule/index.ts';
import { boxAt } from './box.ts';
import type { ContactLine, Document, DocumentItem, Endpoint, Mention } from './document.ts';
import { digestId, itemKey } from './identity.ts';
import { Lines } from './lines.ts';
import { endOf, startOf } from './markdown.ts';
import { hasBlanks, isContacts, isSignOff, readContact, signerOf } from './people-text.ts';
import { Sections } from './sections.ts';
import { closingOf } from './split.ts';
import { Suspects } from './suspects.ts';
import { plainLines, plainText } from './text.ts';
import { findEndpoints, findSettings, placeOf, soundsAlarm } from './threshold-text.ts';

/** Where in the lists of its section a block stands. */
interface Place {
  parent: DocumentItem | null;
  depth: number;
  under: string[];
  /** The paragraph before the block: `Roll back at once if:` */
  lead: string;
}

const atTop: Place = { parent: null, depth: 0, under: [], lead: '' };

/** Goes through the blocks of a document once, in order, and notes what a checklist is made of. */
export class Reader {
  readonly #text: string;
  readonly #boxes: ReadonlyMap<ListItem, number>;
  readonly #lines: Lines;
  readonly #sections = new Sections();
  readonly #suspects: Suspects;
  readonly #items: DocumentItem[] = [];
  readonly #contacts: ContactLine[] = [];
  readonly #mentions: Mention[] = [];
  readonly #endpoints: Endpoint[] = [];
  readonly #ordinals = new Map<string, number>();

  constructor(text: string, boxes: ReadonlyMap<ListItem, number>) {
    this.#text = text;
    this.#boxes = boxes;
    this.#lines = new Lines(text);
    this.#suspects = new Suspects(text, this.#lines, (item) => this.#boxOffset(item) !== null);
  }

  read(blocks: readonly RootContent[]): Document {
    let lead = '';
    for (const [index, block] of blocks.entries()) {
      if (block.type === 'heading') {
        this.#sections.enter(plainText(block), block.depth, this.#lines.at(startOf(block)));
        this.#suspects.heading(block);
      } else {
        this.#suspects.top(block, this.#sections.current);
        this.#block(block, blocks[index - 1], { ...atTop, lead });
      }
      lead = block.type === 'paragraph' ? plainText(block) : '';
    }
    return {
      title: this.#sections.title,
      sections: this.#sections.all,
      items: this.#items,
      contacts: this.#contacts,
      mentions: this.#mentions,
      endpoints: this.#endpoints,
      suspects: this.#suspects.found(this.#items, this.#sections.all),
      closing: closingOf(blocks.at(-1), this.#text),
    };
  }

  #blocks(blocks: readonly Nodes[], place: Place): void {
    let lead = '';
    for (const [index, block] of blocks.entries()) {
      this.#block(block, blocks[index - 1], { ...place, lead });
      lead = block.type === 'paragraph' ? plainText(block) : '';
    }
  }

  #block(block: Nodes, before: Nodes | undefined, place: Place): void {
    switch (block.type) {
      case 'list':
        this.#suspects.list(block, before);
        for (const item of block.children) this.#listItem(item, place);
        break;
      case 'blockquote':
        this.#blocks(block.children, place);
        break;
      case 'code':
        this.#code(block, place);
        break;
      case 'table':
        this.#table(block, place);
        break;
      case 'paragraph':
      case 'heading':
        this.#words(block, place);
        this.#suspects.paragraph(block);
        break;
      case 'html':
        this.#suspects.html(block);
        break;
    }
  }

  #listItem(node: ListItem, place: Place): void {
    const [first, ...rest] = node.children;
    const offset = this.#boxOffset(node);
    if (first?.type !== 'paragraph') {
      this.#blocks(node.children, place);
    } else if (offset === null) {
      this.#suspects.bullet(first);
      const text = this.#words(first, place);
      this.#blocks(rest, { ...place, under: [...place.under, text] });
    } else {
      this.#suspects.continuation(first);
      const item = this.#item(first, offset, place);
      this.#items.push(item);
      this.#note(item.title, first, place, item, 'item');
      const under = [...place.under, item.title];
      this.#blocks(rest, { parent: item, depth: place.depth + 1, under, lead: '' });
    }
  }

  /**
   * Where the box of a list item stands. `[~]` is none to GFM, so it is looked for in the source. Two boxes of GFM are
   * none here: one with a line ending in it, which nobody could tick, and one with nothing but white space behind it.
   */
  #boxOffset(node: ListItem): number | null {
    const first = node.children[0];
    if (first?.type !== 'paragraph') return null;
    const start = startOf(first);
    const source = this.#text.slice(start, endOf(first));
    const offset = this.#boxes.get(node) ?? (/^\[~\][ \t\r\n]/.test(source) ? start + 1 : null);
    if (offset === null || /[\r\n]/.test(this.#text.charAt(offset))) return null;
    return source.slice(offset - start + 2).trim() === '' ? null : offset;
  }

  #item(paragraph: Paragraph, offset: number, place: Place): DocumentItem {
    const section = this.#sections.current;
    const words = plainText(paragraph).replace(/^\[?~\]?(?:\s+|$)/, (mark) =>
      this.#text[offset] === '~' ? '' : mark,
    );
    const mayBeSigned = paragraph.children.some(({ type }) => type === 'strong') || hasBlanks(words);
    const signer = place.depth === 0 && mayBeSigned && isSignOff(section.path) ? signerOf(words) : null;
    const title = signer !== null && hasBlanks(words) ? signer : words.replace(/\s*:$/, '');
    const key = [
      'item',
      ...this.#sections.key,
      '\n',
      ...place.under.map(itemKey),
      // Names and dates are filled in after the role: they are no other item.
      signer === null ? itemKey(title) : `signs: ${itemKey(signer)}`,
    ];
    const ordinal = this.#ordinals.get(key.join('\n')) ?? 0;
    this.#ordinals.set(key.join('\n'), ordinal + 1);
    return {
      id: digestId([...key, ordinal]),
      section: section.id,
      parent: place.parent?.id ?? null,
      depth: place.depth,
      ...this.#lines.at(offset - 1),
      offset,
      box: boxAt(this.#text, offset),
      title: title || this.#text.slice(offset + 2, endOf(paragraph)).trim(),
      under: place.under,
      body: [],
      rules: [],
      signer,
      ordinal,
    };
  }

  /** Notes what a paragraph says. Below an item it is part of the item's body. */
  #words(block: Nodes, place: Place): string {
    const text = plainText(block);
    if (text === '') return text;
    place.parent?.body.push({ kind: 'text', text });
    this.#note(text, block, place, place.parent, 'text');
    this.#contact(text, startOf(block));
    return text;
  }

  #table(table: Table, place: Place): void {
    this.#suspects.table(table);
    place.parent?.body.push({ kind: 'text', text: plainLines(table.children) });
    for (const row of table.children) {
      for (const cell of row.children) this.#note(plainText(cell), cell, place, place.parent, 'text');
    }
  }

  #code(code: Code, place: Place): void {
    const body: ItemBody = { kind: 'code', text: code.value, language: code.lang ?? '' };
    place.parent?.body.push(body);
    this.#suspects.code(code);
    const start = startOf(code);
    for (const { found } of findSettings(code.value, code.lang ?? ''))
      this.#mention(found, code, place, place.parent, 'code');
    this.#noteEndpoints(code.value, code, place.parent);
    if (code.lang || !isContacts(this.#sections.current.path)) return;
    let from = start;
    for (const line of code.value.split('\n')) {
      const at = this.#text.indexOf(line.trim(), from);
      this.#contact(line, at < 0 ? start : at);
      from = Math.max(from, at);
    }
  }

  #contact(line: string, at: number): void {
    if (!isContacts(this.#sections.current.path)) return;
    const contact = readContact(line);
    if (contact) this.#contacts.push({ ...contact, ...this.#lines.at(at) });
  }

  #note(text: string, node: Nodes, place: Place, item: DocumentItem | null, from: 'item' | 'text'): void {
    for (const found of findRules(text)) {
      this.#mention(found, node, place, item, from);
      if (item && (from === 'item' || found.compares)) item.rules.push(found.rule);
    }
    for (const code of inlineCode(node)) this.#noteEndpoints(code, node, item);
  }

  #mention(
    found: FoundRule,
    node: Nodes,
    place: Place,
    item: DocumentItem | null,
    from: Mention['from'],
  ): void {
    const { path, title } = this.#sections.current;
    const around = [...place.under, place.lead, item?.title ?? '', plainText(node)];
    this.#mentions.push({
      rule: found.rule,
      key: quantityKey(found.rule.quantity),
      compares: found.compares,
      from,
      trigger: soundsAlarm([title, ...around]),
      place: placeOf([...path, ...around]),
      item: item?.id ?? null,
      ...this.#locate(found.rule.text, node),
    });
  }

  #noteEndpoints(code: string, node: Nodes, item: DocumentItem | null): void {
    for (const path of findEndpoints(code)) {
      this.#endpoints.push({ path, item: item?.id ?? null, ...this.#locate(path, node) });
    }
  }

  /** The place of some words inside a node; the node's own where markup stands between them. */
  #locate(words: string, node: Nodes) {
    const [start, end] = [startOf(node), endOf(node)];
    return this.#lines.at(start + Math.max(0, this.#text.slice(start, end).indexOf(words)));
  }
}

function inlineCode(node: Nodes): string[] {
  if (node.type === 'inlineCode') return [node.value];
  return 'children' in node ? node.children.flatMap(inlineCode) : [];
}
