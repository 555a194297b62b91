import type { SweepView } from '../../../shared/contract/compute/index.ts';
import { Facts, Glyph, IntervalBar, Panel, PanelBody, Sentence } from '../../ui/index.ts';
import { formatInterval, formatValue } from '../figures/format.ts';
import { placeWords } from './heat.ts';
import { bestSentence, bestVerdict, overfittingSentence } from './sweep-words.ts';

/** The best point, beside the best that luck alone would give. */
export function BestPanel({ sweep }: { sweep: SweepView }) {
  const { best, overfitting, points, axes } = sweep;
  const point = best ? points[best.point] : undefined;
  if (!best || !point) {
    return (
      <Panel title="The best so far" className="compute-inspector">
        <PanelBody>
          <p className="soft">No point has a figure yet.</p>
        </PanelBody>
      </Panel>
    );
  }
  const kind = bestVerdict(best);
  return (
    <Panel
      title={points.length < sweep.size ? 'The best so far' : 'The best'}
      glyph={<Glyph kind={kind} />}
      className="compute-inspector"
    >
      <PanelBody>
        <p className="strong break">{placeWords(point, axes)}</p>
        <IntervalBar
          of={{ bound: best.luckyBest, estimate: best.sharpe, interval: best.interval }}
          tone={kind}
          label={`Sharpe ratio ${formatValue(best.sharpe, 'ratio')} ${formatInterval({ interval: best.interval, unit: 'ratio' })}, against ${formatValue(best.luckyBest, 'ratio')} of luck`}
        />
        <Facts
          facts={[
            {
              label: 'Sharpe',
              value: `${formatValue(best.sharpe, 'ratio')} ${formatInterval({ interval: best.interval, unit: 'ratio' })}`,
            },
            { label: 'lucky best', value: formatValue(best.luckyBest, 'ratio') },
            { label: 'deflated', value: formatValue(best.deflatedSharpe, 'probability') },
            {
              label: 'overfitting',
              value: overfitting === null ? 'not known yet' : formatValue(overfitting, 'probability'),
            },
            { label: 'computed', value: sweep.computed.toLocaleString('en') },
            { label: 'from the store', value: sweep.reused.toLocaleString('en') },
          ]}
        />
        <Sentence tone={kind}>{bestSentence(best)}</Sentence>
        {overfitting !== null && <p className="soft">{overfittingSentence(overfitting)}</p>}
      </PanelBody>
    </Panel>
  );
}
