import CalendarDays from 'lucide-svelte/icons/calendar-days';
import HeartPulse from 'lucide-svelte/icons/heart-pulse';
import Users from 'lucide-svelte/icons/users';
import type { Place } from './places.ts';

/** Pages below others that the palette leads to and the navigation does not. */
export const PALETTE_PLACES: readonly Place[] = [
  {
    href: '/change/board',
    label: 'Change board',
    icon: Users,
    permissions: ['change.read'],
    also: 'cab meeting agenda minutes chair vote advisory',
  },
  {
    href: '/change/calendar',
    label: 'Calendar of changes',
    icon: CalendarDays,
    permissions: ['change.read'],
    also: 'window freeze maintenance schedule',
  },
  {
    href: '/configuration/health',
    label: 'Health of the configuration',
    icon: HeartPulse,
    permissions: ['configuration.read'],
    also: 'stale duplicates completeness orphans items cmdb',
  },
];
