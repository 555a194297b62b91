import type { AnswerValue } from '../../shared/contract/common.ts';
import type { Blobs, Journal } from '../journal/index.ts';
import { nextPlace } from './entries/chains.ts';
import { readEntry, type SignedEntry, verifyEntry } from './entries/entry.ts';
import { keysOfNames, type MadeHere, namesOfPeople } from './entries/people.ts';
import { SignoffError } from './errors.ts';
import { assertAttachable, assertSize, attachmentsOf } from './exchange/attachments.ts';
import { exchangeFiles, readExchange } from './exchange/files.ts';
import { type Merged, mergeEntries, type RefusedCandidate } from './exchange/merge.ts';
import { foldingReview, foldReview, isOnToday, type Review } from './exchange/review.ts';
import { entryKept } from './record/entries.ts';
import type { PackTrust } from './record/trust-files.ts';
import type { Ask } from './signing/askpass.ts';
import { sign } from './signing/sign.ts';
import { findSigningTool } from './signing/tool.ts';
import { type Sight, subjectsFor, subjectsOf } from './statement/sight.ts';
import { namespace, type ReviewSays, type Says, writeStatement } from './statement/statement.ts';
import { atOnce, inTurns, takingTurns } from './turns.ts';
import { maySign, type RolePolicy } from './validity/policy.ts';
import { type RoleStanding, standingsOf } from './validity/standing.ts';

export interface SignoffOptions {
  journal: Journal;
  blobs: Blobs;
  launch: string;
  trust(): PackTrust;
  /** Of the roles whose answers are signed. */
  policies(): readonly RolePolicy[];
  sight(): Sight;
  /** Who started runs of the launch, as their entries name them. */
  deployers(): ReadonlySet<string>;
  now(): Date;
}

/** By whom, and with which key. */
export interface SignWith {
  /** A name that allowed_signers has. */
  as: string;
  keyFile: string;
  ask: Ask;
  signal?: AbortSignal;
}

export interface RefusedEntry extends RefusedCandidate {
  entry: SignedEntry;
}

export interface Imported extends Pick<Merged, 'known' | 'refused'> {
  added: SignedEntry[];
}

export interface Signoffs {
  /** Reads and verifies what is kept, while others get their turn, so that the first look has not to. */
  prepare(): Promise<void>;
  standings(): RoleStanding[];
  /** Entries that verify today by the pack's files, each at the time it claims. */
  entries(): SignedEntry[];
  /** Entries that were kept and do not verify any more, and why. */
  refused(): RefusedEntry[];
  review(): Review;
  /** Ids of reviews that were made on a checklist whose text is not today's. */
  olderReviews(): string[];
  /** Signs marks, comments and files over the whole of the launch. @throws SignoffError */
  sayReview(author: string, said: Omit<ReviewSays, 'kind'>, by: SignWith): Promise<SignedEntry>;
  documents(sha256: string): Buffer | null;
  /** Who started runs of the launch, by every name they have. */
  deployers(): ReadonlySet<string>;
  /** Keeps a file that is to go with a review. Gives its SHA-256. @throws SignoffError `malformed` */
  keepAttachment(bytes: Buffer): string;
  /** Signs an answer over what is there now, and keeps it. @throws SignoffError */
  answer(
    author: string,
    answer: { role: string; value: AnswerValue; condition: string },
    by: SignWith,
  ): Promise<SignedEntry>;
  /** Takes back every standing answer of a role, in a signed entry. @throws SignoffError */
  withdraw(author: string, role: string, by: SignWith): Promise<SignedEntry>;
  /** Everything that was signed, as files for others. */
  exportFiles(): Promise<Map<string, Buffer>>;
  /** Takes in what others sent. With `keep: false` it only says what would come. */
  importFiles(
    author: string,
    files: ReadonlyMap<string, Buffer>,
    options: { keep: boolean },
  ): Promise<Imported>;
}

/** So many entries are written at once: each time waits for the disk. */
const inOneGo = 50;

/** The sign-offs of the launch that is open: kept in the journal, judged anew each time they are looked at. */
export function createSignoffs(options: SignoffOptions): Signoffs {
  const { journal, blobs, launch } = options;
  /** Read once; after that what is recorded is added to them. */
  let read: SignedEntry[] | null = null;
  function* reading(): Generator<void, SignedEntry[]> {
    const rows = journal
      .prepare('SELECT statement, signature FROM signed_entry WHERE launch = ? ORDER BY id')
      .all(launch) as { statement: string; signature: string }[];
    const found: SignedEntry[] = [];
    for (const { statement, signature } of rows) {
      found.push(readEntry(Buffer.from(statement), signature));
      yield;
    }
    return found;
  }
  const kept = (): SignedEntry[] => {
    read ??= atOnce(reading());
    return read;
  };

  let judged: { trust: PackTrust; verdicts: Map<string, RefusedCandidate | null> } | null = null;
  /** Verifies each entry once for as long as the pack's files stay the same. */
  const judge = (entry: SignedEntry, trust: PackTrust): RefusedCandidate | null => {
    if (judged?.trust !== trust) judged = { trust, verdicts: new Map() };
    const key = `${entry.id} ${entry.armoured}`;
    const known = judged.verdicts.get(key);
    if (known !== undefined) return known;
    const verdict = verifyEntry(entry, trust);
    const refusal = verdict.ok ? null : { name: entry.id, code: verdict.code, message: verdict.message };
    judged.verdicts.set(key, refusal);
    return refusal;
  };
  let counting: {
    of: SignedEntry[];
    trust: PackTrust;
    entries: SignedEntry[];
    review: Review | null;
  } | null = null;
  /** The same array for as long as neither the entries nor the pack's files change, and what follows from it alone. */
  const verified = () => {
    const [of, trust] = [kept(), options.trust()];
    if (counting?.of !== of || counting.trust !== trust) {
      counting = { of, trust, entries: of.filter((entry) => judge(entry, trust) === null), review: null };
    }
    return counting;
  };
  const entries = () => verified().entries;
  const review = () => {
    const now = verified();
    now.review ??= foldReview(now.entries);
    return now.review;
  };
  const record = (author: string, made: readonly SignedEntry[]) => {
    const drafts = made.map(({ id, bytes, armoured }) =>
      entryKept.draft({ launch, id, statement: bytes.toString('utf8'), signature: armoured }),
    );
    journal.append(author, ...drafts);
  };
  /** What a merge has verified needs no second look. */
  const remember = (verified: readonly SignedEntry[], trust: PackTrust) => {
    if (judged?.trust !== trust) judged = { trust, verdicts: new Map() };
    for (const { id, armoured } of verified) judged.verdicts.set(`${id} ${armoured}`, null);
  };
  const policyOf = (role: string, person: string): RolePolicy => {
    const policies = options.policies();
    const policy = policies.find((one) => one.role === role);
    if (!policy) {
      const known = policies.map((one) => one.role).join(', ') || 'none';
      throw new SignoffError(
        'not-allowed',
        `Nobody signs as ${role}. Roles with signers in launch.yaml: ${known}.`,
      );
    }
    if (maySign(policy, person)) return policy;
    throw new SignoffError(
      'not-allowed',
      `${person} may not sign as ${policy.title}. launch.yaml allows ${policy.signers.join(', ')}.`,
    );
  };
  let turn: Promise<unknown> = Promise.resolve();
  /** Two signatures at once would take the same place in their author's chain, and look like two histories. */
  const inTurn = (work: () => Promise<SignedEntry>): Promise<SignedEntry> => {
    const made = turn.then(work);
    turn = made.catch(() => {});
    return made;
  };
  const make = async (
    author: string,
    says: Says,
    { sections }: Pick<RolePolicy, 'sections'>,
    by: SignWith,
  ): Promise<SignedEntry> => {
    const tool = await findSigningTool();
    const documents = subjectsFor(options.sight(), sections);
    const bytes = writeStatement(subjectsOf(documents), {
      ...{ launch, author: by.as, device: journal.device },
      ...nextPlace(kept(), { author: by.as, device: journal.device }),
      claimedAt: options.now().toISOString(),
      says,
    });
    const { armoured } = await sign(bytes, { tool, namespace, ...by });
    const entry = readEntry(bytes, armoured);
    const refusal = judge(entry, options.trust());
    if (refusal) throw new SignoffError('not-allowed', `The signature would not count: ${refusal.message}`);
    for (const document of documents) blobs.put(document.bytes);
    record(author, [entry]);
    if (read) read = unionOf(read, [entry]);
    return entry;
  };
  /** Under which name of its journal each entry was signed in this data folder. */
  const recordedBy = new Map<string, string>();
  let lookedUpTo = 0;
  const madeHere = (answers: readonly SignedEntry[]): MadeHere[] => {
    const rows = journal
      .prepare(
        `SELECT seq, author, json_extract(body, '$.id') AS id FROM entry
         WHERE device = ? AND seq > ? AND kind = ? ORDER BY seq`,
      )
      .all(journal.device, lookedUpTo, entryKept.name) as { seq: number; author: string; id: string }[];
    for (const { id, author } of rows) if (!recordedBy.has(id)) recordedBy.set(id, author);
    lookedUpTo = rows.at(-1)?.seq ?? lookedUpTo;
    return answers
      .filter(({ statement }) => statement.predicate.device === journal.device)
      .flatMap(({ id, statement }) => {
        const name = recordedBy.get(id);
        return name === undefined ? [] : [{ recordedBy: name, author: statement.predicate.author }];
      });
  };
  const deployers = () => {
    const starters = options.deployers();
    if (starters.size === 0) return starters;
    const answers = entries().filter(({ statement }) => statement.predicate.says.kind === 'answer');
    return namesOfPeople(starters, madeHere(answers), keysOfNames(options.trust(), answers));
  };
  const standings = () =>
    standingsOf({
      policies: options.policies(),
      entries: entries(),
      sight: options.sight(),
      documents: (digest) => blobs.get(digest),
      deployers: deployers(),
      at: options.now(),
    });

  return {
    async prepare() {
      const found = await inTurns(reading());
      read ??= found;
      const turn = takingTurns();
      for (const entry of read) {
        judge(entry, options.trust());
        await turn();
      }
    },
    standings,
    entries,
    refused() {
      const trust = options.trust();
      return kept().flatMap((entry) => {
        const refusal = judge(entry, trust);
        return refusal ? [{ ...refusal, entry }] : [];
      });
    },
    review,
    olderReviews() {
      const today = subjectsOf(subjectsFor(options.sight(), null)).find(({ name }) => name === 'checklist');
      return entries()
        .filter(({ statement }) => statement.predicate.says.kind === 'review')
        .filter((entry) => !isOnToday(entry, today?.digest.sha256 ?? ''))
        .map(({ id }) => id);
    },
    async sayReview(author, said, by) {
      assertAttachable(said.attachments, (digest) => blobs.get(digest));
      return inTurn(() => make(author, { kind: 'review', ...said }, { sections: null }, by));
    },
    documents: (digest) => blobs.get(digest),
    deployers,
    keepAttachment(bytes) {
      assertSize(bytes);
      return blobs.put(bytes);
    },
    async answer(author, { role, value, condition }, by) {
      const policy = policyOf(role, by.as);
      if (condition.trim() === '' && value === 'go-with-condition')
        throw new SignoffError('malformed', `Say the condition under which ${policy.title} says go.`);
      if (condition.trim() === '' && value === 'no-go')
        throw new SignoffError('malformed', `Say why ${policy.title} says no-go.`);
      return inTurn(() =>
        make(author, { kind: 'answer', role, answer: value, condition, withdraws: [] }, policy, by),
      );
    },
    async withdraw(author, role, by) {
      const policy = policyOf(role, by.as);
      const withdraws = standings()
        .filter((standing) => standing.role === role)
        .flatMap(({ answers }) => answers.map(({ id }) => id));
      if (withdraws.length === 0)
        throw new SignoffError('malformed', `${policy.title} has no answer that could be taken back.`);
      return inTurn(() => make(author, { kind: 'withdrawal', role, withdraws }, policy, by));
    },
    exportFiles: () =>
      exchangeFiles(new Map(kept().map((entry) => [entry.id, entry])), (digest) => blobs.get(digest)),
    async importFiles(author, files, { keep: isKept }) {
      const { candidates, documents, attachments, refused } = await readExchange(files);
      const here = new Map(kept().map((entry) => [entry.id, entry]));
      const trust = options.trust();
      const merged = await mergeEntries(here, candidates, { trust, launch });
      if (isKept) {
        const about = new Set(
          merged.added.flatMap(({ statement }) => statement.subject.map((one) => one.digest.sha256)),
        );
        for (const [digest, bytes] of documents) if (about.has(digest)) blobs.put(bytes);
        // An entry may have come before the files that go with it.
        for (const { sha256, bytes } of [...merged.entries.values()].flatMap(attachmentsOf)) {
          const file = attachments.get(sha256);
          if (file?.length === bytes) blobs.put(file);
        }
        remember(merged.added, trust);
        const turn = takingTurns();
        let done = 0;
        try {
          while (done < merged.added.length) {
            record(author, merged.added.slice(done, done + inOneGo));
            done += inOneGo;
            await turn();
          }
        } finally {
          if (read) read = unionOf(read, merged.added.slice(0, done));
        }
        // Whoever asks next has it at hand.
        const now = verified();
        now.review ??= await inTurns(foldingReview(now.entries));
      }
      return { added: merged.added, known: merged.known, refused: [...refused, ...merged.refused] };
    },
  };
}

/** Both sets in the order of their ids. Of two signatures over the same bytes the same one stays everywhere. */
function unionOf(here: readonly SignedEntry[], made: readonly SignedEntry[]): SignedEntry[] {
  const entries = new Map(here.map((entry) => [entry.id, entry]));
  for (const entry of made) {
    const known = entries.get(entry.id);
    if (!known || entry.armoured < known.armoured) entries.set(entry.id, entry);
  }
  return [...entries.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
