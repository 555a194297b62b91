import { memo } from 'react';
import { readAnsi } from './ansi.ts';
import { cutAtMatches } from './highlight.ts';

export const LogLine = memo(function LogLine({
  number,
  text,
  search,
  current,
}: {
  number: number;
  /** Absent while it is being read. */
  text: string | undefined;
  search: string;
  current: boolean;
}) {
  return (
    <div className={`log-line${current ? ' log-line-current' : ''}`}>
      <span className="log-number" aria-hidden="true">
        {number + 1}
      </span>
      <span className="log-text">
        {text === undefined ? (
          <span className="mute">…</span>
        ) : (
          readAnsi(text).map((segment, index) => (
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: the runs of a line never move.
              key={index}
              className={segment.className}
              style={{ color: segment.color, background: segment.background }}
            >
              {cutAtMatches(segment.text, search).map(({ text: piece, found }, place) =>
                // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a run never move.
                found ? <mark key={place}>{piece}</mark> : piece,
              )}
            </span>
          ))
        )}
      </span>
    </div>
  );
});
