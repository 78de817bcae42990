/** What people who are not signed in may know: announcements marked public, and the services that these name. */
import { isPublished, isRunning, serviceState } from '@muster/domain/desk';
import type { Announcement, ServiceState } from '@muster/domain/desk';
import type { ServiceId } from '@muster/domain/shared';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { announcementOf } from '../commands/announcements.ts';
import { listServices } from '../access/organisation.ts';
import type { Database } from '../store/schema.ts';

const HISTORY_MS = 90 * 24 * 60 * 60 * 1000;
/** Newest announcements that are shown. */
const MOST_SHOWN = 50;

export interface Component {
  readonly id: ServiceId;
  readonly name: string;
  readonly state: ServiceState;
}

export interface PublicStatus {
  readonly components: readonly Component[];
  /** Newest first. */
  readonly running: readonly Announcement[];
  readonly coming: readonly Announcement[];
  readonly past: readonly Announcement[];
  /** When anything of it last changed, epoch ms; 0 when nothing ever was announced. */
  readonly updatedAt: number;
}

export async function readPublicStatus(db: Kysely<Database>, now: number): Promise<PublicStatus> {
  const rows = await db
    .selectFrom('announcement')
    .select('data')
    .where('public', '=', 1)
    .where('published_at', 'is not', null)
    .where((on) => on.or([on('ended_at', 'is', null), on('ended_at', '>', now - HISTORY_MS)]))
    // what goes on is never left out for what is over
    .orderBy(sql`ended_at is not null`)
    .orderBy('published_at', 'desc')
    .limit(MOST_SHOWN)
    .execute();
  const shown = rows.map(announcementOf).filter(isPublished);
  const named = new Set(shown.flatMap(({ services }) => services));
  const services = (await listServices(db)).filter(({ id }) => named.has(id));
  return {
    components: services
      .map(({ id, name }) => ({ id, name, state: serviceState(id, shown) }))
      .toSorted((a, b) => a.name.localeCompare(b.name, 'en')),
    running: shown.filter(isRunning),
    coming: shown.filter(({ state }) => state === 'scheduled' || state === 'postponed'),
    past: shown.filter(({ state }) => state === 'completed' || state === 'cancelled'),
    updatedAt: Math.max(0, ...shown.map(({ updatedAt }) => updatedAt)),
  };
}

export function allOf({ running, coming, past }: PublicStatus): readonly Announcement[] {
  return [...running, ...coming, ...past];
}
