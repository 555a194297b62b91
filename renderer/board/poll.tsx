import type { Board, RoleAnswer } from '../../shared/contract/board.ts';
import { type BoundCommand, CommandButton } from '../app/index.ts';
import { EmptyState, formatMoment, Glyph, type GlyphKind, Panel, Skeleton, useNow } from '../ui/index.ts';

/** Who has to decide, and what each has said. */
export function Poll({
  board,
  answer,
  onRole,
}: {
  board: Board | undefined;
  answer: BoundCommand | undefined;
  onRole: (role: string) => void;
}) {
  const roles = board?.roles;
  const counting = roles?.filter((role) => role.answer && !role.lacks).length;
  return (
    <Panel
      title="Poll"
      aside={
        roles &&
        roles.length > 0 && (
          <>
            {counting} of {roles.length} go
            <CommandButton command={answer} tone="primary" />
          </>
        )
      }
    >
      {!roles && <Skeleton rows={4} height={52} />}
      {roles?.length === 0 && <EmptyState>The pack names no roles.</EmptyState>}
      <ul>
        {roles?.map((role) => (
          <li key={role.role}>
            <RoleRow role={role} onPress={() => onRole(role.role)} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

const words = { go: 'GO', 'go-with-condition': 'GO IF', 'no-go': 'NO-GO', abstain: 'ABSTAINS' } as const;

function RoleRow({ role, onPress }: { role: RoleAnswer; onPress: () => void }) {
  const now = useNow(60);
  const { answer, lacks, silent, silenceAt } = role;
  const { kind, tone } = glyphOfRole(role);
  const moment = (at: string) => formatMoment(new Date(at), new Date(now));
  return (
    <button type="button" className="row role-row" onClick={onPress} data-row>
      <Glyph kind={kind} word={answer ? words[answer.value] : 'no answer'} />
      <span className="role-words">
        <span className="strong ellipsis">{role.title}</span>
        {answer ? (
          <span className="soft ellipsis">
            {answer.signed ? 'signed' : 'unsigned'} {moment(answer.at)} by {answer.by}
          </span>
        ) : (
          <span className="soft break">
            no answer
            {silenceAt && ` · ${silent ? 'counts' : 'will count'} as no-go from ${moment(silenceAt)}`}
          </span>
        )}
        {answer?.condition && <span className="soft break">if {answer.condition}</span>}
        {answer && lacks && <span className={`tone-${tone} break`}>{lacks}</span>}
      </span>
      <span className={`role-value tone-${tone}`}>{answer ? words[answer.value] : '—'}</span>
    </button>
  );
}

function glyphOfRole({ answer, lacks, silent }: RoleAnswer): { kind: GlyphKind; tone: string } {
  if (!answer && silent) return { kind: 'fail', tone: 'fail' };
  if (!answer) return { kind: 'open', tone: 'claimed' };
  if (answer.value === 'no-go') return { kind: 'fail', tone: 'fail' };
  if (answer.value === 'abstain') return { kind: 'waived', tone: 'claimed' };
  if (lacks) return { kind: 'stale', tone: 'stale' };
  if (answer.value === 'go-with-condition') return { kind: 'unproven', tone: 'unproven' };
  return { kind: answer.signed ? 'pass' : 'done', tone: 'pass' };
}
