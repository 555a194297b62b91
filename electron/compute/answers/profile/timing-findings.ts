import type { LabelTiming, ProfileFinding } from './answer.ts';

/** So nearly the return of the close that chance does not explain it. */
const sameCorrelation = 0.9;

/** Pure: labels that are known at their date, and features that are not. `features` is the list that a model is given. */
export function timingFindings(
  timings: readonly LabelTiming[],
  features: readonly string[],
): ProfileFinding[] {
  return timings.flatMap((timing) => {
    const { column, claim, follows, correlation, namedHorizon, horizon, knownAtEnd } = timing;
    const listed = features.includes(column);
    const found: ProfileFinding[] = [];
    const say = (code: ProfileFinding['code'], level: ProfileFinding['level'], sentence: string) =>
      found.push({ code, level, sentence: `${column} ${sentence}` });
    if (claim === 'label' && follows === 'before') {
      say(
        'label-known',
        'problem',
        `says label and is known at its date: it ${evidence(timing)}. Take the return that follows the date.`,
      );
    } else if (follows === 'after' && (listed || claim === 'past')) {
      const where = listed ? 'is among the features' : 'says past';
      say('feature-ahead', 'problem', `${where} and knows what comes: it ${evidence(timing)}. Take it out.`);
    } else if (claim === 'label' && listed) {
      say(
        'feature-ahead',
        'note',
        'says label and is among the features. Take it out, or call it by what it is.',
      );
    } else if (claim === 'return' && Math.abs(correlation[side(follows)]) > sameCorrelation) {
      const use =
        follows === 'after' ? 'It is a label, and no feature.' : 'It may be a feature, and is no label.';
      say('return-timing', 'note', `${evidence(timing)}. ${use}`);
    }
    if (claim === 'label' && follows === 'after') {
      if (namedHorizon !== null && namedHorizon !== horizon) {
        say(
          'label-horizon',
          'note',
          `says ${namedHorizon}, and ${evidence(timing)}. Purge and embargo by what it is.`,
        );
      }
      if (knownAtEnd > 0) {
        say(
          'label-at-end',
          'note',
          `looks ${horizon} dates ahead and is there on ${knownAtEnd} of the last ${namedHorizon ?? horizon}: it was made from prices that are not in this data, or filled.`,
        );
      }
    }
    return found;
  });
}

const side = (follows: LabelTiming['follows']) => (follows === 'neither' ? 'before' : follows);

function evidence({ follows, horizon, equalShare, correlation, price }: LabelTiming): string {
  const over =
    follows === 'before' && horizon === 1 ? 'of its own date' : `over the ${dates(horizon)} ${follows}`;
  const figures = `correlation ${correlation.after.toFixed(3)} after its date, ${correlation.before.toFixed(3)} before`;
  return equalShare > 0.5
    ? `equals the return of ${price} ${over} in ${Number((100 * equalShare).toPrecision(3))} % of its rows (${figures})`
    : `follows the return of ${price} ${over} (${figures})`;
}

const dates = (count: number) => (count === 1 ? 'date' : `${count} dates`);
