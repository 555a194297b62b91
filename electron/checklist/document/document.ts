import type { ItemBody } from '../../../shared/contract/checklist.ts';
import type { Rule } from '../../../shared/contract/common.ts';

/** What a box holds. `~` is waived: not of GFM, read and written all the same. */
export type Box = ' ' | 'x' | '~';

/** A checklist document, read. Nothing in it depends on what anybody did with it here. */
export interface Document {
  /** The first heading where it is of level 1, else empty. */
  title: string;
  sections: DocumentSection[];
  items: DocumentItem[];
  contacts: ContactLine[];
  mentions: Mention[];
  endpoints: Endpoint[];
  suspects: Suspect[];
  /** The line that closes a fence or HTML the document leaves open at its end; mostly empty. */
  closing: string;
}

export interface Position {
  line: number;
  column: number;
}

export interface DocumentSection extends Position {
  /** Lasts while the section keeps its heading and the headings above it. */
  id: string;
  title: string;
  /** 1 to 6; 0 for what stands before the first heading. */
  level: number;
  /** Titles from the outermost heading to this one. */
  path: string[];
  phase: string;
}

export interface DocumentItem extends Position {
  /** Lasts while the item keeps its words, its ancestors and its headings, whatever changes around it. */
  id: string;
  section: string;
  /** The nearest item above it in the list. */
  parent: string | null;
  depth: number;
  /** UTF-16 offset of the character between the brackets, in the text as decoded, a byte order mark included. */
  offset: number;
  box: Box;
  title: string;
  /** Texts of the list items above it, boxes or not, outermost first. */
  under: string[];
  body: ItemBody[];
  rules: Rule[];
  /** The role a sign-off line is for, as written; null where it is none. */
  signer: string | null;
  /** Which of several items with the same words in the same place it is, from 0. */
  ordinal: number;
}

/** `- DevOps: [Name] ([Phone])` below a heading of contacts, as list or as code. */
export interface ContactLine extends Position {
  title: string;
  text: string;
  /** What is still to be filled in: `Name`, `Phone`. */
  empty: string[];
}

/** A threshold that stands somewhere in the document. */
export interface Mention extends Position {
  rule: Rule;
  /** The same for every way to name the quantity. */
  key: string;
  /** False for a bare figure: a setting or a result. */
  compares: boolean;
  from: 'item' | 'text' | 'code';
  /** It says when to raise an alarm or turn back, not what must hold. */
  trigger: boolean;
  /** `staging`, `production`, or empty: thresholds of different places do not contradict each other. */
  place: string;
  item: string | null;
}

/** An HTTP path in the document: `/healthz`. */
export interface Endpoint extends Position {
  path: string;
  item: string | null;
}

/** Something in the document's form that a reader will take for something else. */
export interface Suspect extends Position {
  code: 'not-a-box' | 'unknown-state' | 'depth-surprise' | 'item-outside-section' | 'empty-section';
  message: string;
  also: (Position & { text: string })[];
  item: string | null;
}
