/** Headings under which boxes are for names, not for work. */
const signOff = /\bsign(?:ed)?[ -]?offs?\b|\bapprovals?\b|\bsignatures?\b/i;
const contacts = /\bcontacts?\b|\bescalation\b|\bon-?call\b/i;

export function isSignOff(path: readonly string[]): boolean {
  return path.some((title) => signOff.test(title));
}

export function isContacts(path: readonly string[]): boolean {
  return path.some((title) => contacts.test(title));
}

/** The role of a sign-off line: what stands before its colon or its blanks. */
export function signerOf(line: string): string | null {
  return /^([^:_*]{2,60}?)\s*(?::|[_*]{3,}|$)/.exec(line)?.[1]?.trim() || null;
}

/** Lines to write on, as they come out of an editor: `____`, or `**\\_**` where it escaped them. */
export function hasBlanks(line: string): boolean {
  return /[_*]{3,}|\.{5,}/.test(line);
}

/** `DevOps: [Name] ([Phone])` → who, and what nobody has filled in. */
export function readContact(line: string): { title: string; text: string; empty: string[] } | null {
  const [, title = '', text = ''] = /^\s*([^:[\]]{2,60}?)\s*:\s*(\S.*)$/.exec(line) ?? [];
  if (title === '') return null;
  const empty = [...text.matchAll(/\[([^\]]+)\]/g)].map((match) => match[1] ?? '');
  return { title, text: text.trim(), empty };
}
