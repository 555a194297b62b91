import { type Teller, teller } from '../journal/index.ts';
import { checkMeasured } from './evidence.ts';

/** How measurements are told on the timeline. */
export const checkTellers: readonly Teller[] = [
  teller(checkMeasured, ({ check, verdict, sentence, items }) => ({
    text: `Checked ${check}: ${verdict}. ${sentence}`,
    ...(items[0] === undefined ? {} : { link: { to: 'item', item: items[0] } }),
  })),
];
