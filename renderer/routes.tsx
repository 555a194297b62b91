import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  type ErrorComponentProps,
  Outlet,
  useNavigate,
  useRouter,
  useSearch,
} from '@tanstack/react-router';
import { type ComponentType, lazy, type ReactNode, Suspense } from 'react';
import { Frame, sentenceOf, useCurrentLaunch } from './app/index.ts';
import type { FilterName } from './checklist/index.ts';
import type { Place as ShownJob } from './compute/index.ts';
import { Banner, Button, Glyph, Page, Skeleton } from './ui/index.ts';

/** Every screen is its own file, read when it is first shown or when the window has nothing else to do. */
const load = {
  board: () => import('./board/index.ts'),
  checklist: () => import('./checklist/index.ts'),
  runbook: () => import('./runbook/index.ts'),
  signoff: () => import('./signoff/index.ts'),
  hardware: () => import('./hardware/index.ts'),
  review: () => import('./review/index.ts'),
  journal: () => import('./journal/index.ts'),
  compute: () => import('./compute/index.ts'),
  settings: () => import('./settings/index.ts'),
  pack: () => import('./pack/index.ts'),
};
const BoardScreen = lazy(async () => ({ default: (await load.board()).BoardScreen }));
const ChecklistScreen = lazy(async () => ({ default: (await load.checklist()).ChecklistScreen }));
const FindingsScreen = lazy(async () => ({ default: (await load.checklist()).FindingsScreen }));
const SignoffScreen = lazy(async () => ({ default: (await load.signoff()).SignoffScreen }));
const RunsScreen = lazy(async () => ({ default: (await load.runbook()).RunsScreen }));
const PlanScreen = lazy(async () => ({ default: (await load.runbook()).PlanScreen }));
const RunScreen = lazy(async () => ({ default: (await load.runbook()).RunScreen }));
const HostsScreen = lazy(async () => ({ default: (await load.hardware()).HostsScreen }));
const ReviewScreen = lazy(async () => ({ default: (await load.review()).ReviewScreen }));
const JournalScreen = lazy(async () => ({ default: (await load.journal()).JournalScreen }));
const ClaimsScreen = lazy(async () => ({ default: (await load.compute()).ClaimsScreen }));
const BacktestsScreen = lazy(async () => ({ default: (await load.compute()).BacktestsScreen }));
const CompareScreen = lazy(async () => ({ default: (await load.compute()).CompareScreen }));
const SweepScreen = lazy(async () => ({ default: (await load.compute()).SweepScreen }));
const ModelsScreen = lazy(async () => ({ default: (await load.compute()).ModelsScreen }));
const DataScreen = lazy(async () => ({ default: (await load.compute()).DataScreen }));
const SettingsScreen = lazy(async () => ({ default: (await load.settings()).SettingsScreen }));
const PackScreen = lazy(async () => ({ default: (await load.pack()).PackScreen }));

/** Reads the other screens once the first one stands, so that none is waited for later. */
export function loadScreensWhenIdle(): void {
  requestIdleCallback(() => void Promise.all(Object.values(load).map((one) => one())));
}

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
const flag = (value: unknown) => (value === true ? true : undefined);
const filters: readonly string[] = [
  'open',
  'claimed',
  'gates',
  'red',
  'blocked',
  'mine',
  'phase',
] satisfies FilterName[];

const root = createRootRoute({
  component: () => (
    <Frame>
      <Suspense fallback={<Opening />}>
        <Outlet />
      </Suspense>
    </Frame>
  ),
  notFoundComponent: () => (
    <Page title="Nothing here">
      <Banner tone="hold" glyph={<Glyph kind="unknown" silent />}>
        There is no such screen. The rail on the left lists them all.
      </Banner>
    </Page>
  ),
});

/** For the moment in which a screen is still being read. */
function Opening() {
  return (
    <Page title="Opening">
      <Skeleton rows={0} />
    </Page>
  );
}

/** Screens of a launch. Without one there is the way to open one. */
function WithLaunch({ children }: { children: ReactNode }) {
  const { launch, problem } = useCurrentLaunch();
  if (launch) return children;
  if (launch === null) return <PackScreen />;
  if (problem === null) return <Opening />;
  return (
    <Page title="Opening">
      <Banner tone="fail" glyph={<Glyph kind="error" silent />} alarm>
        It cannot be told which launch is open. {problem}
      </Banner>
    </Page>
  );
}

function ScreenFailed({ error, reset }: ErrorComponentProps) {
  return (
    <Page title="The screen failed">
      <Banner
        tone="fail"
        glyph={<Glyph kind="error" silent />}
        alarm
        action={<Button onPress={reset}>Show it again</Button>}
      >
        This screen stopped working: {sentenceOf(error)} Nothing else is affected; runs go on.
      </Banner>
    </Page>
  );
}

const board = createRoute({
  getParentRoute: () => root,
  path: '/',
  validateSearch: (search): { role?: string } => ({ role: text(search.role) }),
  component: function Board() {
    const { role } = board.useSearch();
    return (
      <WithLaunch>
        <BoardScreen role={role} />
      </WithLaunch>
    );
  },
});

const checklist = createRoute({
  getParentRoute: () => root,
  path: '/checklist',
  validateSearch: (search): { filter?: FilterName; item?: string } => ({
    filter: filters.includes(String(search.filter)) ? (search.filter as FilterName) : undefined,
    item: text(search.item),
  }),
  component: function Checklist() {
    const place = checklist.useSearch();
    const navigate = checklist.useNavigate();
    return (
      <WithLaunch>
        <ChecklistScreen {...place} onPlace={(next) => void navigate({ search: next, replace: true })} />
      </WithLaunch>
    );
  },
});

const signoff = createRoute({
  getParentRoute: () => root,
  path: '/sign-off',
  validateSearch: (search): { role?: string } => ({ role: text(search.role) }),
  component: function Signoff() {
    const { role } = signoff.useSearch();
    const navigate = signoff.useNavigate();
    return (
      <WithLaunch>
        <SignoffScreen
          role={role}
          onRole={(next) => void navigate({ search: { role: next }, replace: true })}
        />
      </WithLaunch>
    );
  },
});

const review = createRoute({
  getParentRoute: () => root,
  path: '/review',
  validateSearch: (search): { item?: string } => ({ item: text(search.item) }),
  component: function Review() {
    const { item } = review.useSearch();
    const { history } = useRouter();
    return (
      <WithLaunch>
        <ReviewScreen key={item} item={item} onLeave={() => history.back()} />
      </WithLaunch>
    );
  },
});

const findings = createRoute({
  getParentRoute: () => root,
  path: '/findings',
  component: () => (
    <WithLaunch>
      <FindingsScreen />
    </WithLaunch>
  ),
});

const runs = createRoute({
  getParentRoute: () => root,
  path: '/runs',
  component: () => (
    <WithLaunch>
      <RunsScreen />
    </WithLaunch>
  ),
});

const plan = createRoute({
  getParentRoute: () => root,
  path: '/runs/plan',
  validateSearch: (search): { runbook?: string; target?: string } => ({
    runbook: text(search.runbook),
    target: text(search.target),
  }),
  component: function Plan() {
    return (
      <WithLaunch>
        <PlanScreen {...plan.useSearch()} />
      </WithLaunch>
    );
  },
});

const run = createRoute({
  getParentRoute: () => root,
  path: '/runs/$run',
  validateSearch: (search): { rollback?: boolean } => ({ rollback: flag(search.rollback) }),
  component: function Run() {
    const { run: id } = run.useParams();
    const { rollback = false } = run.useSearch();
    const navigate = run.useNavigate();
    return (
      <WithLaunch>
        <RunScreen
          id={id}
          rollback={rollback}
          onRollback={(shown) => void navigate({ search: { rollback: shown || undefined }, replace: true })}
        />
      </WithLaunch>
    );
  },
});

const hosts = createRoute({
  getParentRoute: () => root,
  path: '/hosts',
  validateSearch: (search): { host?: string } => ({ host: text(search.host) }),
  component: function Hosts() {
    return (
      <WithLaunch>
        <HostsScreen {...hosts.useSearch()} />
      </WithLaunch>
    );
  },
});

const journal = createRoute({
  getParentRoute: () => root,
  path: '/journal',
  component: () => <JournalScreen />,
});

/** A screen of compute keeps which job it shows. */
function computeRoute<const Path extends string>(path: Path, Screen: ComponentType<ShownJob>) {
  return createRoute({
    getParentRoute: () => root,
    path,
    validateSearch: (search): { job?: string } => ({ job: text(search.job) }),
    component: function Compute() {
      const { job } = useSearch({ strict: false });
      const navigate = useNavigate();
      return (
        <WithLaunch>
          <Screen
            job={job}
            onJob={(next) => void navigate({ to: '.', search: { job: next }, replace: true })}
          />
        </WithLaunch>
      );
    },
  });
}

const claims = computeRoute('/claims', ClaimsScreen);
const backtests = computeRoute('/backtests', BacktestsScreen);
const compare = computeRoute('/compare', CompareScreen);
const sweep = computeRoute('/sweep', SweepScreen);
const models = computeRoute('/models', ModelsScreen);
const data = computeRoute('/data', DataScreen);

const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  validateSearch: (search): { keys?: boolean } => ({ keys: flag(search.keys) }),
  component: function Settings() {
    return <SettingsScreen keys={settings.useSearch().keys ?? false} />;
  },
});

const packs = createRoute({
  getParentRoute: () => root,
  path: '/packs',
  component: () => <PackScreen />,
});

/** The address is kept behind the `#`, so that a reload comes back to the same place on every host. */
export function createWindowRouter() {
  return createRouter({
    routeTree: root.addChildren([
      board,
      checklist,
      signoff,
      findings,
      runs,
      plan,
      run,
      hosts,
      review,
      claims,
      backtests,
      compare,
      sweep,
      models,
      data,
      journal,
      settings,
      packs,
    ]),
    history: createHashHistory(),
    defaultErrorComponent: ScreenFailed,
    scrollRestoration: false,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createWindowRouter>;
  }
}
