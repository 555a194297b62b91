import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { implement } from '@orpc/server';
import {
  type ImportedView,
  type Sharing,
  type SignoffsView,
  signoffContract,
} from '../../shared/contract/signoff.ts';
import { listKeys, makeKey } from '../keys/index.ts';
import {
  differingFiles,
  effectsOfAdding,
  entitlementsOf,
  historyOf,
  readWrittenReview,
  type Session,
  takeOverMarks,
  toSignOf,
  wordsOf,
  writeReview,
} from '../launch/index.ts';
import { writeBundleInTurns } from '../report/index.ts';
import {
  addToFolder,
  digestOf,
  missingFrom,
  type ReviewSays,
  readBundleFilesInTurns,
  readFromFolder,
} from '../signoff/index.ts';
import { placeOf } from './place.ts';

type DraftMark = Pick<ReviewSays['marks'][number], 'item' | 'state' | 'reason'>;

const longestName = 255;

export function signoffProcedures(session: Session) {
  const os = implement(signoffContract);
  const signoffs = () => session.need().signoffs;
  const { ask } = session.prompts;
  const fingerprints = new Map<string, string>();
  const view = (): SignoffsView => {
    const { items, comments, attachments, forks, gaps } = signoffs().review();
    const standings = signoffs().standings();
    return {
      ...historyOf(session.need(), standings, fingerprints),
      comments,
      attachments: attachments.map((one) => ({ ...one, there: fileOf(one) !== null })),
      standings: standings.map(({ answers, ...standing }) => ({
        ...standing,
        answers: answers.map(({ subjects, ...answer }) => answer),
      })),
      refused: signoffs()
        .refused()
        .map(({ entry, ...refusal }) => refusal),
      problems: session.need().trust().problems,
      forks: [...forks],
      gaps,
      olderReviews: signoffs().olderReviews(),
      reviewed: items,
    };
  };
  /** The bytes of an attachment, where they are here as they were signed. */
  const fileOf = ({ sha256, bytes }: { sha256: string; bytes: number }) => {
    const file = signoffs().documents(sha256);
    return file?.length === bytes ? file : null;
  };
  const sayReview = async (
    { marks, ...said }: Omit<ReviewSays, 'kind' | 'marks'> & { marks: DraftMark[] },
    by: { as: string; keyFile: string },
    signal: AbortSignal | undefined,
  ) => {
    const { checklist } = session.need();
    const told = marks.map(({ item: id, state, reason }) => {
      const { path, item } = checklist.item(id);
      return { item: id, state, reason, title: item.title, path };
    });
    await signoffs().sayReview(
      session.author(),
      { marks: told, ...said },
      { ...by, ask, ...(signal && { signal }) },
    );
  };
  /** Takes in what verifies; without `keep` it only says what would come, and what would be different. */
  const takeIn = async (files: ReadonlyMap<string, Buffer>, keep: boolean): Promise<ImportedView> => {
    const launch = session.need();
    const here = launch.signoffs.entries();
    const { added, known, refused } = await launch.signoffs.importFiles(session.author(), files, { keep });
    for (const { author, seq, device } of keep ? signoffs().review().forks : []) {
      const text = `${author} signed two different entries as number ${seq} of ${device}. Ask them which holds.`;
      session.changes.publish({ topic: 'notice', title: 'Two histories of one person', text, tone: 'alarm' });
    }
    return {
      added: added.map(({ id, statement: { predicate } }) => ({
        ...{ id, author: predicate.author, kind: predicate.says.kind, claimedAt: predicate.claimedAt },
        text: wordsOf(predicate.says),
      })),
      effects: keep ? [] : await effectsOfAdding(launch, here, added, session.now()),
      known,
      refused,
      differing: differingFiles(files, launch.folder, launch.digests),
    };
  };
  let sharing: Sharing | null = null;
  const tellSharing = (now: Sharing | null) => {
    sharing = now;
    session.changes.publish({ topic: 'sharing' });
  };
  /** Adds everything that was signed to a shared folder. Gives how many files it lacked. */
  const share = async (
    folder: string,
    files: ReadonlyMap<string, Buffer>,
    signal: AbortSignal | undefined,
  ) => {
    try {
      const onProgress = (done: number, total: number) => tellSharing({ done, total });
      return (await addToFolder(folder, files, { signal, onProgress })).length;
    } finally {
      tellSharing(null);
    }
  };
  const ownKeys = join(homedir(), '.ssh');
  const signers = async () => {
    const launch = session.need();
    const { roles } = launch.describe();
    return entitlementsOf({
      keys: await listKeys({ folder: ownKeys, copies: join(session.dataFolder, 'keys') }),
      trust: launch.trust(),
      policies: launch.policies(),
      standings: launch.signoffs.standings(),
      deployers: launch.deployers(),
      person: session.author(),
      covers: (role) => roles.find(({ id }) => id === role)?.covers ?? null,
      now: session.now(),
    });
  };
  return {
    get: os.get.handler(view),
    signers: os.signers.handler(signers),
    makeKey: os.makeKey.handler(async ({ input }) => {
      await makeKey(ownKeys, input.passphrase);
      return signers();
    }),
    toSign: os.toSign.handler(({ input }) => {
      const launch = session.need();
      const policy = launch.policies().find(({ role }) => role === input.role);
      if (!policy) throw new Error(`Nobody signs as ${input.role}: launch.yaml names no signers for it.`);
      return toSignOf(launch.sight(), policy);
    }),
    sign: os.sign.handler(async ({ input: { as, keyFile, ...answer }, signal }) => {
      await signoffs().answer(session.author(), answer, { as, keyFile, ask, ...(signal && { signal }) });
      return view();
    }),
    review: os.review.handler(async ({ input: { as, keyFile, ...said }, signal }) => {
      await sayReview(said, { as, keyFile }, signal);
      return view();
    }),
    readReview: os.readReview.handler(({ input }) =>
      readWrittenReview(placeOf(input.path), {
        checklist: session.need().checklist,
        keep: (bytes) => signoffs().keepAttachment(bytes),
      }),
    ),
    draft: os.draft.handler(() => session.settings.draft(session.need().id)),
    saveDraft: os.saveDraft.handler(({ input }) => {
      session.settings.setDraft(session.need().id, input);
      return input;
    }),
    attach: os.attach.handler(({ input: { name, bytes: base64 } }) => {
      const bytes = Buffer.from(base64, 'base64');
      return {
        name: name.slice(0, longestName),
        sha256: signoffs().keepAttachment(bytes),
        bytes: bytes.length,
      };
    }),
    attachment: os.attachment.handler(({ input }) => {
      const { attachments } = signoffs().review();
      const drafted = session.settings.draft(session.need().id).attachments;
      const known = [...attachments, ...drafted].find(({ sha256 }) => sha256 === input.sha256);
      const bytes = known && fileOf(known);
      if (!bytes) throw new Error('This file is not here. Ask its sender for a new export.');
      return { bytes: bytes.toString('base64') };
    }),
    signDraft: os.signDraft.handler(async ({ input, signal }) => {
      const { id } = session.need();
      const { marks, comments, attachments } = session.settings.draft(id);
      const untitled = <Row extends { title: string }>(rows: readonly Row[]) =>
        rows.map(({ title, ...row }) => row);
      await sayReview(
        { marks, comments: untitled(comments), attachments: untitled(attachments) },
        input,
        signal,
      );
      session.settings.setDraft(id, { marks: [], comments: [], attachments: [] });
      return view();
    }),
    takeOver: os.takeOver.handler(({ input }) =>
      takeOverMarks(session.need(), session.author(), input.items),
    ),
    withdraw: os.withdraw.handler(async ({ input: { role, as, keyFile }, signal }) => {
      await signoffs().withdraw(session.author(), role, { as, keyFile, ask, ...(signal && { signal }) });
      return view();
    }),
    watchPrompts: os.watchPrompts.handler(({ signal }) => session.prompts.watch(signal)),
    answerPrompt: os.answerPrompt.handler(({ input }) => {
      session.prompts.answer(input.id, input.answer);
      return null;
    }),
    export: os.export.handler(async ({ input, signal }) => {
      const exchange = await signoffs().exportFiles();
      const path = placeOf(input.path);
      if (!path.endsWith('.zip'))
        return { files: await share(path, exchange, signal), sha256: '', leftOut: [] };
      const by = session.author();
      const { files, leftOut } = await writeReview(session.need(), { by, now: session.now(), exchange });
      await writeBundleInTurns(path, files);
      return { files: files.size, sha256: digestOf(readFileSync(path)), leftOut };
    }),
    import: os.import.handler(async ({ input }) =>
      takeIn(await readBundleFilesInTurns(placeOf(input.path)), input.keep),
    ),
    sharedFolder: os.sharedFolder.handler(() => ({ path: session.settings.sharedFolder(session.need().id) })),
    exchange: os.exchange.handler(async ({ input: { path, keep }, signal }) => {
      const folder = placeOf(path);
      const imported = await takeIn(await readFromFolder(folder), keep);
      const files = await signoffs().exportFiles();
      if (!keep) return { ...imported, adds: (await missingFrom(folder, files)).length };
      session.settings.setSharedFolder(session.need().id, folder);
      return { ...imported, adds: await share(folder, files, signal) };
    }),
    sharing: os.sharing.handler(() => sharing),
  };
}
