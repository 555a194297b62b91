import type { Finding } from '../../shared/contract/checklist.ts';

/** What a finding says, with the other places it speaks of. */
export function FindingWords({ finding }: { finding: Finding }) {
  return (
    <div className="inspector-part">
      <p className={finding.code === 'contradiction' ? 'tone-fail break' : 'soft break'}>{finding.message}</p>
      {finding.also.length > 0 && (
        <div className="finding-also">
          {finding.also.map((also) => (
            <Place key={`${also.line}:${also.column}`} {...also} />
          ))}
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
