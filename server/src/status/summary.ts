/** The status as JSON in the shape of Statuspage's `summary.json`, which many tools read. */
import { isPlanned, isRunning } from '@muster/domain/desk';
import type { Announcement, AnnouncementKind, ServiceState } from '@muster/domain/desk';
import { allOf } from './public-status.ts';
import type { Component, PublicStatus } from './public-status.ts';

type Indicator = 'none' | 'minor' | 'major' | 'maintenance';

const IMPACT_OF: Readonly<Record<AnnouncementKind, Indicator>> = {
  outage: 'major',
  degradation: 'minor',
  'planned-outage': 'maintenance',
  maintenance: 'maintenance',
};

const DESCRIPTIONS: Readonly<Record<Indicator, string>> = {
  none: 'All services operational',
  minor: 'Some services are degraded',
  major: 'There is an outage',
  maintenance: 'Maintenance is under way',
};

export function indicatorOf({ running }: PublicStatus): {
  readonly indicator: Indicator;
  readonly description: string;
} {
  const impacts = running.map(({ kind }) => IMPACT_OF[kind]);
  const worst = (['major', 'minor', 'maintenance'] as const).find((each) => impacts.includes(each)) ?? 'none';
  return { indicator: worst, description: DESCRIPTIONS[worst] };
}

export function statusSummary(status: PublicStatus, base: string): object {
  const unended = allOf(status).filter((each) => isRunning(each) || status.coming.includes(each));
  const shown = (each: Announcement) => summaryOf(each, status.components, base);
  return {
    page: {
      id: 'muster',
      name: 'Muster',
      url: `${base}/status`,
      time_zone: 'UTC',
      updated_at: iso(status.updatedAt),
    },
    status: indicatorOf(status),
    components: status.components.map(componentOf),
    incidents: unended.filter(({ kind }) => !isPlanned(kind)).map(shown),
    scheduled_maintenances: unended.filter(({ kind }) => isPlanned(kind)).map(shown),
  };
}

function summaryOf(announcement: Announcement, components: readonly Component[], base: string): object {
  const { id, title, kind, state, madeAt, updatedAt, startedAt, endedAt, beginsAt, endsAt, updates } =
    announcement;
  return {
    id,
    name: title,
    status: state,
    impact: IMPACT_OF[kind],
    shortlink: `${base}/status#${id}`,
    created_at: iso(madeAt),
    updated_at: iso(updatedAt),
    started_at: iso(startedAt),
    resolved_at: iso(endedAt),
    ...(isPlanned(kind) && { scheduled_for: iso(beginsAt), scheduled_until: iso(endsAt) }),
    components: components.filter((each) => announcement.services.includes(each.id)).map(componentOf),
    incident_updates: updates.toReversed().map((update) => ({
      id: `${id}-${update.number}`,
      status: update.state,
      body: update.message === '' ? announcement.message : update.message,
      created_at: iso(update.at),
    })),
  };
}

function componentOf({ id, name, state }: Component): {
  readonly id: string;
  readonly name: string;
  readonly status: ServiceState;
} {
  return { id, name, status: state };
}

function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
