import Network from 'lucide-svelte/icons/network';
import type { Component } from 'svelte';
import type { Permission } from '@muster/domain/shared';
import Boxes from 'lucide-svelte/icons/boxes';
import CalendarClock from 'lucide-svelte/icons/calendar-clock';
import ChartColumn from 'lucide-svelte/icons/chart-column';
import Flame from 'lucide-svelte/icons/flame';
import Inbox from 'lucide-svelte/icons/inbox';
import Layers from 'lucide-svelte/icons/layers';
import SearchCheck from 'lucide-svelte/icons/search-check';
import Library from 'lucide-svelte/icons/library';
import LifeBuoy from 'lucide-svelte/icons/life-buoy';
import Megaphone from 'lucide-svelte/icons/megaphone';
import PhoneCall from 'lucide-svelte/icons/phone-call';
import Rocket from 'lucide-svelte/icons/rocket';

/** A page that the navigation, the palette and a chord lead to. */
export interface Place {
  readonly href: string;
  readonly label: string;
  readonly icon: Component;
  /** Any of these opens it; everybody when empty. */
  readonly permissions: readonly Permission[];
  readonly keys?: string;
  /** Other words that find it, beside those of `place-words.ts`. */
  readonly also?: string;
}

export const WORK_PLACES: readonly Place[] = [
  {
    href: '/queue',
    label: 'Queue',
    icon: Layers,
    permissions: ['desk.work', 'incident.work'],
    keys: 'g q',
  },
  {
    href: '/desk',
    label: 'Requests',
    icon: Inbox,
    permissions: ['desk.read', 'desk.create'],
    keys: 'g d',
  },
  { href: '/incident', label: 'Incidents', icon: Flame, permissions: ['incident.read'], keys: 'g i' },
];

/** Not among the few at the foot of a small screen. */
export const CHANGES: Place = {
  href: '/change',
  label: 'Changes',
  icon: CalendarClock,
  permissions: ['change.read'],
  keys: 'g c',
};

/** For the staff; not among the few at the foot of a small screen. */
export const ON_CALL: Place = {
  href: '/on-call',
  label: 'On call',
  icon: PhoneCall,
  permissions: ['incident.read', 'desk.read'],
  keys: 'g o',
};

/** Not among the few at the foot of a small screen. */
export const RELEASES: Place = {
  href: '/release',
  label: 'Releases',
  icon: Rocket,
  permissions: ['release.read'],
  keys: 'g r',
};

/** Not among the few at the foot of a small screen. */
export const PROBLEMS: Place = {
  href: '/problem',
  label: 'Problems',
  icon: SearchCheck,
  permissions: ['problem.read'],
  keys: 'g p',
  also: 'root cause workaround',
};

/** Not among the few at the foot of a small screen. */
export const KNOWLEDGE: Place = {
  href: '/problem/knowledge',
  label: 'Knowledge',
  icon: Library,
  permissions: ['problem.read'],
  keys: 'g k',
};

/** Not among the few at the foot of a small screen. */
export const MAP: Place = {
  href: '/configuration/map',
  label: 'Map',
  icon: Network,
  permissions: ['configuration.read'],
  keys: 'g m',
  also: 'configuration items dependencies impact what if',
};

/** Not among the few at the foot of a small screen. */
export const ITEMS: Place = {
  href: '/configuration',
  label: 'Items',
  icon: Boxes,
  permissions: ['configuration.read'],
  keys: 'g e',
  also: 'configuration cmdb assets servers import baselines classes',
};

export const REPORT_PLACES: readonly Place[] = [
  {
    href: '/problem/trends',
    label: 'Trends',
    icon: ChartColumn,
    permissions: ['problem.read'],
  },
  {
    href: '/incident/metrics',
    label: 'Major incidents',
    icon: ChartColumn,
    permissions: ['report.read'],
  },
  {
    href: '/release/metrics',
    label: 'Deployments',
    icon: ChartColumn,
    permissions: ['release.read'],
  },
];

/** For everybody; not among the few at the foot of a small screen. */
export const ANNOUNCEMENTS: Place = {
  href: '/announcements',
  label: 'Announcements',
  icon: Megaphone,
  permissions: [],
  keys: 'g a',
};

export const HELP: Place = {
  href: '/help',
  label: 'Help',
  icon: LifeBuoy,
  permissions: [],
};

export function placesFor(
  places: readonly Place[],
  can: (permission: Permission) => boolean,
): readonly Place[] {
  return places.filter(({ permissions }) => permissions.length === 0 || permissions.some(can));
}

/** Whether a path is the place or lies below it, and at no other place that lies nearer. */
export function isAt({ href }: Place, path: string): boolean {
  const under = (place: string) => path === place || path.startsWith(`${place}/`);
  const nearer = [...REPORT_PLACES, KNOWLEDGE, MAP].some(
    (other) => other.href.startsWith(`${href}/`) && under(other.href),
  );
  return under(href) && !nearer;
}
