import { counted } from '../../shared/units.ts';
import './board.css';
import { useQuery } from '@tanstack/react-query';
import { Navigate, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import {
  CommandButton,
  ProblemList,
  sentenceOf,
  useAction,
  useCommands,
  useFrame,
  useLaunch,
  useService,
} from '../app/index.ts';
import { Banner, Glyph, Page, Panel, Rows } from '../ui/index.ts';
import { AnswerDialog } from './answer-dialog.tsx';
import { boardCommands } from './commands/index.ts';
import { ContactsPanel } from './contacts-panel.tsx';
import { GoCriteria } from './criteria.tsx';
import { DecisionPanel } from './decision-panel.tsx';
import { Exceptions } from './exceptions.tsx';
import { NextPanel } from './next-panel.tsx';
import { NoGoCriteria } from './no-go.tsx';
import { Poll } from './poll.tsx';
import { ProgressPanel } from './progress-panel.tsx';

/** May we go, and if not, exactly why. `role` opens that role's answer. */
export function BoardScreen({ role }: { role?: string }) {
  const { client, queries } = useService();
  const launch = useLaunch();
  const { commands: frame } = useFrame();
  const navigate = useNavigate();
  const { data: board, error } = useQuery(queries.board.get.queryOptions());
  const [answering, setAnswering] = useState<string | null>(null);
  // Where a role has signers only a signature counts, and that is made on its own screen.
  const isSigned = (id: string) => board?.roles.find((one) => one.role === id)?.outdated !== undefined;
  const answerAs = (id: string) =>
    isSigned(id) ? void navigate({ to: '/sign-off', search: { role: id } }) : setAnswering(id);
  const asRole = answering ?? (board?.roles.some((one) => one.role === role) ? role : null) ?? null;

  const recheck = useAction(() => client.checks.run({}), { failure: 'Not everything could be measured' });
  const firstSilent = board?.roles.find(({ answer }) => !answer)?.role ?? board?.roles[0]?.role;
  const commands = useCommands(boardCommands, {
    recheck: { run: () => recheck.run(undefined), why: recheck.busy ? 'It is being measured now.' : null },
    answer: {
      run: () => firstSilent && answerAs(firstSilent),
      why: firstSilent ? null : 'The pack names no roles.',
    },
  });

  if (role && isSigned(role)) return <Navigate to="/sign-off" search={{ role }} replace />;
  return (
    <Rows className="board-keys">
      <Page
        title="Launch"
        scrolls
        inspector={
          <>
            <NextPanel board={board} />
            <Poll board={board} answer={commands.answer} onRole={answerAs} />
            <ProgressPanel progress={board?.progress} />
          </>
        }
      >
        {error && (
          <Banner tone="fail" glyph={<Glyph kind="error" />} alarm>
            The board cannot be shown. {sentenceOf(error)}
          </Banner>
        )}
        {launch.problems.length > 0 && (
          <Panel
            title={`The pack's files have ${counted(launch.problems.length, 'problem')}`}
            tone="fail"
            glyph={<Glyph kind="fail" word="problem" />}
            aside={
              <>
                what you see was last read without any
                <CommandButton command={frame.reload} />
              </>
            }
          >
            <ProblemList problems={launch.problems} />
          </Panel>
        )}
        <DecisionPanel board={board} recheck={commands.recheck} rechecking={recheck.busy} />
        <GoCriteria items={board?.go} />
        <div className="board-pair">
          <NoGoCriteria items={board?.noGo} />
          <Exceptions board={board} />
        </div>
        <ContactsPanel contacts={launch.contacts} empty={board?.emptyContacts ?? []} />
      </Page>
      {board && asRole && (
        <AnswerDialog
          key={asRole}
          roles={board.roles.filter(({ outdated }) => outdated === undefined)}
          first={asRole}
          onClose={() => {
            setAnswering(null);
            if (role) void navigate({ to: '/', replace: true });
          }}
        />
      )}
    </Rows>
  );
}
