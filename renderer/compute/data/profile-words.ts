import type { ProfileView } from '../../../shared/contract/compute/index.ts';
import { counted, formatDuration } from '../../../shared/units.ts';

const dayMs = 86_400_000;

/** `2025-10-31, 386 d ago`: how fresh the last date is. */
export function freshnessWords(to: string, nowMs: number): string {
  if (!/^\d{4}-\d{2}-\d{2}/.test(to)) return to;
  const days = Math.floor((nowMs - Date.parse(to)) / dayMs);
  return days <= 0 ? `${to}, today` : `${to}, ${formatDuration(days * dayMs)} ago`;
}

/** Whether the columns are those that were declared, in a sentence. */
export function featuresSentence(features: NonNullable<ProfileView['features']>): string {
  const { ok, version, listed, missing, unlisted } = features;
  const list = version === null ? `The list of ${listed}` : `The list ${version} of ${listed}`;
  if (ok) return `${list} features is here in full.`;
  return [
    missing.length > 0 && `${list} features lacks ${missing.join(', ')}.`,
    unlisted.length > 0 && `${counted(unlisted.length, 'column')} not on it: ${unlisted.join(', ')}.`,
  ]
    .filter(Boolean)
    .join(' ');
}
