import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Launch } from '../../../shared/contract/pack.ts';
import {
  formatDay,
  formatMinute,
  formatZone,
  Glyph,
  isMac,
  KeyCap,
  ModeBadge,
  spellShortcut,
  Tag,
  useNow,
} from '../../ui/index.ts';
import { useService } from '../service.ts';
import { useFrame } from './actions.tsx';
import { Decision } from './decision.tsx';
import { TClock } from './t-clock.tsx';

/** `launch` is undefined until it is known whether one is open. */
export function Header({ launch }: { launch: Launch | null | undefined }) {
  const { link } = useService();
  const { openPalette } = useFrame();
  return (
    <header className="header">
      <span className="header-product">Holdpoint</span>
      {launch ? (
        <div className="header-launch">
          <span className="header-system ellipsis" title={launch.system}>
            {launch.system}
          </span>
          <span className="header-version mono soft ellipsis" title={launch.version}>
            {launch.version}
          </span>
          <ModeBadge mode={launch.mode} />
          {launch.copy && <Tag tone="hold">COPY TO REVIEW</Tag>}
        </div>
      ) : (
        launch === null && <span className="soft">No launch is open</span>
      )}
      {link.phase === 'lost' ? <Tag tone="hold">not connected</Tag> : launch && <ActiveRun />}
      <div className="header-end">
        <WallClock />
        {launch && <TClock countdown={launch.countdown} />}
        {launch && <Decision />}
        <button
          type="button"
          className="palette-key"
          aria-keyshortcuts={spellShortcut('Mod+k', isMac)}
          title="Find a command or an item"
          onClick={openPalette}
        >
          <span className="hidden-word">Find a command or an item</span>
          <KeyCap keys="Mod+k" />
        </button>
      </div>
    </header>
  );
}

function WallClock() {
  const at = new Date(useNow(1));
  return (
    <span className="wall mono">
      <abbr className="mute" title="Local time">
        L
      </abbr>{' '}
      <span className="wall-day">{formatDay(at)} </span>
      {formatMinute(at)} {formatZone(at)}
    </span>
  );
}

/** The run that is under way, or that waits for a person: never out of sight. */
function ActiveRun() {
  const { queries } = useService();
  const runs = useQuery(queries.session.get.queryOptions()).data?.runs ?? [];
  const waiting = runs.find(({ state }) => state === 'holding' || state === 'asking');
  const run = waiting ?? runs[0];
  if (!run) return null;
  return (
    <Link
      to="/runs/$run"
      params={{ run: run.id }}
      className={`header-run${waiting ? ' header-run-waits' : ''}`}
      title={run.text}
    >
      <Glyph kind={waiting ? 'hold' : 'running'} word={waiting ? 'waits for a person' : 'running'} />
      <span className="header-run-words ellipsis">{run.text}</span>
    </Link>
  );
}
