import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { Board } from '../../shared/contract/board.ts';
import { placeOf, useAction, useLaunch, useService } from '../app/index.ts';
import { Button, Glyph, KeyCap, Panel, Skeleton } from '../ui/index.ts';
import { type NextAction, nextStep } from './next-step.ts';

const mostItems = 3;

/** What to do now: one thing, then the items that can be worked. */
export function NextPanel({ board }: { board: Board | undefined }) {
  return (
    <Panel title="Next" aside={board && board.next.length > 0 ? `${board.next.length} startable` : undefined}>
      {board ? <NextStepCard board={board} /> : <Skeleton rows={1} height={76} />}
      <ul>
        {board?.next.slice(0, mostItems).map((item) => (
          <li key={item.id}>
            <Link to="/checklist" search={{ item: item.id }} className="row next-row" data-row>
              <Glyph kind={item.status} />
              <span className="ellipsis" title={item.title}>
                {item.title}
              </span>
              <KeyCap keys="Enter" />
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function NextStepCard({ board }: { board: Board }) {
  const launch = useLaunch();
  const navigate = useNavigate();
  const { client, queries } = useService();
  const runs = useQuery(queries.runbook.list.queryOptions()).data;
  const hosts = useQuery(queries.hardware.hosts.queryOptions()).data;
  const rehearses = launch.mode === 'rehearsal';
  const sandbox = useQuery({ ...queries.sandbox.get.queryOptions(), enabled: rehearses }).data;
  const startSandbox = useAction(() => client.sandbox.start(), { failure: 'The sandbox did not start' });
  if (!runs || !hosts || (rehearses && !sandbox)) return <Skeleton rows={1} height={76} />;

  const { title, why, action } = nextStep({
    launch,
    decision: board.decision,
    reasons: board.reasons,
    runs,
    hosts,
    sandbox: rehearses ? (sandbox ?? null) : null,
  });
  const perform = (does: NextAction) => {
    switch (does.to) {
      case 'sandbox':
        return startSandbox.run(undefined);
      case 'host':
        return void navigate({ to: '/hosts', search: { host: does.host } });
      case 'plan':
        return void navigate({ to: '/runs/plan', search: { runbook: does.runbook, target: does.target } });
      case 'run':
        return void navigate({ to: '/runs/$run', params: { run: does.run } });
      case 'rollback':
        return void navigate({ to: '/runs/$run', params: { run: does.run }, search: { rollback: true } });
      case 'link':
        return void navigate(placeOf(does.link));
    }
  };
  return (
    <div className="next-card">
      <div>
        <h3 className="next-title">{title}</h3>
        <p className="soft">{why}</p>
      </div>
      {action && (
        <Button tone="primary" onPress={() => perform(action.does)} busy={startSandbox.busy}>
          {action.label}
        </Button>
      )}
    </div>
  );
}
