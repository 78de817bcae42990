import type { Place } from './places.ts';
import { cycleLandmarks } from './landmarks.ts';
import type { ShellState } from './shell-state.svelte.ts';
import type { Act } from './shortcuts.svelte.ts';
import { chooseTheme, chosenTheme } from './theme.ts';

export interface GlobalActSources {
  readonly shell: ShellState;
  readonly places: readonly Place[];
  readonly go: (href: string) => void;
}

/** What can be done on every page. */
export function globalActs({ shell, places, go }: GlobalActSources): readonly Act[] {
  const visits = places.flatMap(({ href, label, keys }): Act[] =>
    keys === undefined
      ? []
      : [{ label: `Go to ${label.toLowerCase()}`, keys, keysOnly: true, run: () => go(href) }],
  );
  return [
    {
      label: 'Search or do anything',
      keys: 'Mod+K',
      whileTyping: true,
      keysOnly: true,
      run: () => shell.toggle('palette'),
    },
    { label: 'Search', keys: ['/', 's'], keysOnly: true, run: () => shell.open('palette') },
    { label: 'Home', keys: 'h', keysOnly: true, run: () => go(places[0]?.href ?? '/') },
    ...visits,
    { label: 'Open the inbox', keys: 'g n', also: 'notifications bell', run: () => shell.open('inbox') },
    {
      label: 'Show what needs attention',
      keys: 'g t',
      also: 'refused lost tray',
      run: () => shell.open('attention'),
    },
    { label: 'Show keyboard shortcuts', keys: '?', run: () => shell.open('shortcuts') },
    { label: 'Narrow or widen the navigation', keys: '[', run: () => shell.toggleNarrow() },
    {
      label: 'Next region of the page',
      keys: 'F6',
      keysOnly: true,
      whileTyping: true,
      run: () => cycleLandmarks(1),
    },
    {
      label: 'Previous region of the page',
      keys: 'Shift+F6',
      keysOnly: true,
      whileTyping: true,
      run: () => cycleLandmarks(-1),
    },
    {
      label: 'Switch between light and dark',
      keys: 'Shift+D',
      also: 'theme mode',
      run: () => chooseTheme(isDark() ? 'light' : 'dark'),
    },
  ];
}

function isDark(): boolean {
  const theme = chosenTheme();
  return theme === 'system' ? matchMedia('(prefers-color-scheme: dark)').matches : theme === 'dark';
}
