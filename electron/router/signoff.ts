import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { implement } from '@orpc/server';
import { type SignoffsView, signoffContract } from '../../shared/contract/signoff.ts';
import { listKeys, makeKey } from '../keys/index.ts';
import {
  differingFiles,
  effectsOfAdding,
  entitlementsOf,
  historyOf,
  type Session,
  toSignOf,
  wordsOf,
  writeReview,
} from '../launch/index.ts';
import { writeBundleInTurns } from '../report/index.ts';
import { addToFolder, digestOf, readBundleFilesInTurns } from '../signoff/index.ts';
import { placeOf } from './place.ts';

export function signoffProcedures(session: Session) {
  const os = implement(signoffContract);
  const signoffs = () => session.need().signoffs;
  const { ask } = session.prompts;
  const fingerprints = new Map<string, string>();
  const view = (): SignoffsView => {
    const { items, comments, forks, gaps } = signoffs().review();
    const standings = signoffs().standings();
    return {
      ...historyOf(session.need(), standings, fingerprints),
      comments,
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
    review: os.review.handler(async ({ input: { as, keyFile, marks, comments }, signal }) => {
      const { checklist } = session.need();
      const told = marks.map((mark) => {
        const { path, item } = checklist.item(mark.item);
        return { ...mark, title: item.title, path };
      });
      const by = { as, keyFile, ask, ...(signal && { signal }) };
      await signoffs().sayReview(session.author(), { marks: told, comments }, by);
      return view();
    }),
    withdraw: os.withdraw.handler(async ({ input: { role, as, keyFile }, signal }) => {
      await signoffs().withdraw(session.author(), role, { as, keyFile, ask, ...(signal && { signal }) });
      return view();
    }),
    watchPrompts: os.watchPrompts.handler(({ signal }) => session.prompts.watch(signal)),
    answerPrompt: os.answerPrompt.handler(({ input }) => {
      session.prompts.answer(input.id, input.answer);
      return null;
    }),
    export: os.export.handler(async ({ input }) => {
      const exchange = signoffs().exportFiles();
      const path = placeOf(input.path);
      if (!path.endsWith('.zip'))
        return { files: addToFolder(path, exchange).length, sha256: '', leftOut: [] };
      const by = session.author();
      const { files, leftOut } = await writeReview(session.need(), { by, now: session.now(), exchange });
      await writeBundleInTurns(path, files);
      return { files: files.size, sha256: digestOf(readFileSync(path)), leftOut };
    }),
    import: os.import.handler(async ({ input }) => {
      const files = await readBundleFilesInTurns(placeOf(input.path));
      const launch = session.need();
      const here = launch.signoffs.entries();
      const { added, known, refused } = await launch.signoffs.importFiles(session.author(), files, input);
      for (const { author, seq, device } of input.keep ? signoffs().review().forks : []) {
        const text = `${author} signed two different entries as number ${seq} of ${device}. Ask them which holds.`;
        session.changes.publish({
          topic: 'notice',
          title: 'Two histories of one person',
          text,
          tone: 'alarm',
        });
      }
      return {
        added: added.map(({ id, statement: { predicate } }) => ({
          ...{ id, author: predicate.author, kind: predicate.says.kind, claimedAt: predicate.claimedAt },
          text: wordsOf(predicate.says),
        })),
        effects: input.keep ? [] : await effectsOfAdding(launch, here, added, session.now()),
        known,
        refused,
        differing: differingFiles(files, launch.folder, launch.digests),
      };
    }),
  };
}
