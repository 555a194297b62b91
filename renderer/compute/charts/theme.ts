import { useSyncExternalStore } from 'react';

const roles = {
  text: '--text',
  soft: '--soft',
  mute: '--mute',
  line: '--line',
  panel: '--panel',
  raised: '--raised',
  edge: '--edge',
  first: '--running',
  second: '--unproven',
  loss: '--fail',
  gain: '--pass',
  rest: '--claimed',
  mono: '--mono',
} as const;

/** What a chart draws with, as the theme has it. */
export type Paint = Record<keyof typeof roles, string>;

export function readPaint(): Paint {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(
    Object.entries(roles).map(([name, role]) => [name, style.getPropertyValue(role).trim()]),
  ) as Paint;
}

function subscribe(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}

/** The theme that is shown now: a canvas knows no custom properties, so it is painted again when this changes. */
export function useShownTheme(): string {
  return useSyncExternalStore(subscribe, () => document.documentElement.dataset.theme ?? '');
}
