import { counted } from '../../shared/units.ts';
import './checklist.css';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Finding } from '../../shared/contract/checklist.ts';
import { useService } from '../app/index.ts';
import { EmptyState, Glyph, type GlyphKind, Page, Panel, PanelBody, Rows, Skeleton } from '../ui/index.ts';
import { FindingWords } from './finding-words.tsx';

const groups: Record<Finding['code'], { title: string; glyph: GlyphKind }> = {
  contradiction: { title: 'The same quantity with two thresholds', glyph: 'fail' },
  'ticked-parent-open-child': { title: 'Ticked, with something open below', glyph: 'unproven' },
  'unknown-state': { title: 'A box with a sign that means nothing', glyph: 'unknown' },
  'not-a-box': { title: 'Reads as a box but is none', glyph: 'unknown' },
  'item-outside-section': { title: 'Outside any section', glyph: 'left-out' },
  'depth-surprise': { title: 'Nested deeper or flatter than it looks', glyph: 'open' },
  'duplicate-item': { title: 'Twice in the same section', glyph: 'open' },
  'empty-section': { title: 'A section without items', glyph: 'open' },
};
/** More of one kind than anybody reads through; they go as the first ones are mended. */
const mostOfKind = 200;
const codes = Object.keys(groups) as Finding['code'][];

/** What is wrong with the document itself. */
export function FindingsScreen() {
  const { queries } = useService();
  const { data: checklist } = useQuery(queries.checklist.get.queryOptions());
  const [selected, setSelected] = useState<Finding | null>(null);
  const findings = checklist?.findings ?? [];
  const shown = selected ?? codes.flatMap((code) => findings.filter((one) => one.code === code))[0] ?? null;
  return (
    <Page
      title="Findings"
      inspector={
        <Panel title={shown ? groups[shown.code].title : 'Selected finding'} fills className="inspector">
          <PanelBody>
            {shown && (
              <>
                <p className="mono soft break">
                  {checklist?.file}:{shown.line}:{shown.column}
                </p>
                <FindingWords finding={shown} />
                {shown.item && (
                  <Link to="/checklist" search={{ item: shown.item }} className="link">
                    Show the item
                  </Link>
                )}
              </>
            )}
          </PanelBody>
        </Panel>
      }
    >
      <Panel
        title="What the document says twice, wrongly or not at all"
        aside={checklist && counted(findings.length, 'finding')}
        fills
        className="list-panel"
      >
        {!checklist && <Skeleton rows={12} height={38} />}
        {checklist && findings.length === 0 && (
          <EmptyState>Nothing contradicts itself in {checklist.file}.</EmptyState>
        )}
        <Rows className="findings">
          {codes.map((code) => {
            const ofCode = findings.filter((one) => one.code === code);
            if (ofCode.length === 0) return null;
            return (
              <div key={code}>
                <h3 className="findings-group">
                  {groups[code].title} <span className="mute">{ofCode.length}</span>
                </h3>
                {ofCode.slice(0, mostOfKind).map((finding) => (
                  <button
                    key={`${finding.line}:${finding.column} ${finding.message}`}
                    type="button"
                    className="row finding-row"
                    aria-pressed={finding === shown}
                    onClick={() => setSelected(finding)}
                    onFocus={() => setSelected(finding)}
                    data-row
                  >
                    <Glyph kind={groups[code].glyph} word={groups[code].title} />
                    <span className="mono mute">{finding.line}</span>
                    <span className="break">{finding.message}</span>
                  </button>
                ))}
                {ofCode.length > mostOfKind && (
                  <p className="findings-more soft">
                    and {counted(ofCode.length - mostOfKind, 'finding')} more of this kind
                  </p>
                )}
              </div>
            );
          })}
        </Rows>
      </Panel>
    </Page>
  );
}
