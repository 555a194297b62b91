import { z } from 'zod';
import { entryKind, on, type Projection, type Teller, teller } from '../../journal/index.ts';
import { readStatement } from '../statement/statement.ts';

/** A signed entry came in: made here, or brought by somebody. Its bytes are kept as they were signed. */
export const entryKept = entryKind(
  'signoff.kept',
  z.object({
    launch: z.string(),
    /** Digest of the statement. */
    id: z.string(),
    statement: z.string(),
    signature: z.string(),
  }),
);

/** Signed entries of every launch. Of two signatures over the same bytes the same one stays everywhere. */
export const signoffProjection: Projection = {
  name: 'signoff',
  version: 1,
  tables: {
    signed_entry: `CREATE TABLE signed_entry (
      launch TEXT NOT NULL, id TEXT NOT NULL, statement TEXT NOT NULL, signature TEXT NOT NULL,
      PRIMARY KEY (launch, id)
    ) STRICT`,
  },
  rules: [
    on(entryKept, (tables, { launch, id, statement, signature }) => {
      tables
        .prepare(
          `INSERT INTO signed_entry VALUES (?, ?, ?, ?) ON CONFLICT (launch, id)
           DO UPDATE SET signature = min(signature, excluded.signature)`,
        )
        .run(launch, id, statement, signature);
    }),
  ],
};

export const signoffTellers: readonly Teller[] = [
  teller(entryKept, ({ statement }) => {
    const { author, says } = readStatement(Buffer.from(statement)).predicate;
    switch (says.kind) {
      case 'answer': {
        const text = `Kept the answer ${says.answer} as ${says.role}${says.condition && `: ${says.condition}`}, signed by ${author}`;
        return { text, link: { to: 'role', role: says.role } };
      }
      case 'withdrawal':
        return {
          text: `Kept what ${author} took back as ${says.role}, signed`,
          link: { to: 'role', role: says.role },
        };
      case 'review':
        return {
          text: `Kept a review of ${says.marks.length} marks and ${says.comments.length} comments, signed by ${author}`,
        };
    }
  }),
];
