import type { SignoffsView } from '../../shared/contract/signoff.ts';
import { counted } from '../../shared/units.ts';
import { Banner, Glyph, Panel } from '../ui/index.ts';

const mostShown = 20;
const mostForks = 4;

/** What must not be overlooked: two histories of one person, and signatures that count no more. */
export function Alarms({ view: { forks, refused, gaps, olderReviews } }: { view: SignoffsView }) {
  return (
    <>
      {forks.slice(0, mostForks).map(({ author, device, seq }) => (
        <Banner
          key={`${author} ${device} ${seq}`}
          tone="fail"
          glyph={<Glyph kind="fail" word="alarm" />}
          alarm
        >
          Two histories: <strong>{author}</strong> signed two different entries as number {seq} on device{' '}
          {device.slice(0, 8)}. Both are kept and shown. Ask {author} on another channel which of them is
          theirs: a copied data folder does this, and so does a stolen key.
        </Banner>
      ))}
      {forks.length > mostForks && (
        <Banner tone="fail" glyph={<Glyph kind="fail" word="alarm" />} alarm>
          {forks.length - mostForks} more places with two histories. The audit bundle lists them all.
        </Banner>
      )}
      {refused.length > 0 && (
        <Panel
          title="Signed, and not counted any more"
          tone="fail"
          glyph={<Glyph kind="fail" word="refused" />}
          aside={refused.length}
        >
          <ul>
            {refused.slice(0, mostShown).map(({ name, code, message }) => (
              <li key={name} className="review-refused">
                <span className="break">{message}</span>
                <span className="mono mute" title={name}>
                  {code} · {name.slice(0, 12)}
                </span>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {gaps.length > 0 && (
        <Banner tone="hold" glyph={<Glyph kind="unproven" word="incomplete" />}>
          Something is missing:{' '}
          {gaps
            .slice(0, 5)
            .map(({ author, seq }) => `entry ${seq} of ${author}`)
            .join(', ')}
          {gaps.length > 5 && ` and ${gaps.length - 5} more`}. Ask for a new export.
        </Banner>
      )}
      {olderReviews.length > 0 && (
        <Banner tone="stale" glyph={<Glyph kind="stale" word="older" />}>
          {counted(olderReviews.length, 'review was', 'reviews were')} made on another text of the checklist.
          What {olderReviews.length === 1 ? 'it says' : 'they say'} counts; look whether it still fits.
        </Banner>
      )}
    </>
  );
}
