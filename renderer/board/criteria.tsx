import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Item } from '../../shared/contract/checklist.ts';
import {
  type BarFigures,
  barFiguresOf,
  glyphOf,
  isMeasured,
  knownAt,
  knownOf,
  useService,
} from '../app/index.ts';
import { Age, EmptyState, Glyph, glyphs, IntervalBar, IntervalLegend, Panel, Skeleton } from '../ui/index.ts';

/** The criteria that must all hold, with what was measured for each. */
export function GoCriteria({ items }: { items: readonly Item[] | undefined }) {
  const figures = useFigures(items ?? []);
  return (
    <Panel title="Go criteria · all must pass" aside={<IntervalLegend />}>
      {!items && <Skeleton rows={8} height={31} />}
      {items?.length === 0 && (
        <EmptyState>
          The pack names no go criteria. Name their heading under <code>criteria: go</code> in launch.yaml.
        </EmptyState>
      )}
      <ul>
        {items?.map((item) => (
          <li key={item.id}>
            <Criterion item={item} figures={figures.get(item.id) ?? null} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Criterion({ item, figures }: { item: Item; figures: BarFigures | null }) {
  const known = knownOf(item) || (item.status === 'claimed' ? 'claimed, no evidence' : '');
  return (
    <Link to="/checklist" search={{ item: item.id }} className="row criterion" data-row>
      <Glyph kind={glyphOf(item)} />
      <span className="ellipsis" title={item.title}>
        {item.title}
      </span>
      <span className="criterion-bar">
        {figures && <IntervalBar of={figures} tone={glyphs[figures.verdict].tone} label={figures.label} />}
      </span>
      <span className={`criterion-known ellipsis${isMeasured(item) ? ' mono' : ' soft'}`} title={known}>
        {known}
      </span>
      <Age at={knownAt(item)} />
    </Link>
  );
}

/** Numbers behind the bars. They are in the evidence, which the board itself does not carry. */
function useFigures(items: readonly Item[]): Map<string, BarFigures> {
  const { queries } = useService();
  const measured = items.filter(({ gate }) => gate?.at);
  const details = useQueries({
    queries: measured.map(({ id }) => queries.checklist.item.queryOptions({ input: { item: id } })),
  });
  return new Map(
    measured.flatMap(({ id }, index) => {
      const figures = barFiguresOf(details[index]?.data?.evidence ?? []);
      return figures ? [[id, figures] as const] : [];
    }),
  );
}
