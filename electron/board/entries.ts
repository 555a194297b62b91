import { z } from 'zod';
import { answerValue } from '../../shared/contract/common.ts';
import { entryKind } from '../journal/index.ts';

const ofLaunch = { launch: z.string() };

export const roleAnswered = entryKind(
  'role.answered',
  z.object({ ...ofLaunch, role: z.string(), value: answerValue, condition: z.string() }),
);

export const roleWithdrew = entryKind('role.withdrew', z.object({ ...ofLaunch, role: z.string() }));

/** `null` takes the countdown away. */
export const t0Set = entryKind('clock.t0-set', z.object({ ...ofLaunch, t0: z.string().nullable() }));

export const clockHeld = entryKind('clock.held', z.object({ ...ofLaunch, reason: z.string() }));

/** `heldMs`: how long the clock stood, by which T-0 moves. */
export const clockResumed = entryKind(
  'clock.resumed',
  z.object({ ...ofLaunch, heldMs: z.number().int().nonnegative() }),
);
