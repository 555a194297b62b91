import './signoff.css';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import {
  AuditDialog,
  CommandButton,
  ProblemList,
  sentenceOf,
  useCommands,
  useService,
} from '../app/index.ts';
import { Banner, EmptyState, Glyph, Page, Panel, Rows, Skeleton } from '../ui/index.ts';
import { AnswerDialog, WithdrawDialog } from './answer-dialog.tsx';
import { signoffCommands } from './commands/index.ts';
import { Differences } from './differences.tsx';
import { HistoryPanel } from './history-panel.tsx';
import { KeyDialog } from './key-dialog.tsx';
import { KeysPanel } from './keys-panel.tsx';
import { RoleInspector } from './role-inspector.tsx';
import { RoleRow, UnsignedRow } from './role-list.tsx';
import { ToSignPanel } from './to-sign-panel.tsx';

type Shown = 'answer' | 'withdraw' | 'key' | 'audit' | null;

/** What each role says, signed; whether it still holds; and the way to say it. */
export function SignoffScreen({ role, onRole }: { role?: string; onRole: (role: string) => void }) {
  const { queries } = useService();
  const navigate = useNavigate();
  const { data: view, error } = useQuery(queries.signoff.get.queryOptions());
  const { data: signers } = useQuery(queries.signoff.signers.queryOptions());
  const board = useQuery(queries.board.get.queryOptions()).data;
  const [shown, setShown] = useState<Shown>(null);

  const standings = view?.standings ?? [];
  const mine = signers?.roles.find(({ by }) => by.length > 0)?.role;
  const selected =
    standings.find((one) => one.role === role) ?? standings.find((one) => one.role === mine) ?? standings[0];
  const signing = signers?.roles.find((one) => one.role === selected?.role);
  const unsigned = board?.roles.filter((one) => !standings.some((standing) => standing.role === one.role));
  const going = standings.filter(({ lacks }) => lacks === '').length;

  const commands = useCommands(signoffCommands, {
    sign: { run: () => setShown('answer'), why: selected ? null : 'No role of this pack has signers.' },
    withdraw: {
      run: () => setShown('withdraw'),
      why: selected && selected.answers.length > 0 ? null : 'There is no signed answer to take back.',
    },
    makeKey: { run: () => setShown('key') },
    audit: { run: () => setShown('audit') },
  });
  const onClose = () => setShown(null);

  return (
    <Rows className="signoff-keyed">
      <Page
        title="Sign-off"
        scrolls
        inspector={
          <>
            {selected && (
              <RoleInspector
                standing={selected}
                signing={signing}
                sign={commands.sign}
                withdraw={selected.answers.length > 0 ? commands.withdraw : undefined}
              />
            )}
            {selected && <ToSignPanel role={selected.role} />}
            <KeysPanel signers={signers} makeKey={commands.makeKey} />
          </>
        }
      >
        {error && (
          <Banner tone="fail" glyph={<Glyph kind="error" />} alarm>
            The signatures cannot be shown. {sentenceOf(error)}
          </Banner>
        )}
        {view && view.problems.length > 0 && (
          <Panel
            title="Whom the pack trusts cannot be read in full"
            tone="fail"
            glyph={<Glyph kind="fail" word="problem" />}
          >
            <ProblemList problems={view.problems} />
          </Panel>
        )}
        <Panel
          title="Roles"
          aside={
            <>
              {standings.length > 0 && `${going} of ${standings.length} go`}
              <CommandButton command={commands.audit} />
            </>
          }
        >
          {!view && !error && <Skeleton rows={4} height={54} />}
          {view && standings.length === 0 && unsigned?.length === 0 && (
            <EmptyState>The pack names no roles.</EmptyState>
          )}
          {view && standings.length === 0 && (unsigned?.length ?? 0) > 0 && (
            <EmptyState>
              No role of this pack has signers, so nothing is signed. Name them under <code>roles</code> in
              launch.yaml, and their keys in <code>allowed_signers</code>.
            </EmptyState>
          )}
          <ul className="signoff-roles">
            {standings.map((standing) => (
              <li key={standing.role}>
                <RoleRow
                  standing={standing}
                  selected={standing === selected}
                  onSelect={() => standing !== selected && onRole(standing.role)}
                />
              </li>
            ))}
            {unsigned?.map((one) => (
              <li key={one.role}>
                <UnsignedRow
                  role={one}
                  onAnswer={() => void navigate({ to: '/', search: { role: one.role } })}
                />
              </li>
            ))}
          </ul>
        </Panel>
        {selected?.answers.map((answer) => (
          <Differences key={answer.id} answer={answer} />
        ))}
        <HistoryPanel view={view} />
      </Page>
      {shown === 'answer' && selected && (
        <AnswerDialog standing={selected} signers={signing?.by ?? []} onClose={onClose} />
      )}
      {shown === 'withdraw' && selected && (
        <WithdrawDialog standing={selected} signers={signing?.by ?? []} onClose={onClose} />
      )}
      {shown === 'key' && <KeyDialog onClose={onClose} />}
      {shown === 'audit' && <AuditDialog onClose={onClose} />}
    </Rows>
  );
}
