import { resetMode, setMode, userPrefersMode } from 'mode-watcher';

export type Theme = 'light' | 'dark' | 'system';

/** What the person chose; reads are tracked by the effect that reads them. */
export function chosenTheme(): Theme {
  return userPrefersMode.current;
}

export function chooseTheme(theme: Theme): void {
  if (theme === 'system') resetMode();
  else setMode(theme);
}
