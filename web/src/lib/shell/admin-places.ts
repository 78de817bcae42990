import Activity from 'lucide-svelte/icons/activity';
import BellRing from 'lucide-svelte/icons/bell-ring';
import BookOpen from 'lucide-svelte/icons/book-open';
import CircleArrowUp from 'lucide-svelte/icons/circle-arrow-up';
import KeyRound from 'lucide-svelte/icons/key-round';
import Network from 'lucide-svelte/icons/network';
import Send from 'lucide-svelte/icons/send';
import Upload from 'lucide-svelte/icons/upload';
import Users from 'lucide-svelte/icons/users';
import Webhook from 'lucide-svelte/icons/webhook';
import type { Place } from './places.ts';

/** Fetched after the first page: most people have none of them. */
export const ADMIN_PLACES: readonly Place[] = [
  {
    href: '/admin/people',
    label: 'People',
    icon: Users,
    permissions: ['admin.people'],
    keys: 'g u',
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
