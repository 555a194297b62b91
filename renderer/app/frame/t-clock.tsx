import { readClock } from '../../../shared/clock.ts';
import type { Countdown } from '../../../shared/contract/pack.ts';
import { formatWall, Glyph, useNow } from '../../ui/index.ts';
import { useFrame } from './actions.tsx';

/** The largest figure on the screen. In a hold it stands still and says why. */
export function TClock({ countdown }: { countdown: Countdown }) {
  const now = useNow(1);
  const { setT0 } = useFrame();
  const { text, held } = readClock(countdown, new Date(now));
  const { hold, t0 } = countdown;
  return (
    <button
      type="button"
      className={`tclock${held ? ' tclock-held' : ''}`}
      onClick={setT0}
      title={t0 ? `T-0 is ${formatWall(new Date(t0))}. Press to change it.` : 'Press to set T-0.'}
    >
      {hold && (
        <>
          <Glyph kind="hold" word="The clock is held" />
          <span className="tclock-reason ellipsis" title={`${hold.reason} (${hold.by})`}>
            {hold.reason}
          </span>
        </>
      )}
      <span className="tclock-figure">{text || <span className="soft">no T-0</span>}</span>
    </button>
  );
}
