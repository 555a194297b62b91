import type { Finding } from '../../shared/contract/checklist.ts';
import { counted } from '../../shared/units.ts';

/** A document that says one thing in thousands of places is mended from the first few on. */
const mostPlaces = 12;
const mostFindings = 12;

/** The first of what was found in a part of the document; the rest is named by its number. */
export function FindingsPart({ findings }: { findings: readonly Finding[] }) {
  if (findings.length === 0) return null;
  const more = findings.length - mostFindings;
  return (
    <div className="inspector-part">
      <h3>{findings.length === 1 ? 'Finding' : 'Findings'}</h3>
      {findings.slice(0, mostFindings).map((finding) => (
        <FindingWords key={`${finding.line}:${finding.column} ${finding.code}`} finding={finding} />
      ))}
      {more > 0 && <p className="soft">and {counted(more, 'finding')} more</p>}
    </div>
  );
}

/** What a finding says, with the other places it speaks of. */
export function FindingWords({ finding }: { finding: Finding }) {
  return (
    <div className="inspector-part">
      <p className={finding.code === 'contradiction' ? 'tone-fail break' : 'soft break'}>{finding.message}</p>
      {finding.also.length > 0 && (
        <div className="finding-also">
          {finding.also.slice(0, mostPlaces).map((also) => (
            <Place key={`${also.line}:${also.column}`} {...also} />
          ))}
          {finding.also.length > mostPlaces && (
            <span className="finding-more soft">
              and {counted(finding.also.length - mostPlaces, 'place')} more
            </span>
          )}
        </div>
      )}
    </div>
  );
}

function Place({ line, text }: { line: number; text: string }) {
  return (
    <>
      <span className="mono mute">line {line}</span>
      <span className="mono soft break">{text}</span>
    </>
  );
}
