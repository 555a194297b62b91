import type { LabelTiming } from './answer.ts';

const longestHorizon = 260;
const labelName = /(?:^|[_ ])(?:label|target|y)(?:$|[_ \d])/i;
/** With a return: there are forward earnings, too, that are known today. */
const aheadName = /(?:^|[_ ])(?:fwd|forward|future|next)(?:$|[_ \d])/i;
const pastName = /(?:^|[_ ])(?:prev|previous|past|lag|lagged|trailing)(?:$|[_ \d])/i;
const returnName = /(?:^|[_ ])(?:log)?(?:ret|rets|return|returns)(?:$|[_ \d])/i;

/** Pure: what the name of a column says it is; null where it names no return and no label. */
export function claimOf(name: string): LabelTiming['claim'] | null {
  const words = name.replaceAll(/([a-z])([A-Z])/g, '$1_$2');
  if (pastName.test(words)) return returnName.test(words) ? 'past' : null;
  if (labelName.test(words) || (aheadName.test(words) && returnName.test(words))) return 'label';
  return returnName.test(words) ? 'return' : null;
}

/** Pure: the number in a name, where it can be a count of dates. */
export function horizonIn(name: string): number | null {
  const found = Number(/\d+/.exec(name)?.[0]);
  return found >= 1 && found <= longestHorizon ? found : null;
}
