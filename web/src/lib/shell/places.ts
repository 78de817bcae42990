import type { Component } from 'svelte';
import type { Permission } from '@muster/domain/shared';
import Activity from 'lucide-svelte/icons/activity';
import BookOpen from 'lucide-svelte/icons/book-open';
import BellRing from 'lucide-svelte/icons/bell-ring';
import CalendarClock from 'lucide-svelte/icons/calendar-clock';
import ChartColumn from 'lucide-svelte/icons/chart-column';
import FileX from 'lucide-svelte/icons/file-x';
import Flame from 'lucide-svelte/icons/flame';
import Inbox from 'lucide-svelte/icons/inbox';
import KeyRound from 'lucide-svelte/icons/key-round';
import Layers from 'lucide-svelte/icons/layers';
import LifeBuoy from 'lucide-svelte/icons/life-buoy';
import Mail from 'lucide-svelte/icons/mail';
import Megaphone from 'lucide-svelte/icons/megaphone';
import PhoneCall from 'lucide-svelte/icons/phone-call';
import Rocket from 'lucide-svelte/icons/rocket';
import Network from 'lucide-svelte/icons/network';
import CircleArrowUp from 'lucide-svelte/icons/circle-arrow-up';
import Send from 'lucide-svelte/icons/send';
import Upload from 'lucide-svelte/icons/upload';
import Users from 'lucide-svelte/icons/users';
import Webhook from 'lucide-svelte/icons/webhook';

/** A page that the navigation, the palette and a chord lead to. */
export interface Place {
  readonly href: string;
  readonly label: string;
  readonly icon: Component;
  /** Any of these opens it; everybody when empty. */
  readonly permissions: readonly Permission[];
  readonly keys?: string;
  /** Other words that find it. */
  readonly also?: string;
}

export const WORK_PLACES: readonly Place[] = [
  {
    href: '/queue',
    label: 'Queue',
    icon: Layers,
    permissions: ['desk.work', 'incident.work'],
    keys: 'g q',
    also: 'everything all home',
  },
  {
    href: '/desk',
    label: 'Requests',
    icon: Inbox,
    permissions: ['desk.read', 'desk.create'],
    keys: 'g d',
    also: 'service desk',
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
  also: 'calendar approval board standard emergency risk window freeze',
};

/** For the staff; not among the few at the foot of a small screen. */
export const ON_CALL: Place = {
  href: '/on-call',
  label: 'On call',
  icon: PhoneCall,
  permissions: ['incident.read', 'desk.read'],
  keys: 'g o',
  also: 'schedule shift rota pager override swap duty',
};

/** Not among the few at the foot of a small screen. */
export const RELEASES: Place = {
  href: '/release',
  label: 'Releases',
  icon: Rocket,
  permissions: ['release.read'],
  keys: 'g r',
  also: 'deployment checklist go no-go rollback hypercare',
};

export const REPORT_PLACES: readonly Place[] = [
  {
    href: '/incident/metrics',
    label: 'Major incidents',
    icon: ChartColumn,
    permissions: ['report.read'],
    also: 'metrics report mttr mtta mttd mttm',
  },
  {
    href: '/release/metrics',
    label: 'Deployments',
    icon: ChartColumn,
    permissions: ['release.read'],
    also: 'metrics dora lead time change failure rate',
  },
];

/** For everybody; not among the few at the foot of a small screen. */
export const ANNOUNCEMENTS: Place = {
  href: '/announcements',
  label: 'Announcements',
  icon: Megaphone,
  permissions: [],
  keys: 'g a',
  also: 'outage maintenance degradation planned status',
};

export const ADMIN_PLACES: readonly Place[] = [
  {
    href: '/admin/people',
    label: 'People',
    icon: Users,
    permissions: ['admin.people'],
    keys: 'g p',
    also: 'invite roles accounts',
  },
  {
    href: '/admin/teams',
    label: 'Teams and services',
    icon: Network,
    permissions: ['admin.settings', 'admin.people'],
    also: 'organisation',
  },
  {
    href: '/admin/keys',
    label: 'API keys',
    icon: KeyRound,
    permissions: ['admin.keys'],
    also: 'token machine scopes',
  },
  {
    href: '/admin/alerts',
    label: 'Alerts',
    icon: BellRing,
    permissions: ['admin.alerts'],
    also: 'integration monitoring prometheus grafana pagerduty',
  },
  {
    href: '/admin/channels',
    label: 'Channels',
    icon: Send,
    permissions: ['admin.operate'],
    also: 'mail smtp deliveries notifications',
  },
  {
    href: '/admin/webhooks',
    label: 'Webhooks',
    icon: Webhook,
    permissions: ['admin.webhooks'],
    also: 'integration outgoing chat signed events',
  },
  {
    href: '/admin/runbooks',
    label: 'Runbooks',
    icon: BookOpen,
    permissions: ['incident.write-runbooks'],
    also: 'guidance playbook checklist steps',
  },
  {
    href: '/admin/chains',
    label: 'Call chains',
    icon: CircleArrowUp,
    permissions: ['admin.settings'],
    also: 'escalation on-call paging acknowledge',
  },
  { href: '/import', label: 'Import', icon: Upload, permissions: ['import.run'], also: 'servicenow csv' },
  {
    href: '/admin/status',
    label: 'Status',
    icon: Activity,
    permissions: ['admin.operate'],
    keys: 'g s',
    also: 'health',
  },
];

/** Reached from the person's menu. */
export const OWN_CHANNELS: Place = {
  href: '/me/channels',
  label: 'How you are told',
  icon: Mail,
  permissions: [],
  also: 'notifications news mail email push device settings preferences',
};

/** Reached from the person's menu and from what needs attention. */
export const REFUSED_TEXT: Place = {
  href: '/me/refused',
  label: 'Refused text',
  icon: FileX,
  permissions: [],
  also: 'rejected lost writing recover',
};

export const HELP: Place = {
  href: '/help',
  label: 'Help',
  icon: LifeBuoy,
  permissions: [],
  also: 'about guide',
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
  return (
    under(href) && !REPORT_PLACES.some((other) => other.href.startsWith(`${href}/`) && under(other.href))
  );
}
