import type { Theme } from '../ipc';

/** `system` leaves the choice to `color-scheme`. */
export function setTheme(theme: Theme | undefined) {
  if (!theme || theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
