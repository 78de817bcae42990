/** What is in the menu of a person: their theme, their own pages, and the ways out. */
import FileX from 'lucide-svelte/icons/file-x';
import Mail from 'lucide-svelte/icons/mail';
import Download from 'lucide-svelte/icons/download';
import Keyboard from 'lucide-svelte/icons/keyboard';
import LogOut from 'lucide-svelte/icons/log-out';
import Monitor from 'lucide-svelte/icons/monitor';
import Moon from 'lucide-svelte/icons/moon';
import MonitorX from 'lucide-svelte/icons/monitor-x';
import Sun from 'lucide-svelte/icons/sun';
import type { MenuGroup } from '#lib/ui/Menu.svelte';
import type { Install } from './install.svelte.ts';
import type { Place } from './places.ts';
import type { ShellState } from './shell-state.svelte.ts';
import { chooseTheme, chosenTheme } from './theme.ts';

/** Reached from the person's menu. */
const OWN_CHANNELS: Place = { href: '/me/channels', label: 'How you are told', icon: Mail, permissions: [] };

/** Reached from the person's menu and from what needs attention. */
export const REFUSED_TEXT: Place = {
  href: '/me/refused',
  label: 'Refused text',
  icon: FileX,
  permissions: [],
};

export const OWN_PLACES: readonly Place[] = [OWN_CHANNELS, REFUSED_TEXT];

export interface PersonActs {
  readonly ongo: (href: string) => void;
  readonly onsignout: () => void;
  readonly onsignouteverywhere: () => void;
}

/** Made again as the theme and what can be installed change. */
export function personMenu(
  { ongo, onsignout, onsignouteverywhere }: PersonActs,
  { shell, install }: { readonly shell: ShellState; readonly install: Install },
): readonly MenuGroup[] {
  return [
    {
      heading: 'Theme',
      items: [
        {
          label: 'Light',
          icon: Sun,
          checked: chosenTheme() === 'light',
          onselect: () => chooseTheme('light'),
        },
        { label: 'Dark', icon: Moon, checked: chosenTheme() === 'dark', onselect: () => chooseTheme('dark') },
        {
          label: 'As the system',
          icon: Monitor,
          checked: chosenTheme() === 'system',
          onselect: () => chooseTheme('system'),
        },
      ],
    },
    {
      items: [
        ...OWN_PLACES.map(({ label, icon, href }) => ({
          label,
          icon,
          onselect: () => ongo(href),
        })),
        { label: 'Keyboard shortcuts', icon: Keyboard, keys: '?', onselect: () => shell.open('shortcuts') },
        ...(install.offered
          ? [{ label: 'Install as an app', icon: Download, onselect: () => void install.run() }]
          : []),
      ],
    },
    {
      items: [
        { label: 'Sign out', icon: LogOut, onselect: onsignout },
        {
          label: 'Sign out everywhere',
          hint: 'Ends your sessions on all devices',
          icon: MonitorX,
          onselect: onsignouteverywhere,
        },
      ],
    },
  ];
}
