import { createHash } from 'node:crypto';

const emoji =
  /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|[\u200D\uFE0E\uFE0F\u20E3]/gu;

/** An item's words for comparing: case, spacing and the final colon do not make another item of it. */
export function itemKey(title: string): string {
  return title.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim().replace(/\s*:$/, '');
}

/** A heading's words for comparing: its number and its emoji may change without making another section of it. */
export function headingKey(title: string): string {
  const plain = title.normalize('NFC').replace(emoji, '').replace(/\s+/g, ' ').trim();
  return itemKey(plain.replace(/^\d+(?:\.\d+)*[.)]?\s+(?=\S)/, ''));
}

const markup = /[*`]+|(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])/gu;

/** The words people use in an address: neither emphasis, emoji nor numbers in front count, in items as in headings. */
export function addressKey(words: string): string {
  return headingKey(words.replace(markup, ''));
}

/** A short name for a place in the document that is the same wherever it is computed. */
export function digestId(parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}
