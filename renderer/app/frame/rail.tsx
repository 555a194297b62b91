import { useQuery } from '@tanstack/react-query';
import { Link, type LinkProps, useLocation } from '@tanstack/react-router';
import type { Launch } from '../../../shared/contract/pack.ts';
import { Menu } from '../../ui/index.ts';
import { useService } from '../service.ts';
import { useFrame } from './actions.tsx';
import { useRailCounts } from './rail-counts.ts';

interface Entry {
  label: string;
  link: LinkProps;
  /** Whether it stands for the screen that is shown. */
  shown: (path: string, filter: string | undefined) => boolean;
  count?: string;
  waits?: boolean;
}

/** `launch` is undefined until it is known whether one is open. */
export function Rail({ launch, name }: { launch: Launch | null | undefined; name: string }) {
  const entries = useEntryCount();
  const record: Entry[] = [
    { label: 'Journal', link: { to: '/journal' }, shown: at('/journal'), count: entries },
    { label: 'Settings', link: { to: '/settings' }, shown: at('/settings') },
  ];
  if (launch === undefined) return <nav className="rail" aria-label="Screens" />;
  return (
    <nav className="rail" aria-label="Screens">
      {launch ? (
        <LaunchEntries record={record} />
      ) : (
        <>
          <Group entries={[{ label: 'Open a pack', link: { to: '/' }, shown: at('/') }]} />
          <Group title="Record" entries={record} />
        </>
      )}
      {launch && <PackMenu launch={launch} name={name} />}
    </nav>
  );
}

const at = (screen: string) => (path: string) =>
  screen === '/' ? path === '/' : path === screen || path.startsWith(`${screen}/`);

function LaunchEntries({ record }: { record: readonly Entry[] }) {
  const counts = useRailCounts();
  const gates = (path: string, filter: string | undefined) => path === '/checklist' && filter === 'gates';
  const list = (path: string, filter: string | undefined) => path === '/checklist' && filter !== 'gates';
  return (
    <>
      <Group
        entries={[
          { label: 'Launch', link: { to: '/' }, shown: at('/'), count: counts.launch },
          { label: 'Checklist', link: { to: '/checklist' }, shown: list, count: counts.checklist },
          { label: 'Sign-off', link: { to: '/sign-off' }, shown: at('/sign-off'), count: counts.signoff },
        ]}
      />
      <Group
        title="Operate"
        entries={[
          {
            label: 'Runs',
            link: { to: '/runs' },
            shown: at('/runs'),
            count: counts.runs,
            waits: counts.runWaits,
          },
          { label: 'Hosts', link: { to: '/hosts' }, shown: at('/hosts'), count: counts.hosts },
        ]}
      />
      <Group
        title="Evidence"
        entries={[
          {
            label: 'Gates',
            link: { to: '/checklist', search: { filter: 'gates' } },
            shown: gates,
            count: counts.gates,
          },
          { label: 'Findings', link: { to: '/findings' }, shown: at('/findings'), count: counts.findings },
          { label: 'Claims', link: { to: '/claims' }, shown: at('/claims'), count: counts.claims },
          {
            label: 'Backtests',
            link: { to: '/backtests' },
            shown: at('/backtests'),
            count: counts.backtests,
          },
          { label: 'Compare', link: { to: '/compare' }, shown: at('/compare') },
          { label: 'Sweep', link: { to: '/sweep' }, shown: at('/sweep') },
          { label: 'Models', link: { to: '/models' }, shown: at('/models'), count: counts.models },
          { label: 'Data', link: { to: '/data' }, shown: at('/data'), count: counts.data },
        ]}
      />
      <Group
        title="Record"
        entries={[
          {
            label: 'Review',
            link: { to: '/review' },
            shown: at('/review'),
            count: counts.review,
            waits: counts.reviewWaits,
          },
          ...record,
        ]}
      />
    </>
  );
}

function useEntryCount(): string {
  const { queries } = useService();
  const session = useQuery(queries.session.get.queryOptions()).data;
  return session ? session.journal.entries.toLocaleString('en') : '';
}

function Group({ title, entries }: { title?: string; entries: Entry[] }) {
  const { pathname, search } = useLocation();
  return (
    <div className="rail-group">
      {title && <span className="rail-group-title">{title}</span>}
      {entries.map(({ label, link, shown, count, waits }) => (
        <Link
          key={label}
          {...link}
          className="rail-entry"
          activeProps={{}}
          // The router's own mark would light Checklist up beside Gates.
          activeOptions={{ exact: true, includeSearch: true }}
          aria-current={shown(pathname, search.filter) ? 'page' : undefined}
        >
          {label}
          <span className={`rail-count figures ellipsis${waits ? ' rail-count-waits' : ''}`}>{count}</span>
        </Link>
      ))}
    </div>
  );
}

function PackMenu({ launch, name }: { launch: Launch; name: string }) {
  const { commands, perform } = useFrame();
  const actions = (...names: (keyof typeof commands)[]) =>
    names.flatMap((key) => {
      const command = commands[key];
      if (!command) return [];
      const { id, title, keys, danger } = command.spec;
      return [{ id, label: title, keys: keys[0], danger, why: command.why, onPress: () => perform(command) }];
    });
  const groups = [
    actions('setT0', 'hold', 'resume'),
    actions('reload', 'export'),
    actions('goLive', 'rehearse'),
    actions('open', 'close'),
  ].filter((group) => group.length > 0);
  return (
    <div className="rail-foot">
      <Menu label="This launch" groups={groups}>
        <span className="rail-foot-lines">
          <span className="ellipsis" title={launch.folder}>
            pack <span className="mono soft">{launch.folder.split(/[\\/]/).at(-1)}</span>
          </span>
          <span className="ellipsis">
            you <span className="soft">{name || 'without a name'}</span>
          </span>
        </span>
      </Menu>
    </div>
  );
}
