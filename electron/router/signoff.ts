import { implement } from '@orpc/server';
import { type SignoffsView, signoffContract } from '../../shared/contract/signoff.ts';
import type { Timeline } from '../journal/index.ts';
import { auditFactsOf, type Session } from '../launch/index.ts';
import { auditBundle, writeBundle } from '../report/index.ts';
import { addToFolder, digestOf, readBundleFiles } from '../signoff/index.ts';

const wholeTimeline = Number.MAX_SAFE_INTEGER;

export function signoffProcedures(session: Session, timeline: Timeline, version: string) {
  const os = implement(signoffContract);
  const signoffs = () => session.need().signoffs;
  const { ask } = session.prompts;
  const view = (): SignoffsView => {
    const { items, forks, gaps } = signoffs().review();
    return {
      standings: signoffs()
        .standings()
        .map(({ answers, ...standing }) => ({
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
  return {
    get: os.get.handler(view),
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
    export: os.export.handler(({ input }) => {
      const files = signoffs().exportFiles();
      if (!input.path.endsWith('.zip')) return { files: addToFolder(input.path, files).length };
      writeBundle(input.path, files);
      return { files: files.size };
    }),
    import: os.import.handler(async ({ input }) => {
      const files = readBundleFiles(input.path);
      const { added, known, refused } = await signoffs().importFiles(session.author(), files, input);
      for (const { author, seq, device } of signoffs().review().forks) {
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
        })),
        known,
        refused,
      };
    }),
    audit: os.audit.handler(({ input }) => {
      const launch = session.need();
      const { rows } = timeline.page({
        launch: launch.id,
        before: null,
        limit: wholeTimeline,
        groups: [],
        text: '',
      });
      const facts = auditFactsOf(launch, {
        timeline: rows.toReversed(),
        toolVersion: version,
        now: session.now(),
      });
      const files = auditBundle(facts);
      writeBundle(input.path, files);
      return { files: files.size, digest: digestOf(files.get('SHA256SUMS') ?? Buffer.of()) };
    }),
  };
}
