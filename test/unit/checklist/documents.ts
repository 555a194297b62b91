import fc from 'fast-check';

/** Pieces of Markdown that are easy to misread, one line each or part of one. */
const pieces = [
  '# Heading\n',
  '## Phase ✅\n',
  '### 3. Section [a]\n',
  '- [ ] one\n',
  '- [x] two\n',
  '- [X] three: p95 < 5s\n',
  '* [ ] star\n',
  '+ plain\n',
  '  - [ ] nested\n',
  '    - [x] deeper `code`\n',
  '\t- [x] after a tab\n',
  '-\t[ ] tab behind the bullet\n',
  '- [~] waived\n',
  '- [ ] **Role**: ____ Date: ____\n',
  '- [ ]\n',
  '- [ ] \n',
  '- []\n',
  '- [-] foreign\n',
  '- [\n] broken\n',
  '- [x](/url) link\n',
  '- [x][a] reference\n',
  '- - [ ] double\n',
  '* * *\n',
  '-\n',
  '1. [ ] numbered\n',
  '   - [ ] under it\n',
  '  - [ ] not under it\n',
  '2) [x] other\n',
  '> quote\n',
  '> - [ ] quoted\n',
  '\n',
  'text\n',
  'text',
  '```\n',
  '~~~~\n',
  '  ```yaml\n',
  'key: 0.2\n',
  '    indented\n',
  '<!-- - [ ] comment -->\n',
  '<!-- open\n',
  '-->\n',
  '<details>\n',
  '</details>\n',
  '<pre>\n',
  '</pre>\n',
  '---\n',
  '===\n',
  '| a | [ ] |\n',
  '|---|---|\n',
  '[a]: /target\n',
  '[x]: /target "title\n',
  '[two\nlines]: <> \n',
  '[ ] text\n',
  '[a] and [two lines]\n',
  '\u00A0',
  '\0',
  '&amp; \\',
  'emoji 😀 ',
  '`',
];

/** Documents put together from such pieces, with every line ending, and with and without a byte order mark. */
export const documents = fc
  .tuple(
    fc.array(fc.constantFrom(...pieces), { maxLength: 28 }),
    fc.constantFrom('\n', '\r\n', '\r'),
    fc.constantFrom('', '\uFEFF'),
  )
  .map(([parts, newline, mark]) => mark + parts.join('').replaceAll('\n', newline));

/** Documents with at least one item. */
export const lists = fc
  .tuple(documents, documents)
  .map(([before, after]) => `${before}\n\n- [ ] an item\n${after.replace('\uFEFF', '')}`);
