import type { DriftView } from '../../../shared/contract/compute/index.ts';
import { counted } from '../../../shared/units.ts';
import { Banner, Glyph, Panel, PanelBody } from '../../ui/index.ts';
import { type Column, DataTable } from '../figures/data-table.tsx';
import { formatIndex, formatValue } from '../figures/format.ts';
import { ShareBar } from './share-bar.tsx';

type Feature = DriftView['features'][number];

/** How far the features of two files lie apart, the farthest first. */
export function Drift({ drift }: { drift: DriftView }) {
  const features = [...drift.features].sort((a, b) => b.psi - a.psi);
  const drifted = features.filter((one) => one.drifted).length;
  const farthest = features[0]?.psi ?? 0;
  return (
    <>
      <Banner
        tone={drifted > 0 ? 'fail' : 'pass'}
        glyph={<Glyph kind={drifted > 0 ? 'fail' : 'pass'} silent />}
      >
        {drifted > 0
          ? `${counted(drifted, 'feature')} of ${features.length} drifted: more than chance explains for samples of this size.`
          : `None of ${features.length} features lies farther off than chance explains for samples of this size.`}
      </Banner>
      <Panel
        title="Drift by feature"
        aside={`bar PSI, tick what chance gives · ${drift.rows.reference.toLocaleString('en')} and ${drift.rows.current.toLocaleString('en')} rows`}
      >
        <DataTable
          label="Drift by feature"
          columns={columnsFor(farthest)}
          rows={features}
          keyOf={({ feature }) => feature}
          most={24}
        />
      </Panel>
    </>
  );
}

/** Most features lie near nothing and a few far off: by the root both can be seen. */
const rootShare = (index: number, most: number) => (most > 0 ? Math.sqrt(index / most) : 0);

const columnsFor = (farthest: number): Column<Feature>[] => [
  {
    title: 'feature',
    cell: ({ feature, drifted }) => (
      <span className="drift-name">
        <Glyph kind={drifted ? 'fail' : 'pass'} word={drifted ? 'drifted' : 'as before'} />
        <span className="mono ellipsis" title={feature}>
          {feature}
        </span>
      </span>
    ),
  },
  {
    title: 'PSI against chance',
    width: 150,
    cell: ({ psi, psiCritical, drifted }) => (
      <ShareBar
        share={rootShare(psi, farthest)}
        bound={rootShare(psiCritical, farthest)}
        tone={drifted ? 'fail' : 'claimed'}
      />
    ),
  },
  { title: 'PSI', width: 74, end: true, cell: ({ psi }) => formatIndex(psi) },
  { title: 'critical', width: 74, end: true, cell: ({ psiCritical }) => formatIndex(psiCritical) },
  { title: 'KS', width: 66, end: true, cell: ({ ks }) => formatIndex(ks) },
  { title: 'p', width: 72, end: true, cell: ({ probability }) => formatValue(probability, 'probability') },
  {
    title: 'JS',
    width: 66,
    end: true,
    cell: ({ jensenShannon }) => formatIndex(jensenShannon),
  },
  {
    title: 'missing',
    width: 92,
    end: true,
    cell: ({ missing }) => `${missing.reference} → ${missing.current}`,
  },
];

/** What could not be compared, and why. */
export function DriftInspector({ drift: { unmatched, skipped } }: { drift: DriftView }) {
  const lines = [
    ...skipped.map(({ feature, why }) => ({ feature, why })),
    ...unmatched.reference.map((feature) => ({ feature, why: 'Only in the reference.' })),
    ...unmatched.current.map((feature) => ({ feature, why: 'Only in the current file.' })),
  ];
  return (
    <Panel title="Not compared" aside={String(lines.length)} className="compute-inspector">
      <PanelBody>
        {lines.length === 0 && <p className="soft">Every column has its other.</p>}
        {lines.map(({ feature, why }) => (
          <p key={feature} className="break">
            <span className="mono">{feature}</span> <span className="soft">{why}</span>
          </p>
        ))}
        <p className="soft">
          PSI grows when samples are small. The critical value says how much of it chance alone gives; only
          what lies above it counts. Bars are drawn by the root, so that small ones can be told apart.
        </p>
      </PanelBody>
    </Panel>
  );
}
