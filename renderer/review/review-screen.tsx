import './review.css';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { counted } from '../../shared/units.ts';
import { CommandButton, keysOf, sentenceOf, useCommands, useLaunch, useService } from '../app/index.ts';
import { Banner, EmptyState, Glyph, Page, Panel, PanelBody, Rows, Skeleton } from '../ui/index.ts';
import { Alarms } from './alarms.tsx';
import { AttachDialog } from './attach-dialog.tsx';
import { Attachments } from './attachments.tsx';
import { reviewCommands } from './commands/index.ts';
import { CommentDialog } from './comment-dialog.tsx';
import { Comments } from './comments.tsx';
import { CopyPanel } from './copy-panel.tsx';
import { sizeOf, useDraft, withMark } from './draft.ts';
import { DraftPanel } from './draft-panel.tsx';
import { ExportDialog, ImportDialog } from './exchange-dialogs.tsx';
import { MarkDialog } from './mark-dialog.tsx';
import { ReviewedRow } from './reviewed-row.tsx';
import { ShareDialog } from './share-dialog.tsx';
import { SettleDialog, SignReviewDialog } from './sign-dialogs.tsx';
import { TakeOverDialog } from './take-over-dialog.tsx';

type Shown =
  | 'mark'
  | 'comment'
  | 'attach'
  | 'sign'
  | 'settle'
  | 'take'
  | 'import'
  | 'export'
  | 'share'
  | null;

/** Beyond it a list is no longer read; the items themselves are in the checklist. */
const mostShown = 100;

/**
 * What reviewers say on copies of the launch, how it comes here, and where they differ. With an item it asks at once
 * how it is found, and goes back to where the reader came from.
 */
export function ReviewScreen({ item, onLeave }: { item?: string | undefined; onLeave: () => void }) {
  const { queries } = useService();
  const launch = useLaunch();
  const { data: view, error } = useQuery(queries.signoff.get.queryOptions());
  const signers = keysOf(useQuery(queries.signoff.signers.queryOptions()).data?.keys);
  const [draft, setDraft] = useDraft();
  const [shown, setShown] = useState<Shown>(item ? 'mark' : null);
  const items = useQuery(queries.checklist.get.queryOptions()).data?.items;
  const given = items?.find(({ id }) => id === item);
  const [selected, setSelected] = useState<string | null>(null);

  const reviewed = view?.reviewed ?? [];
  const disputes = reviewed.filter(({ disputed }) => disputed);
  const agreed = reviewed.filter(({ disputed }) => !disputed);
  const dispute = disputes.find(({ item }) => item === selected) ?? disputes[0];
  const open = (what: Shown) => ({ run: () => setShown(what) });
  const commands = useCommands(reviewCommands, {
    mark: open('mark'),
    comment: open('comment'),
    attach: open('attach'),
    sign: { ...open('sign'), why: sizeOf(draft) === 0 ? 'Mark an item or comment first.' : null },
    settle: { ...open('settle'), why: dispute ? null : 'Nothing is disputed.' },
    take: {
      ...open('take'),
      why: agreed.length > 0 ? null : 'No reviewer has marked anything that is not disputed.',
    },
    import: open('import'),
    export: open('export'),
    share: open('share'),
  });
  const onClose = () => (item ? onLeave() : setShown(null));

  return (
    <Rows className="review-keyed">
      <Page
        title="Review"
        scrolls
        inspector={
          <>
            {launch.copy && <CopyPanel copy={launch.copy} />}
            <DraftPanel
              draft={draft}
              onChange={setDraft}
              mark={commands.mark}
              comment={commands.comment}
              attach={commands.attach}
              sign={commands.sign}
            />
            <Panel title="Exchange" aside="works without a network">
              <PanelBody>
                <p className="soft">
                  Send one file, or share a folder. In whatever order things come, and however often,
                  everybody ends with the same.
                </p>
                <div className="review-actions">
                  <CommandButton command={commands.import} />
                  <CommandButton command={commands.export} />
                  <CommandButton command={commands.share} />
                </div>
              </PanelBody>
            </Panel>
          </>
        }
      >
        {error && (
          <Banner tone="fail" glyph={<Glyph kind="error" />} alarm>
            The reviews cannot be shown. {sentenceOf(error)}
          </Banner>
        )}
        {view && <Alarms view={view} />}
        {disputes.length > 0 && (
          <Panel
            title="Disputed"
            tone="fail"
            glyph={<Glyph kind="disputed" />}
            aside={
              <>
                {counted(disputes.length, 'item')}
                <CommandButton command={commands.settle} tone="primary" />
              </>
            }
          >
            <ReviewedList items={disputes} selected={dispute?.item ?? null} onSelect={setSelected} />
          </Panel>
        )}
        <Panel
          title="Marked by reviewers"
          aside={
            view && (
              <>
                {counted(agreed.length, 'item')}
                {agreed.length > 0 && <CommandButton command={commands.take} />}
              </>
            )
          }
        >
          {!view && !error && <Skeleton rows={4} height={64} />}
          {view && agreed.length === 0 && (
            <EmptyState>
              {disputes.length > 0
                ? 'All that reviewers marked is disputed.'
                : 'No review has come yet. Export, let somebody mark and sign their copy, and take in what they send.'}
            </EmptyState>
          )}
          <ReviewedList items={agreed} selected={selected} onSelect={setSelected} />
        </Panel>
        {view && view.comments.length > 0 && <Comments view={view} />}
        {view && view.attachments.length > 0 && <Attachments view={view} />}
      </Page>
      {shown === 'mark' && (
        <MarkDialog
          given={given ? { item: given.id, title: given.title } : null}
          onMark={(mark) => setDraft(withMark(draft, mark))}
          onClose={onClose}
        />
      )}
      {shown === 'comment' && (
        <CommentDialog
          onComment={(comment) => setDraft({ ...draft, comments: [...draft.comments, comment] })}
          onClose={onClose}
        />
      )}
      {shown === 'attach' && (
        <AttachDialog
          onAttach={(file) => setDraft({ ...draft, attachments: [...draft.attachments, file] })}
          onClose={onClose}
        />
      )}
      {shown === 'sign' && <SignReviewDialog draft={draft} signers={signers} onClose={onClose} />}
      {shown === 'settle' && dispute && (
        <SettleDialog disputed={dispute} signers={signers} onClose={onClose} />
      )}
      {shown === 'take' && (
        <TakeOverDialog
          agreed={agreed}
          selected={agreed.find((one) => one.item === selected)}
          onClose={onClose}
        />
      )}
      {shown === 'import' && <ImportDialog onClose={onClose} />}
      {shown === 'share' && <ShareDialog onClose={onClose} />}
      {shown === 'export' && <ExportDialog onClose={onClose} />}
    </Rows>
  );
}

function ReviewedList({
  items,
  selected,
  onSelect,
}: {
  items: readonly Parameters<typeof ReviewedRow>[0]['reviewed'][];
  selected: string | null;
  onSelect: (item: string) => void;
}) {
  return (
    <>
      <ul>
        {items.slice(0, mostShown).map((reviewed) => (
          <li key={reviewed.item}>
            <ReviewedRow
              reviewed={reviewed}
              selected={reviewed.item === selected}
              onSelect={() => onSelect(reviewed.item)}
            />
          </li>
        ))}
      </ul>
      {items.length > mostShown && (
        <PanelBody>
          <p className="soft">and {items.length - mostShown} more</p>
        </PanelBody>
      )}
    </>
  );
}
