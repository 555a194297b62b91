import { useEffect } from 'react';
import type { Theme } from '../../shared/contract/settings.ts';

export type ShownTheme = Exclude<Theme, 'system'>;

const contrastQuery = '(prefers-contrast: more)';
const lightQuery = '(prefers-color-scheme: light)';
/** So that the next window does not start in another theme before the settings have been read. */
const storageKey = 'holdpoint.theme';

export function resolveTheme(theme: Theme, system: { contrast: boolean; light: boolean }): ShownTheme {
  if (theme !== 'system') return theme;
  if (system.contrast) return 'contrast';
  return system.light ? 'light' : 'dark';
}

/** Shows the theme of the last window until the settings are known. */
export function showLastTheme(): void {
  document.documentElement.dataset.theme = recall() ?? 'dark';
}

// A page without a place of its own, such as one in a frame, has no storage and throws on the mere question.
function recall(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

function remember(theme: ShownTheme): void {
  try {
    localStorage.setItem(storageKey, theme);
  } catch {
    // The next window then starts dark.
  }
}

/** Keeps the page in the chosen theme, and in the system's when that is what was chosen. */
export function useTheme(theme: Theme | undefined): void {
  useEffect(() => {
    if (!theme) return;
    const [contrast, light] = [matchMedia(contrastQuery), matchMedia(lightQuery)];
    const show = () => {
      const shown = resolveTheme(theme, { contrast: contrast.matches, light: light.matches });
      document.documentElement.dataset.theme = shown;
      remember(shown);
    };
    show();
    contrast.addEventListener('change', show);
    light.addEventListener('change', show);
    return () => {
      contrast.removeEventListener('change', show);
      light.removeEventListener('change', show);
    };
  }, [theme]);
}
