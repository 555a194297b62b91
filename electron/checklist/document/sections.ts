import type { DocumentSection, Position } from './document.ts';
import { digestId, headingKey } from './identity.ts';

/** The headings read so far, and which of them are open. */
export class Sections {
  readonly all: DocumentSection[] = [];
  /** The first heading, where it is of level 1: the title of the document. */
  #title: DocumentSection | null = null;
  #open: DocumentSection[] = [];
  readonly #keys = new Map<DocumentSection, string[]>();
  readonly #seen = new Map<string, number>();

  get title(): string {
    return this.#title?.title ?? '';
  }

  /** The section that what comes next stands in; made when something stands before the first heading. */
  get current(): DocumentSection {
    return this.#open.at(-1) ?? this.#add('', 0, { line: 1, column: 1 }, []);
  }

  enter(title: string, level: number, position: Position): void {
    const isFirst = this.all.every((section) => section.level === 0);
    this.#open = this.#open.filter((section) => section.level > 0 && section.level < level);
    const isTitle = isFirst && level === 1;
    const above = this.#open.at(-1);
    const added = this.#add(
      title,
      level,
      position,
      isTitle ? [] : [...this.#keyOf(above), headingKey(title)],
    );
    if (isTitle) this.#title = added;
  }

  /**
   * The headings that tell something from its like elsewhere. The title of the document is not among them, because
   * it changes with every version.
   */
  get key(): readonly string[] {
    return this.#keyOf(this.current);
  }

  #keyOf(section: DocumentSection | undefined): readonly string[] {
    return (section && this.#keys.get(section)) ?? [];
  }

  #add(title: string, level: number, position: Position, key: string[]): DocumentSection {
    const path = [...this.#open.map((section) => section.title), ...(level === 0 ? [] : [title])];
    const above = this.#open.find((section) => section.level === 2)?.title;
    const text = [level === 0 ? 0 : 1, ...key].join('\n');
    const nth = this.#seen.get(text) ?? 0;
    this.#seen.set(text, nth + 1);
    const section: DocumentSection = {
      id: digestId(['section', text, nth]),
      title,
      level,
      path,
      phase: above ?? (level === 2 ? title : (path[0] ?? '')),
      ...position,
    };
    this.#keys.set(section, key);
    this.all.push(section);
    this.#open.push(section);
    return section;
  }
}
