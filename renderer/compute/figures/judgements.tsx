import type { ComputedFigure, Judgement } from '../../../shared/contract/compute/index.ts';
import { EmptyState, Glyph, Panel } from '../../ui/index.ts';
import { formatFigure } from './format.ts';
import { byVerdict, verdicts } from './verdicts.ts';

/** What rules make of figures, each with the sentence why. */
export function Judgements({
  title,
  aside,
  judgements,
  figures = [],
  empty,
}: {
  title: string;
  aside?: string;
  judgements: readonly Judgement[];
  /** Where the judged figures are looked up. */
  figures?: readonly ComputedFigure[];
  empty: string;
}) {
  return (
    <Panel title={title} aside={aside}>
      {judgements.length === 0 && <EmptyState>{empty}</EmptyState>}
      <ul>
        {byVerdict(judgements).map((one) => {
          const figure = figures.find(({ name }) => name === one.figure);
          const { kind, word, tone } = verdicts[one.verdict];
          return (
            <li key={`${one.rule} ${one.figure} ${one.sentence}`} className="judgement">
              <Glyph kind={kind} word={word} />
              <span className="judgement-words">
                <span className="judgement-head">
                  <span className="strong">{one.rule || one.figure}</span>
                  <span className={`tone-${tone}`}>{word}</span>
                  {figure && <span className="mono judgement-figure">{formatFigure(figure)}</span>}
                </span>
                <span className="soft break">{one.sentence}</span>
              </span>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
